"""Mending: make a plan that can be kept of rows that were saved from a damaged file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from roadmapper.domain.consult import Checkpoint, Decision
from roadmapper.domain.criterion import Judgement
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.days_off import DaysOff
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Link
from roadmapper.domain.investment import Investment
from roadmapper.domain.measure import Measure, Reading
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.project import Project, ScopeItem, Team
from roadmapper.domain.roadmap import ONLY_ROADMAP, Roadmap
from roadmapper.domain.wording import tr

YEAR = timedelta(365)


def mended(saved: Mapping[str, Mapping[EntityId, Entity]]) -> tuple[Plan, dict[str, int], int]:
    """Return a plan of what was saved, how many rows of each table had to be left out, and how many were changed.

    What points to a row that is lost points to nothing, or to a project that stands in for the lost one; what means
    nothing without the lost row is left out.
    """
    rows: dict[str, dict[EntityId, Any]] = {name: dict(table) for name, table in saved.items()}
    before = {name: dict(table) for name, table in rows.items()}
    _stand_ins(rows)
    teams: dict[EntityId, Team] = rows["teams"]
    projects: dict[EntityId, Project] = rows["projects"]
    increments: dict[EntityId, Increment] = rows["increments"]
    items: dict[EntityId, ScopeItem] = rows["scope_items"]
    checkpoints: dict[EntityId, Checkpoint] = rows["checkpoints"]
    measures: dict[EntityId, Measure] = rows["measures"]
    off: Iterable[DaysOff] = rows["days_off"].values()
    links: Iterable[Link] = rows["links"].values()
    decisions: Iterable[Decision] = rows["decisions"].values()
    readings: Iterable[Reading] = rows["readings"].values()

    def there(key: EntityId | None, table: Mapping[EntityId, object]) -> EntityId | None:
        return key if key in table else None

    rows["projects"] = {p.id: replace(p, team=there(p.team, teams)) for p in projects.values()}
    rows["increments"] = {i.id: replace(i, team=there(i.team, teams)) for i in increments.values()}
    rows["scope_items"] = {
        i.id: replace(
            i,
            team=there(i.team, teams),
            increment=there(i.increment, increments),
            part_of=there(i.part_of, items),
        ).waiting_for((key, lag) for key, lag in i.waits() if key in items)
        if not _refers_well(i, teams, increments, items)
        else i
        for i in items.values()
    }
    rows["checkpoints"] = {c.id: replace(c, increment=there(c.increment, increments)) for c in checkpoints.values()}
    rows["days_off"] = {d.id: d for d in off if d.team in teams}
    rows["links"] = {k.id: k for k in links if k.before in increments and k.after in increments}
    rows["decisions"] = {d.id: d for d in decisions if d.checkpoint in checkpoints}
    rows["readings"] = {r.id: r for r in readings if r.measure in measures}
    _mend_consults(rows)
    _mend_investments(rows)
    gone = {name: len(before[name].keys() - rows[name].keys()) for name in rows}
    changed = sum(row != before[name].get(key) for name, table in rows.items() for key, row in table.items())
    return Plan(**rows), {name: n for name, n in gone.items() if n}, changed


def without_points(plan: Plan) -> Plan:
    """Return *plan* for a file whose journal begins anew, without its baselines: they name points of the old one."""
    return plan.without(plan.baselines.values())


def _mend_consults(rows: dict[str, dict[EntityId, Any]]) -> None:
    rows["conditions"] = {c.id: c for c in rows["conditions"].values() if c.decision in rows["decisions"]}
    rows["signatures"] = {s.id: s for s in rows["signatures"].values() if s.agreement in rows["agreements"]}
    rows["agreements"] = {
        a.id: replace(a, measures=tuple(m for m in a.measures if m in rows["measures"]))
        for a in rows["agreements"].values()
    }


def _mend_investments(rows: dict[str, dict[EntityId, Any]]) -> None:
    criteria, teams, projects = rows["criteria"], rows["teams"], rows["projects"]
    investments: dict[EntityId, Investment] = rows["investments"]
    judgements: Iterable[Judgement] = rows["judgements"].values()
    rows["judgements"] = {
        j.id: j for j in judgements if j.first in criteria and (j.second is None or j.second in criteria)
    }
    rows["investments"] = {
        i.id: replace(
            i,
            efforts=tuple(e for e in i.efforts if e.team is None or e.team in teams),
            ratings=tuple(r for r in i.ratings if r.criterion in criteria),
            needs=tuple(n for n in i.needs if n in investments),
            project=i.project if i.project in projects else None,
        )
        for i in investments.values()
    }


def _refers_well(item: ScopeItem, teams: Any, increments: Any, items: Any) -> bool:
    wanted = ((item.team, teams), (item.increment, increments), (item.part_of, items))
    return all(k is None or k in table for k, table in wanted) and all(key in items for key in item.after)


def _stand_ins(rows: dict[str, dict[EntityId, Any]]) -> None:
    """Put a project where one is lost whose pieces are there, and a roadmap where there is none."""
    orphans: dict[EntityId, list[date]] = {}
    for table in ("increments", "scope_items", "checkpoints"):
        for row in rows[table].values():
            if row.project not in rows["projects"]:
                days = orphans.setdefault(row.project, [])
                span = getattr(row, "span", None)
                days += [span.start, span.end] if span is not None else []
                days += [row.day] if isinstance(row, Checkpoint) else []
    frame = rows["roadmaps"].get(ONLY_ROADMAP)
    starts = [p.original.start for p in rows["projects"].values()] + [d for days in orphans.values() for d in days]
    first: date = frame.start if frame is not None else min(starts, default=date(2027, 1, 4))
    rows["roadmaps"] = {ONLY_ROADMAP: frame or Roadmap(tr("Rescued roadmap"), first)}
    for key, days in orphans.items():
        start, end = min(days, default=first), max(days, default=first)
        span = DateSpan(start, end if end > start else start + YEAR)
        rows["projects"][key] = Project(key, tr("Rescued project ({id})").format(id=key), span)
