"""Sample: the roadmap that ships with the program, told so that today always lies in the middle of its story."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from roadmapper.domain.agreement import Agreement, OutsidePurchase, Side, Signature, Term
from roadmapper.domain.consult import Answer, Condition, Decision
from roadmapper.domain.criterion import Criterion
from roadmapper.domain.dates import DAYS_A_WEEK, DateSpan, monday
from roadmapper.domain.days_off import DaysOff
from roadmapper.domain.entity import EntityId, new_id
from roadmapper.domain.increment import Link, Status
from roadmapper.domain.investment import Investment, Rating, Stage, TeamEffort
from roadmapper.domain.measure import Direction, Measure, Reading
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.project import Project, ScopeItem, Team
from roadmapper.domain.roadmap import Roadmap
from roadmapper.domain.story import Paragraph, Place
from roadmapper.planning.assignment import Wishes
from roadmapper.planning.proposing import propose
from roadmapper.planning.story.filling import confirmed

ROUNDS = 64
FRIDAY = 4
CENTS = 100


def sample_plan(path: Path, today: date) -> Plan:
    """Return the sample told in the file at *path*, begun so many weeks ago that it is under way *today*.

    Its projects are split by the same engine as the user's; the one that is marked as not split is the mega-project
    that the user can split.
    """
    told = json.loads(path.read_text(encoding="utf-8"))
    start = monday(today) - timedelta(told["begun_weeks_ago"] * DAYS_A_WEEK)
    plan = Plan.of(
        Roadmap(
            told["title"],
            start,
            told["months"],
            told["currency"],
            country=told["country"],
            owner=told["owner"],
            budget_pw=float(told["budget_pw"]),
        ),
        *(Team(EntityId(t["id"]), t["title"], t["people"]) for t in told["teams"]),
        *(_days_off(off, start) for off in told["days_off"]),
    )
    for place, project in enumerate(told["projects"]):
        plan = _with_project(plan, project, place, start)
    for project in told["projects"]:
        if project["split"]:
            plan = propose(plan, EntityId(project["id"]), Wishes(rounds=ROUNDS)).plan
    plan = _with_links(plan, told["links"])
    plan = _with_progress(plan, today)
    plan = _with_decisions(plan, told["decisions"], today)
    plan = _with_measures(plan, told["measures"], start, today)
    plan = _with_outcomes(plan, told["actual_share"])
    plan = plan.with_entities(_settled(plan, told, today))
    plan = plan.with_entities(_priorities(told, today))
    return plan.with_entities(_story(plan, told["story"]))


def mega_project(plan: Plan) -> Project:
    """Return the project that is not split yet, or else the one with the longest original span."""
    return max(plan.projects.values(), key=lambda p: (p.id not in plan.increments_by_project, p.original.days, p.id))


def _days_off(told: Mapping[str, Any], start: date) -> DaysOff:
    first = date(start.year, told["month"], told["day"])
    span = DateSpan(first, first + timedelta(told["days"]))
    return DaysOff(new_id("off"), EntityId(told["team"]), told["title"], span, told["people"], told["repeats"])


def _with_project(plan: Plan, told: Mapping[str, Any], place: int, start: date) -> Plan:
    begin = start + timedelta(told["start_week"] * DAYS_A_WEEK)
    span = DateSpan(begin, begin + timedelta(told["weeks"] * DAYS_A_WEEK))
    key = EntityId(told["id"])
    project = Project(key, told["title"], span, told["outcome"], EntityId(told["team"]), place, place % 8)
    items = [
        ScopeItem(
            EntityId(item["id"]),
            key,
            item["title"],
            item["outcome"],
            float(item["effort_pw"]) if "effort_pw" in item else None,
            planned_days=item.get("planned_days"),
            people=item.get("people"),
            revenue_per_month=round(item["revenue_per_month"] * CENTS),
            usable=item["usable"],
            after=tuple(EntityId(k) for k in item["after"]),
            position=n,
            ramp_months=float(item.get("ramp_months", 0)),
            due=start + timedelta(item["due_week"] * DAYS_A_WEEK + FRIDAY) if "due_week" in item else None,
            gate=item.get("gate", False),
            optional=item.get("optional", False),
            lag_days=tuple(weeks * DAYS_A_WEEK for weeks in item.get("lag_weeks", ())),
        )
        for n, item in enumerate(told["scope"])
    ]
    return plan.with_entities([project, *items])


def _with_links(plan: Plan, told: list[list[str]]) -> Plan:
    links = []
    for one, two in told:
        before, after = plan.scope_items[EntityId(one)].increment, plan.scope_items[EntityId(two)].increment
        if before and after and plan.increments[before].span.end <= plan.increments[after].span.start:
            links.append(Link(new_id("link"), before, after))
    return plan.with_entities(links)


def _with_progress(plan: Plan, today: date) -> Plan:
    begun = [i for i in plan.increments.values() if i.span.start <= today]
    return plan.with_entities(
        replace(i, status=Status.DELIVERED if i.span.end <= today else Status.RUNNING) for i in begun
    )


def _with_decisions(plan: Plan, told: list[Mapping[str, Any]], today: date) -> Plan:
    """Answer what has come up: all but the latest consult before *today* are approved, unless it is told otherwise.

    What an approval asked for is met by the next consult.
    """
    words = {(d["project"], d["nth"]): d for d in told}
    made: list[Entity] = []
    for project in plan.projects:
        past = [c for c in plan.checkpoints_by_project.get(project, ()) if c.day < today]
        for n, checkpoint in enumerate(past[:-1], 1):
            answer = words.get((project, n), {"answer": "approve", "comment": "", "who": "CMO"})
            decision = Decision(
                new_id("dec"),
                checkpoint.id,
                Answer(answer["answer"]),
                answer["who"],
                datetime.combine(checkpoint.day, time(15), UTC),
                1,
                comment=answer["comment"],
            )
            made.append(decision)
            if decision.answer is Answer.APPROVE_WITH_CHANGES:
                met = past[n].day if n < len(past) - 1 else None
                made.append(Condition(new_id("con"), decision.id, decision.comment, done=met))
    return plan.with_entities(made)


def _with_measures(plan: Plan, told: list[Mapping[str, Any]], start: date, today: date) -> Plan:
    for m in told:
        key = EntityId(m["id"])
        days = [(start + timedelta(week * DAYS_A_WEEK), value) for week, value in m["readings"]]
        readings = [Reading(new_id("read"), key, day, float(value)) for day, value in days if day <= today]
        way, owners = Direction(m["direction"]), (m["it_owner"], m["marketing_owner"])
        measure = Measure(key, m["title"], m["unit"], float(m["baseline"]), float(m["target"]), way, *owners)
        plan = plan.with_entities([measure, *readings])
    return plan


def _with_outcomes(plan: Plan, shares: Sequence[float | None]) -> Plan:
    """Let delivered increments really earn a share of what was claimed, in turn; None where nobody has looked."""
    delivered = [i for i in plan.increments.values() if i.status is Status.DELIVERED and i.revenue_per_month]
    delivered.sort(key=lambda i: (i.span, i.id))
    looked = zip(delivered, cycle(shares), strict=False)
    return plan.with_entities(
        replace(i, actual_per_month=round((i.revenue_per_month or 0) * share))
        for i, share in looked
        if share is not None
    )


def _settled(plan: Plan, told: Mapping[str, Any], today: date) -> list[Entity]:
    """Return the agreement that both have signed, the glossary, and what marketing bought outside."""
    answers = dict(told["agreement"])
    signers = {Side.CIO: answers.pop("cio"), Side.CMO: answers.pop("cmo")}
    answers["measures"] = tuple(EntityId(m) for m in answers["measures"])
    frame, key = plan.roadmap, EntityId("agreement-1")
    agreement = Agreement(key, 1, frame.longest_increment_weeks, frame.longest_silence_weeks, **answers)
    when = datetime.combine(frame.start, time(10), UTC)
    return [
        agreement,
        *(Signature(new_id("sig"), key, side, who, when) for side, who in signers.items()),
        *(Term(new_id("term"), word, meaning) for word, meaning in told["terms"]),
        *(
            OutsidePurchase(
                new_id("buy"),
                bought["what"],
                today - timedelta(bought["weeks_ago"] * DAYS_A_WEEK),
                bought["vendor"],
                bought["cost"] * CENTS,
                bought["needed_for"],
            )
            for bought in told["purchases"]
        ),
    ]


def _story(plan: Plan, told: Sequence[Mapping[str, str]]) -> list[Paragraph]:
    """Return the words beside the figures, right for the figures of *plan*."""
    return [
        confirmed(plan, Paragraph(new_id("story"), Place(t["place"]), t["title"], t["text"], position=n))
        for n, t in enumerate(told)
    ]


def _priorities(told: Mapping[str, Any], today: date) -> list[Criterion | Investment]:
    """Return what counts, and the investments that are compared; amounts are told in whole units of the currency."""
    criteria = [
        Criterion(
            EntityId(c["id"]),
            c["title"],
            float(c["worst"]),
            float(c["best"]),
            c["unit"],
            c["worst_words"],
            c["best_words"],
            cio=c["cio"] * CENTS,
            cmo=c["cmo"] * CENTS,
            agreed=c["agreed"] * CENTS,
            position=n,
        )
        for n, c in enumerate(told["criteria"])
    ]
    return [*criteria, *(_investment(i, n, today) for n, i in enumerate(told["investments"]))]


def _investment(told: Mapping[str, Any], place: int, today: date) -> Investment:
    low, likely, high = (amount * CENTS for amount in told["revenue"])
    return Investment(
        EntityId(told["id"]),
        told["title"],
        told["sentence"],
        told["owner"],
        low,
        likely,
        high,
        tuple(TeamEffort(EntityId(e["team"]), *map(float, e["pw"])) for e in told["efforts"]),
        confidence=told["confidence"],
        estimated=today - timedelta(told["estimated_weeks_ago"] * DAYS_A_WEEK),
        ratings=tuple(Rating(EntityId(key), float(value)) for key, value in told["ratings"].items()),
        needs=tuple(EntityId(key) for key in told["needs"]),
        stage=Stage(told["stage"]),
        position=place,
    )
