"""Files of the Next Release Problem are read as they are meant, and others are refused with a sentence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.nrp import Unreadable, cases_in, in_rank_order, measured, read_release

ROOT = Path(__file__).resolve().parents[3]
SMALL = """2
2
3 4
1
5
1
1 3
3
10 1 3
6 1 2
7 2 1 2
"""
"""Requirements 1 and 2 of the first level and 3 of the second, which needs 1; three customers."""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "nrp-small.txt"
    path.write_text(SMALL, encoding="utf-8")
    return path


def test_a_file_says_what_costs_and_who_wants_what(small: Path) -> None:
    release = read_release(small)
    assert release.costs == (3, 4, 5)
    assert release.first == ((), (), (0,))
    assert release.profits == (10, 6, 7)
    assert release.requests == ((2,), (1,), (0, 1))


def test_the_budget_is_the_share_of_the_cost_rounded_down(small: Path) -> None:
    assert read_release(small).choice("0.7").effort == 8
    assert read_release(small).choice("0.25").effort == 3


def test_the_best_set_and_what_fits_in_rank_order_stand_side_by_side(small: Path) -> None:
    result = measured(small, "0.7", 2.0)
    assert (result.value, result.bound, result.proven, result.checked) == (13, 13, True, True)
    choice = read_release(small).choice("0.7")
    assert choice.fits(in_rank_order(choice))
    assert result.ranked == choice.value_of(in_rank_order(choice)) <= 13


def test_the_realistic_files_have_two_ratios_and_the_others_three(small: Path) -> None:
    assert [ratio for _, ratio in cases_in([small], [])] == ["0.3", "0.5"]
    assert len(cases_in([small.with_name("nrp1.txt")], [])) == 3
    assert cases_in([small], ["0.4"]) == [(small, "0.4")]


@pytest.mark.parametrize(
    "text", ["", "1\n2\n3 4\n0\n1\n5 1", SMALL + "9", SMALL.replace("1 3\n3", "1 9\n3"), "1 1 x", "1 1 -4 0 0", "0 0 0"]
)
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "nrp1.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Unreadable, match=r"nrp1\.txt"):
        read_release(path)


@pytest.mark.parametrize("how", [["-m", "benchmarks.nrp"], ["benchmarks/nrp.py"]])
def test_the_benchmark_ends_with_what_became_of_it(small: Path, how: list[str]) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, *how, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)

    good = run(str(small.parent), "--seconds", "2", "--ratio", "0.7")
    assert good.returncode == 0
    assert "nrp-small.txt" in good.stdout
    assert run(str(small.parent / "nowhere")).returncode == 2
    assert run(str(small.parent), "--ratio", "7").returncode == 2
    (small.parent / "nrp-bad.txt").write_text("words", encoding="utf-8")
    bad = run(str(small.parent))
    assert bad.returncode == 1
    assert len(bad.stderr.splitlines()) == 1
