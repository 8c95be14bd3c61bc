"""How measures, earnings and progress are said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from roadmapper.domain.entity import EntityId
from roadmapper.domain.measure import Direction, Measure, Reading
from roadmapper.planning.consults.scoreboard import Earning, Progress, Scoreboard, Standing, standing
from roadmapper.planning.consults.scoreboard_words import (
    adding_up,
    at_target,
    compared_text,
    contradiction_text,
    delivered_text,
    difference_text,
    first_value_text,
    latest_text,
    looked_text,
    owners_texts,
    readings_text,
    standing_text,
    target_text,
    trend_text,
    way_text,
)
from tests.domain.samples import START, increment

M = EntityId("m")


def stands(*values: float, baseline: float = 28, target: float = 45, direction: Direction = Direction.UP) -> Standing:
    measure = Measure(M, "Opt-in", "%", baseline, target, direction, "Ida")
    readings = [Reading(EntityId(f"r{n}"), M, START + timedelta(7 * n), v) for n, v in enumerate(values)]
    return standing(measure, readings)


def plain(words: str) -> str:
    return words.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (stands(), "no reading yet"),
        (stands(28), "where it began"),
        (stands(36.5), "50 % of the way"),
        (stands(44.99), "99 % of the way"),
        (stands(45), "target reached"),
        (stands(20), "behind the start"),
        (stands(12, baseline=12, target=20, direction=Direction.DOWN), "check the target"),
        (stands(10, baseline=12, target=12), "target not reached"),
        (stands(12, baseline=34, target=10, direction=Direction.DOWN), "92 % of the way"),
    ],
)
def test_the_way_to_the_target_is_said_in_words(found: Standing, words: str) -> None:
    assert way_text(found) == words


def test_the_arrow_goes_as_the_values_do_and_the_words_say_whether_that_is_better() -> None:
    down = Direction.DOWN
    assert plain(trend_text(stands(28, 30, 33))) == "getting better ↗"
    assert plain(trend_text(stands(33, 30, 28))) == "getting worse ↘"
    assert plain(trend_text(stands(33, 30, 28, baseline=34, target=10, direction=down))) == "getting better ↘"
    assert plain(trend_text(stands(28, 30, 33, baseline=34, target=10, direction=down))) == "getting worse ↗"
    assert plain(trend_text(stands(30, 30, 30))) == "steady →"
    assert trend_text(stands(30)) == trend_text(stands()) == "no trend yet"


def test_a_measure_is_said_with_its_unit_and_both_owners() -> None:
    found = stands(28, 41)
    assert plain(latest_text(found)) == "41 %"
    assert plain(target_text(found.measure)) == "target 45 %, from 28"
    assert plain(readings_text(found)) == "2 readings, last 11 Jan 2027"
    assert owners_texts(found.measure) == ("IT: Ida", "marketing: –")
    assert readings_text(stands()) == ""
    assert latest_text(stands()) == "–"
    assert "no reading yet" in standing_text(stands())


def test_a_target_on_the_wrong_side_is_told_and_never_counts_as_reached() -> None:
    wrong = stands(18, baseline=34, target=10)
    assert wrong.reached
    assert not at_target(wrong)
    assert contradiction_text(wrong.measure).startswith("The target is below the baseline")
    down = stands(18, baseline=10, target=34, direction=Direction.DOWN)
    assert contradiction_text(down.measure).startswith("The target is above the baseline")
    assert contradiction_text(stands().measure) == ""
    assert at_target(stands(45))


def earning(claimed: int, actual: int | None) -> Earning:
    return Earning(increment("a", 0, 6), 100, None if actual is None else 90, claimed, actual)


def test_totals_are_only_of_those_that_were_looked_at() -> None:
    board = Scoreboard((), (earning(5_000_000, 4_000_000), earning(9_900_000, None)), (), ())
    assert board.looked_at == 1
    assert plain(looked_text(board, "EUR")) == (
        "1 of 2 looked at: claimed € 50 k up to today, earned € 40 k, € 10 k less than claimed."
    )
    nobody = Scoreboard((), (earning(5_000_000, None),), (), ())
    assert looked_text(nobody, "EUR") == "0 of 1 looked at"


def test_a_difference_is_said_as_more_less_or_as_claimed() -> None:
    assert plain(difference_text(earning(100_000, 150_000), "EUR")) == "€ 500 more"
    assert plain(difference_text(earning(100_000, -50_000), "EUR")) == "€ 1 500 less"
    assert difference_text(earning(7, 7), "EUR") == "as claimed"
    assert difference_text(earning(7, None), "EUR") == "not looked at"


def test_first_value_is_planned_due_or_reached() -> None:
    def progress(*, reached: bool) -> Progress:
        return Progress(EntityId("p"), START, reached, 1, 2, 5)

    assert plain(first_value_text(progress(reached=True), START)) == "reached on 4 Jan 2027"
    assert plain(first_value_text(progress(reached=False), START)) == "was due on 4 Jan 2027"
    assert plain(first_value_text(progress(reached=False), START - timedelta(1))) == "planned for 4 Jan 2027"
    nothing = Progress(EntityId("p"), None, False, 0, 0, 3)
    assert first_value_text(nothing, START) == "nothing usable is planned"
    assert delivered_text(progress(reached=True)) == "1 delivered, 2 due by today, 5 in all"


@pytest.mark.parametrize(
    ("claimed", "actual", "said"),
    [
        (5_360_000, 5_338_200, ("€ 53 600", "€ 53 382", "€ 218 less than claimed")),
        (5_400_000, 5_300_000, ("€ 54 k", "€ 53 k", "€ 1 000 less than claimed")),
        (640_000_000, 610_000_000, ("€ 6.4 m", "€ 6.1 m", "€ 300 k less than claimed")),
        (638_400_000, 610_000_000, ("€ 6 384 k", "€ 6 100 k", "€ 284 k less than claimed")),
        (500_000, -200_000, ("€ 5 000", "− € 2 000", "€ 7 000 less than claimed")),
        (5_400_000, 5_400_000, ("€ 54 k", "€ 54 k", "as claimed")),
    ],
)
def test_sums_add_up_for_the_reader(claimed: int, actual: int, said: tuple[str, str, str]) -> None:
    found = (*adding_up(claimed, actual, "EUR"), compared_text(claimed, actual, "EUR"))
    assert tuple(plain(text) for text in found) == said
