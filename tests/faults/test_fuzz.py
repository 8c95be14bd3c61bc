"""Whatever is thrown at the importer, the clipboard or the opener: refused in a sentence or taken, nothing harmed."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.faults.fuzz import (
    INVESTMENTS,
    ITEMS,
    PROJECTS,
    WORDS,
    a_file,
    declared,
    flipped,
    import_bytes,
    import_investment_bytes,
    mutated,
    open_bytes,
    paste_text,
    round_trip,
)

TEXTS = st.lists(st.sampled_from(WORDS) | st.text(max_size=12), max_size=30).map("".join)
SEEDS = st.integers(0, 10**9).map(random.Random)
CASES = settings(max_examples=60, deadline=None)


@CASES
@given(TEXTS, st.booleans(), st.sampled_from(["utf-8", "utf-16", "latin-1"]))
def test_any_table_is_imported_or_refused(text: str, head: bool, coding: str) -> None:
    rows = ((ITEMS if head else "") + text).encode(coding, errors="replace")
    assert import_bytes(PROJECTS.encode(), rows)
    assert import_bytes(rows, ITEMS.encode())


@CASES
@given(SEEDS)
def test_any_table_with_a_few_bytes_changed_is_imported_or_refused(chance: random.Random) -> None:
    assert import_bytes(mutated(PROJECTS.encode(), chance), mutated(ITEMS.encode(), chance))


@CASES
@given(SEEDS, TEXTS, st.booleans())
def test_any_table_of_investments_is_imported_or_refused(chance: random.Random, text: str, head: bool) -> None:
    assert import_investment_bytes(mutated(INVESTMENTS.encode(), chance))
    assert import_investment_bytes(((INVESTMENTS if head else "") + text).encode(errors="replace"))


def test_the_table_of_investments_that_is_broken_is_a_sound_one() -> None:
    assert import_investment_bytes(INVESTMENTS.encode()) == "taken"


@CASES
@given(TEXTS)
def test_any_text_is_pasted_or_refused_and_comes_back_from_a_spreadsheet(text: str) -> None:
    assert paste_text(text)
    assert round_trip(text)


@CASES
@given(SEEDS)
def test_any_file_is_opened_as_it_was_written_or_refused_and_not_one_byte_is_changed(chance: random.Random) -> None:
    assert open_bytes(flipped(chance))
    assert open_bytes(mutated(a_file(), chance))
    assert open_bytes(declared(chance))
