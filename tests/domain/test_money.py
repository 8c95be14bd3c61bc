"""Money is whole minor units, and a text is an amount or refused."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapper.domain.money import amount_from, minor_digits, money_from
from roadmapper.domain.refusal import Refused
from roadmapper.planning.phrases import money_text


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
        "5-",
        "--€5",
        "-€-5",
        "€€",
        "5 kk",
        "k",
        "1.234 m",
        "1,236 k",
        "1.23456789012 k",
        "5 bn bn",
        "10000000 bn",
        "1e14",
        "--1",
        "\0",
    ],
)
def test_what_is_no_amount_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(Refused, match=r"amount of money|odd places|more decimals|too large|two ways"):
        money_from(text, "EUR")


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("€ 310,500", 31_050_000),
        ("310,500\u00a0€", 31_050_000),
        ("EUR 12", 1_200),
        ("12 eur", 1_200),
        ("420 k", 42_000_000),
        ("420k€", 42_000_000),
        ("€ 0.5 m", 50_000_000),
        ("0.125m", 12_500_000),
        ("1.2m", 120_000_000),
        ("1,2 M", 120_000_000),
        ("€\u00a01\u00a0236\u00a0k", 123_600_000),
        ("1,234.5 m", 123_450_000_000),
        ("0.3 bn", 30_000_000_000),
        ("−\u00a0€\u00a0118\u00a0k", -11_800_000),
        ("€ -5", -500),
        ("12\u2009500", 1_250_000),
    ],
)
def test_an_amount_is_read_as_the_program_shows_it(text: str, minor: int) -> None:
    assert money_from(text, "EUR") == minor


@pytest.mark.parametrize("currency", ["EUR", "USD", "JPY", "KWD", "CHF", "SEK"])
@given(minor=st.integers(-(10**12), 10**12))
def test_what_the_program_shows_is_taken_or_asked_about_and_never_another_amount(currency: str, minor: int) -> None:
    shown = money_text(minor, currency)
    try:
        read = money_from(shown, currency)
    except Refused as refusal:
        assert "two ways" in str(refusal)
    else:
        assert money_text(read, currency) == shown or not read


@pytest.mark.parametrize("text", ["$ 5", "5 $", "5 USD", "USD5", "5 k£", "₽ 3", "€$5"])
def test_another_currency_is_refused_by_the_name_of_ours(text: str) -> None:
    with pytest.raises(Refused, match="is not in EUR, the currency of this roadmap: enter the amount in EUR"):
        money_from(text, "EUR")


def test_an_amount_that_cannot_be_negative_is_refused() -> None:
    assert amount_from("0", "EUR") == 0
    with pytest.raises(Refused, match="“-100” cannot be negative"):
        amount_from("-100", "EUR")


def test_currencies_without_hundredths_have_their_own_minor_unit() -> None:
    assert [money_from("12", code) for code in ("JPY", "EUR", "KWD")] == [12, 1200, 12_000]
    assert [minor_digits(code) for code in ("KRW", "CHF", "TND")] == [0, 2, 3]


@given(st.integers(-(10**15), 10**15))
def test_every_amount_survives_being_written_and_read(minor: int) -> None:
    sign, whole = ("-", -minor) if minor < 0 else ("", minor)
    assert money_from(f"{sign}{whole // 100}.{whole % 100:02}", "EUR") == minor
    assert money_from(f"{sign}{whole // 100:,}.{whole % 100:02}", "EUR") == minor


@given(st.text(max_size=40) | st.text("0123456789.,-+eE'_ \u00a0€kmbn$R", max_size=40))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    with suppress(Refused):
        assert abs(money_from(text, "EUR")) <= 10**15
