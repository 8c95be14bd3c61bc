"""Items are named so that a sentence stays short and nobody reads of a part as if it were another item."""

from __future__ import annotations

from roadmapper.planning.assignment import Wishes, assign
from roadmapper.planning.naming import name_of, names_text, path_text, short, take_text, whole_names
from tests.domain.samples import PROJECT, item, plan_of


def test_parts_go_by_the_name_of_the_whole_and_are_named_once() -> None:
    plan = plan_of(item("a", 150.0), item("b", 6.0, after="a", position=1), longest_increment_weeks=12)
    assignment = assign(plan, PROJECT.id, Wishes())
    assert len(assignment.pieces) == 4
    assert whole_names(assignment, range(4)) == ["Item a", "Item b"]
    assert name_of(assignment, 0) == "Item a, part 1 of 3"
    assert take_text(whole_names(assignment, range(4)), 26) == "“Item a” → “Item b” take 26 weeks one after the other"


def test_long_titles_and_long_lists_are_cut() -> None:
    assert short("word " * 20) == "word word word word word word word word word…"
    assert short("short") == "short"
    assert path_text(["a", "b", "c", "d", "e", "f"]) == "“a” → 3 more → “e” → “f”"
    assert names_text(["a", "b", "c", "d"]) == "“a”, “b”, “c”, 1 more"
