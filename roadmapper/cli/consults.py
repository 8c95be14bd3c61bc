"""The commands about consults: list them, decide, hand one out as a review pack, read its answer in, invite to them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from roadmapper.cli.naming import checkpoint_of
from roadmapper.cli.sharing import check_answers, opened, say, say_json, workspace
from roadmapper.domain.consult import Answer, Decision
from roadmapper.domain.entity import new_id
from roadmapper.domain.increment import Status
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.exchange.consults import consults_shown
from roadmapper.exchange.pack_answer import check, conditions_in, decoded, read
from roadmapper.exchange.review_pack import Origin, pack
from roadmapper.planning.consequences import ends_reject, still_held
from roadmapper.planning.consults.changes import point_of
from roadmapper.planning.consults.due import Consult, consults_of
from roadmapper.planning.consults.ledger import longest_silence_of
from roadmapper.planning.consults.picture import picture_of
from roadmapper.planning.consults.saying import (
    answer_text,
    consult_title,
    late_text,
    role_told,
    silence_text,
    still_held_text,
    title_in,
    who_text,
)
from roadmapper.planning.phrases import day_text
from roadmapper.storage.writing import write_whole
from roadmapper.workspace.edits.decisions import decide
from roadmapper.workspace.session import Session
from roadmapper.workspace.workspace import Workspace

ANSWERS = {answer.value.replace(" ", "-"): answer for answer in Answer}


def consult_options(parsers: Mapping[str, argparse.ArgumentParser]) -> None:
    """Add what each of these commands takes to its parser."""
    which = tr("id, or words of its title that no other has")
    parsers["consults"].add_argument("--due", action="store_true", help=tr("only those that wait for an answer"))
    parsers["consults"].add_argument("--json", action="store_true")
    for name in ("decide", "pack"):
        parsers[name].add_argument("checkpoint", metavar="CHECKPOINT", help=which)
    parsers["decide"].add_argument("answer", choices=list(ANSWERS))
    parsers["decide"].add_argument("--by", required=True, metavar="NAME", help=tr("who decides"))
    words = tr("why; with changes, each line is one of them")
    parsers["decide"].add_argument("--comment", default="", metavar="TEXT", help=words)
    parsers["pack"].add_argument("-o", "--output", required=True, type=Path, metavar="OUT.html")
    parsers["pack"].add_argument("--reader", metavar="NAME", help=tr("whose last look counts (who decided last)"))
    words = tr("the file or mail that came back; - reads a pipe")
    parsers["answer"].add_argument("answer", metavar="ANSWER-FILE", help=words)
    parsers["export"].add_argument("-o", "--output", required=True, type=Path, metavar="OUT.ics")
    parsers["export"].add_argument("--checkpoint", metavar="CHECKPOINT", help=which)


def consults(options: argparse.Namespace, session: Session) -> None:
    """List the consults."""
    today = session.today()
    with opened(options.file, session, writing=False) as file:
        found = consults_of(file.plan, today)
        groups = {tr("Due"): found.due, tr("Coming"): found.coming, tr("Answered"): found.answered}
        if options.json:
            listed = found.due if options.due else [c for group in groups.values() for c in group]
            say_json(consults_shown(file.plan, listed, today))
            return
        for title, group in groups.items():
            if group and (title == tr("Due") or not options.due):
                say(f"{title} ({len(group)})")
                for consult in group:
                    _say_consult(consult)
        if not found.due:
            say(tr("Nothing is due."))
        silence = longest_silence_of(file.plan)
        say(silence_text(silence.days if silence else None, file.plan.roadmap.silence_limit_days))


def decide_on(options: argparse.Namespace, session: Session) -> None:
    """Record an answer to a checkpoint and say what follows from it."""
    with opened(options.file, session, writing=True) as file:
        check_answers(file)
        work = workspace(file)
        checkpoint = checkpoint_of(work.plan, options.checkpoint)
        decision = Decision(
            new_id("dec"),
            checkpoint.id,
            ANSWERS[options.answer],
            options.by,
            datetime.now(UTC),
            work.length,
            role_told(file.role, session.who, options.by),
            options.comment,
        )
        _record(work, decision, session)


def hand_out(options: argparse.Namespace, session: Session) -> None:
    """Write the review pack of a checkpoint."""
    with opened(options.file, session, writing=False) as file:
        work = workspace(file)
        checkpoint = checkpoint_of(work.plan, options.checkpoint)
        reader = options.reader or _who_decided_last(work.plan)
        point = point_of(work.plan, reader, checkpoint.project)
        then = work.plan_at(point) if point is not None and 1 <= point <= work.length else None
        picture = picture_of(work.plan, then, checkpoint.id, reader, session.today())
        origin = Origin(_identity(work), work.length, work.hash_at(work.length) or "")
        page = pack(picture, origin, work.plan.roadmap.title, session.resources)
    write_whole(options.output, page.encode())
    say(tr("Wrote “{file}”: send it, and read what comes back in with `answer`.").format(file=options.output))


def read_in(options: argparse.Namespace, session: Session) -> None:
    """Read the answer of a review pack in."""
    told = read(decoded(_bytes(options.answer)))
    with opened(options.file, session, writing=True) as file:
        check_answers(file)
        work = workspace(file)
        decision, notes = check(told, work.plan, work.hash_at, work.length, datetime.now(UTC))
        for note in notes:
            say(note)
        _record(work, decision, session)


def export(options: argparse.Namespace, session: Session) -> None:
    """Write the checkpoints as calendar entries."""
    # The calendar library costs every other command a thirtieth of a second.
    calendar = import_module("roadmapper.exchange.invitations")
    with opened(options.file, session, writing=False) as file:
        work = workspace(file)
        removed = calendar.removed_checkpoints(work.deltas(0), work.plan)
        only = None
        if options.checkpoint is not None:
            gone = [r.checkpoint.id for r in removed if r.checkpoint.id == options.checkpoint]
            only = gone[0] if gone else checkpoint_of(work.plan, options.checkpoint).id
        now = datetime.now(UTC).replace(microsecond=0)
        data = calendar.invitations(work.plan, _identity(work), work.length, now, only=only, removed=removed)
    write_whole(options.output, data)
    count = data.count(b"\r\nBEGIN:VEVENT\r\n")
    say(trn("Wrote “{file}” ({n} entry).", "Wrote “{file}” ({n} entries).", count, file=options.output))


def _record(work: Workspace, decision: Decision, session: Session) -> None:
    before = work.plan
    checkpoint = before.checkpoints[decision.checkpoint]
    title = title_in(before, checkpoint)
    asked = conditions_in(decision.comment)
    work.run(tr("Decide on “{title}”").format(title=title), decide, decision, asked, session.today())
    say(
        tr("Recorded: {title} · {answer} · {who}").format(
            title=title, answer=answer_text(decision.answer), who=who_text(decision)
        )
    )
    for increment in work.plan.increments_by_project.get(checkpoint.project, ()):
        old = before.increments[increment.id].status
        if old is not increment.status:
            words = tr("Held: {title}") if increment.status is Status.HELD else tr("Goes on: {title}")
            say("  " + words.format(title=increment.title))
    if decision.answer is not Answer.REJECT and ends_reject(before, checkpoint):
        still = still_held_text(work.plan, still_held(work.plan, checkpoint))
        if still:
            say("  " + still)
    for condition in work.plan.conditions.values():
        if condition.decision == decision.id:
            say("  " + tr("To be done: {text}").format(text=condition.text))


def _say_consult(consult: Consult) -> None:
    checkpoint = consult.checkpoint
    title = consult_title(checkpoint, consult.increment.title if consult.increment else consult.project.title)
    if consult.decision is None:
        state = late_text(consult.days)
    else:
        state = f"{answer_text(consult.decision.answer)} ({who_text(consult.decision)})"
    say(f"  {day_text(checkpoint.day)} · {title} · {consult.project.title} · {state} ({checkpoint.id})")
    for condition in consult.conditions:
        done = tr("open") if condition.done is None else tr("done {day}").format(day=day_text(condition.done))
        say(f"      {condition.text} · {done}")


def _who_decided_last(plan: Plan) -> str:
    latest = max(plan.decisions.values(), key=lambda d: (d.when, d.id), default=None)
    return latest.who if latest is not None else ""


def _identity(work: Workspace) -> str:
    """Return what tells this roadmap from every other: the hash of its journal's first row."""
    return work.hash_at(1) or ""


def _bytes(named: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if named == "-" else Path(named).read_bytes()
    except OSError as error:
        raise Refused(tr("“{file}” cannot be read: {why}.").format(file=named, why=error.strerror)) from error
