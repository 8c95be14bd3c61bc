"""The command `split`: a project cut into increments, with the value, the bound and the reason for each."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from roadmapper.cli.sharing import opened, project, say, say_figures, say_json, whole, workspace
from roadmapper.domain.project import Project
from roadmapper.domain.wording import tr
from roadmapper.exchange.json import project_shown
from roadmapper.planning.assignment import Wishes
from roadmapper.planning.phrases import money_text, span_text
from roadmapper.planning.proposing import Proposal, propose
from roadmapper.workspace.edits.splits import take_split
from roadmapper.workspace.session import Session

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
    )
    with opened(options.file, session, writing=not options.dry_run) as file:
        subject = project(file.plan, options.project)
        proposal = propose(file.plan, subject.id, wishes)
        if not options.dry_run:
            workspace(file).run(tr("Split “{title}”").format(title=subject.title), take_split, proposal)
        if options.json:
            details = project_shown(proposal.plan, subject)
            say_json({"project": details, "split": _shown(proposal), "notes": list(proposal.notes)})
        else:
            _say_split(proposal, subject)


def _shown(proposal: Proposal) -> Mapping[str, object]:
    found = proposal.found
    plan = proposal.plan
    return {
        "value": found.worth.value,
        "bound": found.bound,
        "status": status_text(proposal),
        "stage": str(found.stage),
        "currency": plan.roadmap.currency,
        "increments": [{"id": key, "title": plan.increments[key].title} for key in proposal.increments],
    }


def status_text(proposal: Proposal) -> str:
    """Return how sure it is that nothing is better, as the proof says it."""
    return str(proposal.found.status or tr("not proven"))


def _say_split(proposal: Proposal, subject: Project) -> None:
    currency = proposal.plan.roadmap.currency
    say(subject.title)
    say_figures(proposal.after, currency)
    value = money_text(proposal.found.worth.value, currency)
    say("  " + tr("value of the split {value}, {status}").format(value=value, status=status_text(proposal)))
    for n, i in enumerate(proposal.plan.increments_by_project.get(subject.id, ()), 1):
        kind = i.usable_outcome or tr("groundwork")
        say(f"  {n:>2}. {span_text(i.span)} · {i.title}: {kind}")
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
