"""Money is whole minor units, and a text is an amount or refused."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapper.domain.money import minor_digits, money_from
from roadmapper.domain.refusal import Refused


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("12500", 1_250_000),
        ("12,500.50", 1_250_050),
        ("12.500,50", 1_250_050),
        ("12,500", 1_250_000),
        ("1,234,567", 123_456_700),
        ("0,5", 50),
        ("12 500", 1_250_000),
        ("12\u00a0500\u202f000", 1_250_000_000),
        ("12'500", 1_250_000),
        ("-3.07", -307),
        ("1.500", 150_000),
        ("1,500", 150_000),
        ("1.234.567,8", 123_456_780),
        ("1234.500", 123_450),
        ("٣", 300),
    ],
)
def test_an_amount_is_read_to_the_cent(text: str, minor: int) -> None:
    assert money_from(text, "EUR") == minor


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "abc",
        "1.2.3",
        "0.005",
        "1e6",
        "1,23.5.1",
        "nan",
        "-inf",
        "snan",
        "1e9999999",
        "1e999999",
        "9" * 400,
        "€5",
        "1e14",
        "--1",
        "\0",
    ],
)
def test_what_is_no_amount_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(Refused, match=r"amount of money|odd places|more decimals|too large|two ways"):
        money_from(text, "EUR")


def test_currencies_without_hundredths_have_their_own_minor_unit() -> None:
    assert [money_from("12", code) for code in ("JPY", "EUR", "KWD")] == [12, 1200, 12_000]
    assert [minor_digits(code) for code in ("KRW", "CHF", "TND")] == [0, 2, 3]


@given(st.integers(-(10**15), 10**15))
def test_every_amount_survives_being_written_and_read(minor: int) -> None:
    sign, whole = ("-", -minor) if minor < 0 else ("", minor)
    assert money_from(f"{sign}{whole // 100}.{whole % 100:02}", "EUR") == minor
    assert money_from(f"{sign}{whole // 100:,}.{whole % 100:02}", "EUR") == minor


@given(st.text(max_size=40) | st.text("0123456789.,-+eE'_ \u00a0", max_size=40))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    with suppress(Refused):
        assert abs(money_from(text, "EUR")) <= 10**15
