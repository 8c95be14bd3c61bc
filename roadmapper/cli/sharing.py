"""What all commands share: a file opened and closed again, a project found by its name, answers said."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project
from roadmapper.domain.refusal import Refused
from roadmapper.domain.role import WRITES
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.comparison import Figures
from roadmapper.planning.consults.gap_news import advice_text, news, news_text
from roadmapper.planning.phrases import day_text, length_text, money_text
from roadmapper.storage.engine import version_of
from roadmapper.storage.roadmap_file import OpenFile, open_file
from roadmapper.storage.schema import VERSION
from roadmapper.workspace.session import Session
from roadmapper.workspace.workspace import PlanDelta, Workspace


@contextmanager
def opened(path: Path, session: Session, *, writing: bool) -> Iterator[OpenFile]:
    # Who reads an older file has it brought up to date, too, with its backup: nobody could read it otherwise.
    reading = not writing and version_of(path) == VERSION
    file = open_file(path, session.who, session.backups, read_only=reading, role=session.role)
    try:
        if writing and file.lock is None:
            raise Refused(" ".join(file.notes))
        for note in file.notes:
            print(note, file=sys.stderr)
        yield file
    finally:
        file.close()


def workspace(file: OpenFile) -> Workspace:
    """Return the workspace of a file; an edit made in it that leaves a silence longer than agreed is noted."""
    work = Workspace(file.plan, file.repository, role=file.role)
    before = file.plan

    def look(_: PlanDelta) -> None:
        nonlocal before
        found = news(before, work.plan)
        note = ". ".join(text for text in (news_text(work.plan, found), advice_text(found)) if text)
        before = work.plan
        if note:
            print(note, file=sys.stderr)

    work.subscribe(look)
    return work


def check_plans(file: OpenFile) -> None:
    """Raise Refused where who works does not plan: before anything is worked out or told as if it were done."""
    if WRITES[file.role] is not None:
        raise Refused(
            tr("You work as the {role}: only a planner changes the plan. Nothing was changed.").format(
                role=tr(file.role)
            )
        )


def check_answers(file: OpenFile) -> None:
    """Raise Refused where who works neither answers a consult nor writes down what the CMO answered."""
    writes = WRITES[file.role]
    if writes is not None and "decisions" not in writes:
        words = tr(
            "You work as the {role}: only the reviewer answers, or a planner writes it down. Nothing was changed."
        )
        raise Refused(words.format(role=tr(file.role)))


def project(plan: Plan, named: str) -> Project:
    exact = plan.projects.get(EntityId(named))
    if exact is not None:
        return exact
    folded = named.casefold()
    same = [p for p in plan.projects_in_order if p.title.casefold() == folded]
    close = same or [p for p in plan.projects_in_order if folded in p.title.casefold()]
    if len(close) == 1:
        return close[0]
    candidates = close or plan.projects_in_order
    listed = ", ".join(f"“{p.title}” ({p.id})" for p in candidates) or tr("none")
    if close:
        raise Refused(tr("“{name}” is ambiguous; it could be {all}: give the id.").format(name=named, all=listed))
    raise Refused(tr("There is no project “{name}”; there are: {all}.").format(name=named, all=listed))


def say(text: str) -> None:
    print(text)


def say_json(values: object) -> None:
    print(json.dumps(values, ensure_ascii=False, indent=2))


def say_figures(figures: Figures, currency: str) -> None:
    value = day_text(figures.first_value) if figures.first_value else tr("never")
    original = day_text(figures.original_first_value)
    say("  " + tr("first value {day} (one big delivery: {original})").format(day=value, original=original))
    revenue = money_text(figures.revenue, currency)
    big = money_text(figures.original_revenue, currency)
    say(
        "  " + tr("revenue by the horizon {amount} (one big delivery: {original})").format(amount=revenue, original=big)
    )
    tail, big = (money_text(n, currency) for n in (figures.revenue_with_tail, figures.original_with_tail))
    say("  " + tr("with the tail beyond it {amount} (one big delivery: {original})").format(amount=tail, original=big))
    silence = length_text(figures.longest_silence_days) if figures.increments else "–"
    limit = length_text(figures.silence_limit_days)
    say("  " + tr("longest silence {length}, agreed {limit}").format(length=silence, limit=limit))
    counts = trn("{n} increment", "{n} increments", figures.increments)
    say("  " + counts + ", " + trn("{n} checkpoint", "{n} checkpoints", figures.checkpoints))


def whole(text: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,60}", text):
        raise argparse.ArgumentTypeError(tr("“{text}” is not a whole number").format(text=text))
    return int(text)


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(tr("“{text}” is not a date such as 2027-01-04").format(text=text)) from error
