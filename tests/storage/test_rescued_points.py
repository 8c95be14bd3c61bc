"""Where the journal begins anew, the baselines, which name points of the old one, are lost - and that is said."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from roadmapper.domain.baseline import Baseline
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.storage.rescue import from_plan, keep
from roadmapper.storage.salvage import salvage
from tests.domain.samples import increment, plan_of
from tests.storage.files import made_file, opened

NOW = datetime(2027, 3, 3, 14, 5, tzinfo=UTC)


def named(*titles: str) -> Plan:
    baselines = [Baseline(EntityId(f"b{n}"), title, 1, NOW, "Ada") for n, title in enumerate(titles)]
    return plan_of(increment("a", 0, 4), *baselines)


@pytest.mark.parametrize(("titles", "said"), [(["Q1"], "1 baseline is lost"), (["Q1", "Q2"], "2 baselines are lost")])
def test_a_rescued_roadmap_has_no_baselines_and_says_how_many_are_lost(
    tmp_path: Path, titles: list[str], said: str
) -> None:
    path = made_file(tmp_path, named(*titles))
    found = salvage(path)
    assert found.plan is not None
    lines = " ".join(found.lines())
    assert said in lines and "begins anew" in lines and "Nothing is missing" not in lines
    target = tmp_path / "rescued.roadmap"
    from_plan(found.plan, path.name, "Ada")(target)
    with opened(target) as file:
        assert not file.plan.baselines and file.plan.increments == found.plan.increments


def test_without_baselines_nothing_is_said_of_them(tmp_path: Path) -> None:
    assert "baseline" not in " ".join(salvage(made_file(tmp_path, named())).lines())


def test_what_is_kept_in_a_file_whose_journal_begins_anew_has_no_baselines(tmp_path: Path) -> None:
    target = tmp_path / "kept.roadmap"
    keep(tmp_path / "gone.roadmap", "", target, named("Q1"), [], "Ada")
    with opened(target) as file:
        assert not file.plan.baselines and file.plan.increments
