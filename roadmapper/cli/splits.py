"""The command `split`: a project cut into increments, with the value, the bound and the reason for each."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from time import monotonic

from roadmapper.cli.sharing import check_plans, opened, project, say, say_figures, say_json, whole, workspace
from roadmapper.domain.project import Project
from roadmapper.domain.wording import tr
from roadmapper.exchange.json import project_shown
from roadmapper.planning.assignment import Wishes
from roadmapper.planning.phrases import span_text
from roadmapper.planning.proposing import Proposal, propose
from roadmapper.planning.reasons import Reason, reasons
from roadmapper.planning.verdict import least_text, most_of, status_text, value_text
from roadmapper.workspace.edits.splits import take_split
from roadmapper.workspace.session import Session

REASONS_SECONDS = 15.0
SEARCH_SHARE = 0.2
"""What part of the seconds the plain search gets when a proof follows."""


def split_options(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes to *parser*."""
    parser.add_argument("project", metavar="PROJECT", help=tr("title or id"))
    for name in ("longest", "shortest", "silence"):
        parser.add_argument(f"--{name}", type=whole, metavar="WEEKS")
    parser.add_argument("--people", type=whole, metavar="N")
    parser.add_argument("--seconds", type=_seconds, default=1.0, metavar="S", help=tr("how long to search, in all"))
    parser.add_argument("--seed", type=whole, default=1, metavar="N", help=tr("the same seed gives the same split"))
    parser.add_argument(
        "--optimise", action="store_true", help=tr("look for the proof that nothing is better (needs OR-Tools)")
    )
    parser.add_argument("--dry-run", action="store_true", help=tr("show the split, change nothing"))
    parser.add_argument("--json", action="store_true")


def split(options: argparse.Namespace, session: Session) -> None:
    """Split a project and say what came of it."""
    searching = options.seconds * SEARCH_SHARE if options.optimise else options.seconds
    wishes = Wishes(
        longest=options.longest,
        shortest=options.shortest,
        silence=options.silence,
        people=options.people,
        seconds=searching,
        proving=options.seconds - searching,
        seed=options.seed,
        repeatable=True,
    )
    with opened(options.file, session, writing=not options.dry_run) as file:
        if not options.dry_run:
            check_plans(file)
        subject = project(file.plan, options.project)
        proposal = propose(file.plan, subject.id, wishes)
        until = monotonic() + REASONS_SECONDS
        why = reasons(proposal.assignment, proposal.found, stopped=lambda: monotonic() > until)
        if not options.dry_run:  # last, so that whoever stops it has the plan as it was
            workspace(file).run(tr("Split “{title}”").format(title=subject.title), take_split, proposal)
        if options.json:
            details = project_shown(proposal.plan, subject)
            say_json({"project": details, "split": _shown(proposal, why), "notes": list(proposal.notes)})
        else:
            _say_split(proposal, subject, why)


def _shown(proposal: Proposal, why: Sequence[Reason]) -> Mapping[str, object]:
    found, plan, pieces = proposal.found, proposal.plan, proposal.assignment.pieces
    increments = []
    for key, window, reason in zip_longest(proposal.increments, found.split.windows, why):
        increment = plan.increments[key]
        increments.append(
            {
                "id": key,
                "title": increment.title,
                "start": increment.span.start.isoformat(),
                "finish": increment.span.finish.isoformat(),
                "usable": increment.usable,
                "items": [pieces[n].title for n, _ in window.starts],
                "why": reason.here if reason else None,
                "ends": reason.end if reason else None,
            }
        )
    return {
        "value": proposal.after.revenue,
        "bound": most_of(proposal),
        "status": status_text(found),
        "stage": str(found.stage),
        "currency": plan.roadmap.currency,
        "revenue_with_tail": proposal.after.revenue_with_tail,
        "least_increments": proposal.assignment.least_increments,
        "increments": increments,
        "left_out": [pieces[n].title for n in found.split.left_out],
    }


def _say_split(proposal: Proposal, subject: Project, why: Sequence[Reason]) -> None:
    plan = proposal.plan
    say(subject.title)
    say_figures(proposal.after, plan.roadmap.currency)
    say("  " + value_text(proposal))
    say("  " + least_text(proposal))
    reasons_of = dict(zip(proposal.increments, why, strict=False))
    for n, i in enumerate(plan.increments_by_project.get(subject.id, ()), 1):
        kind = i.usable_outcome or tr("groundwork")
        say(f"  {n:>2}. {span_text(i.span)} · {i.title}: {kind}")
        if i.id in reasons_of:
            say(f"      {reasons_of[i.id].here} {reasons_of[i.id].end}")
    if len(why) < len(proposal.increments):
        say("  * " + tr("Why the later ones stand where they do would have taken longer to find out."))
    for note in proposal.notes:
        say(f"  * {note}")


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 86_400:
        raise argparse.ArgumentTypeError(tr("“{text}” is not a number of seconds from 0 to 86400").format(text=text))
    return seconds
