"""The same deeds without a screen: one function a command, answers on stdout, refusals in one sentence on stderr."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

from typing_extensions import override

from roadmapper.cli.consults import consult_options, consults, decide_on, export, hand_out, read_in
from roadmapper.cli.printing import print_file, print_options
from roadmapper.cli.ranking import rank, rank_options
from roadmapper.cli.repairs import repair
from roadmapper.cli.sharing import check_plans, day, opened, say, say_figures, whole, workspace
from roadmapper.cli.splits import split, split_options
from roadmapper.domain.dates import monday
from roadmapper.domain.investment import Investment
from roadmapper.domain.laws import problems_of
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project, ScopeItem
from roadmapper.domain.refusal import Refused
from roadmapper.domain.roadmap import Roadmap
from roadmapper.domain.wording import tr, trn
from roadmapper.exchange.csv import DateOrder, Table, read_table
from roadmapper.exchange.investments import import_investments, investment_fields
from roadmapper.exchange.json import shown
from roadmapper.exchange.mappings import Mappings
from roadmapper.exchange.portfolio import ACTIVITY_FIELDS, PROJECT_FIELDS, import_portfolio
from roadmapper.exchange.rows import DATES, Import, Source, source
from roadmapper.exchange.sample import sample_plan
from roadmapper.planning.comparison import figures_of
from roadmapper.planning.phrases import effort_text, problem_text, span_text
from roadmapper.planning.working_calendar import WorkingCalendar
from roadmapper.storage.roadmap_file import create
from roadmapper.workspace.edits.investments import next_position
from roadmapper.workspace.edits.projects import next_place
from roadmapper.workspace.edits.roadmaps import put_all
from roadmapper.workspace.session import Session

VERSION = "0.1.0"
BAD_DATA = 1
STOPPED = 130


class _Parser(argparse.ArgumentParser):
    """argparse, with its complaint in one sentence."""

    @override
    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {message} (see {self.prog} --help)", file=sys.stderr)
        raise SystemExit(2)


def run(arguments: Sequence[str], session: Session) -> int:
    """Do what the command line says; return 0, 1 for bad data, 3 for a repair with losses, 130 after Ctrl+C.

    Raises SystemExit(2) for wrong usage.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that cannot show a letter gets its number
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    deed: Callable[[argparse.Namespace, Session], int | None] = options.deed
    try:
        status = deed(options, session)
        sys.stdout.flush()
    except Refused as refusal:
        print(str(refusal), file=sys.stderr)
        return BAD_DATA
    except KeyboardInterrupt:  # what is to be kept is written last, in one transaction
        print(tr("Stopped."), file=sys.stderr)
        return STOPPED
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):  # whoever read our answer has heard enough, such as `head`
            return 0
        print(tr("The answer could not be written: {why}.").format(why=error.strerror), file=sys.stderr)
        return BAD_DATA
    return status or 0


def commands() -> list[str]:
    """Return the names of all commands."""
    return list(_COMMANDS)


def _new(options: argparse.Namespace, session: Session) -> None:
    roadmap = Roadmap(options.title, options.start, options.months, options.currency, country=options.country)
    WorkingCalendar(options.country).works(monday(roadmap.start))  # a country that nobody knows is refused here
    create(options.file, Plan.of(roadmap), tr("New roadmap"), session.who)
    say(tr("Made “{file}”.").format(file=options.file))


def _sample(options: argparse.Namespace, session: Session) -> None:
    create(options.file, sample_plan(session.sample, session.today()), tr("Sample roadmap"), session.who)
    say(tr("Made “{file}”.").format(file=options.file))


def _import(options: argparse.Namespace, session: Session) -> None:
    if options.projects is None and (options.investments is None or options.activities is not None):
        options.wrong(tr("say --projects CSV, or --investments CSV, or both"))
    order = DateOrder(options.dates) if options.dates else None
    by_hand = _mapped(options.map)
    remembered = Mappings(session.mappings)
    used: list[tuple[str, Source]] = []
    with opened(options.file, session, writing=not options.dry_run) as file:
        if not options.dry_run:
            check_plans(file)
        plan, found = file.plan, Import()
        for which, path, names in (
            ("projects", options.projects, PROJECT_FIELDS),
            ("activities", options.activities, ACTIVITY_FIELDS),
            ("investments", options.investments, investment_fields(plan)),
        ):
            if path is not None:
                used.append((which, _source(read_table(path), names, by_hand[which], order, remembered)))
        sources = dict(used)
        if "projects" in sources:
            found = import_portfolio(plan, sources["projects"], sources.get("activities"), next_place(plan))
        if "investments" in sources:
            found = import_investments(plan, sources["investments"], next_position(plan), found)
        _say_import(found, used)
        if not found.entities:
            raise Refused(tr("Nothing was imported: no row could be taken."))
        if not options.dry_run:
            label = tr("Import {name}").format(name=used[0][1].table.name)
            workspace(file).run(label, put_all, found.entities)
    for which, kept in used:
        if by_hand[which] and not options.dry_run:
            remembered.remember(kept.table, by_hand[which])


def _show(options: argparse.Namespace, session: Session) -> None:
    with opened(options.file, session, writing=False) as file:
        if options.json:
            print(
                json.dumps(shown(file.plan, file.repository.length, file.repository.head), ensure_ascii=False, indent=2)
            )
            return
        roadmap = file.plan.roadmap
        say(f"{roadmap.title} · {span_text(roadmap.span)}")
        for project in file.plan.projects_in_order:
            say("")
            say(f"{project.title} ({project.id})")
            say_figures(figures_of(file.plan, project.id), roadmap.currency)
            for i in file.plan.increments_by_project.get(project.id, ()):
                kind = "" if i.usable else " · " + tr("groundwork")
                say(f"  {span_text(i.span):<28} {i.title} · {effort_text(i.effort_pw)}{kind}")
        _say_problems(file.plan)


def _check(options: argparse.Namespace, session: Session) -> int | None:
    if options.repair:
        return repair(options.file, options.output, session)
    if options.output is not None:
        raise Refused(tr("-o names the file that --repair writes: say --repair too."))
    with opened(options.file, session, writing=False) as file:
        file.repository.verify()
        steps = trn("{n} journal row", "{n} journal rows", file.repository.length)
        say(tr("“{file}” is sound: schema, content and chain hold ({steps}).").format(file=options.file, steps=steps))
        _say_problems(file.plan)
    return None


def _undo(options: argparse.Namespace, session: Session) -> None:
    with opened(options.file, session, writing=True) as file:
        say(tr("Undone: {label}").format(label=workspace(file).undo()))


def _redo(options: argparse.Namespace, session: Session) -> None:
    with opened(options.file, session, writing=True) as file:
        say(tr("Redone: {label}").format(label=workspace(file).redo()))


def _source(
    table: Table, names: Mapping[str, Sequence[str]], by_hand: dict[str, str], order: DateOrder | None, known: Mappings
) -> Source:
    remembered = {name: column for name, column in known.of(table).items() if name in names}
    found = source(table, names, {**remembered, **by_hand})
    orders = {found.mapping[n]: order for n in DATES if n in found.mapping} if order else {}
    return Source(found.table, found.mapping, orders)


def _mapped(pairs: Sequence[str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {"projects": {}, "activities": {}, "investments": {}}
    for pair in pairs:
        field, sign, column = pair.partition("=")
        which, dot, name = field.partition(".")
        if not sign or not dot or which not in found:
            raise Refused(
                tr("“{pair}” maps nothing: write {all}, such as projects.start=Begin.").format(
                    pair=pair, all=", ".join(f"{name}.FIELD=COLUMN" for name in found)
                )
            )
        found[which][name] = column
    return found


def _say_import(found: Import, used: Sequence[tuple[str, Source]]) -> None:
    taken = []
    sources = dict(used)
    if "projects" in sources:
        taken.append(trn("{n} project", "{n} projects", found.count(Project)))
        taken.append(trn("{n} scope item", "{n} scope items", found.count(ScopeItem)))
        taken.append(trn("{n} of them usable", "{n} of them usable", sum(i.usable for i in found.of(ScopeItem))))
    if "investments" in sources:
        taken.append(trn("{n} investment", "{n} investments", found.count(Investment)))
        taken.append(trn("{n} of them there already", "{n} of them there already", len(found.changed)))
    say(tr("Taken: {all}.").format(all=", ".join(taken)))
    for rejected in found.rejected:
        say(
            tr("Not taken: {file}, line {line}: {why}.").format(
                file=rejected.file, line=rejected.line, why=rejected.why
            )
        )
    for missing in found.missing:
        say(tr("Missing: {what}.").format(what=missing))


def _say_problems(plan: Plan) -> None:
    problems = problems_of(plan)
    say("")
    say(trn("{n} problem in the plan", "{n} problems in the plan", len(problems)) + (":" if problems else "."))
    for problem in problems:
        say(f"  {problem_text(plan, problem)}")


_COMMANDS: dict[str, tuple[Callable[[argparse.Namespace, Session], int | None], str]] = {
    "new": (_new, "make an empty roadmap"),
    "sample": (_sample, "make the sample roadmap"),
    "import": (_import, "import projects with their pieces, and investments, from CSV"),
    "split": (split, "split a project into short increments"),
    "rank": (rank, "rank the investments, and say how sure that is"),
    "consults": (consults, "list the consults: due, coming and answered"),
    "decide": (decide_on, "record an answer to a checkpoint"),
    "pack": (hand_out, "write a checkpoint as one page with a form, for who does not open the program"),
    "answer": (read_in, "read in what came back from such a page"),
    "export": (export, "write the checkpoints as calendar entries"),
    "show": (_show, "show a roadmap"),
    "print": (print_file, "print the roadmap and other sheets as PDF or as pictures"),
    "check": (_check, "verify the file and list the problems of the plan"),
    "undo": (_undo, "take the last edit back"),
    "redo": (_redo, "repeat the edit that was taken back last"),
}


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="roadmapper", description=tr("Plan joint projects in increments that marketing can use."))
    parser.add_argument("--version", action="version", version=f"Roadmapper {VERSION}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    made = {}
    for name, (deed, words) in _COMMANDS.items():
        made[name] = commands.add_parser(name, help=tr(words), description=tr(words))
        made[name].set_defaults(deed=deed)
        made[name].add_argument("file", type=Path, metavar="FILE")
    made["new"].add_argument("--title", required=True)
    made["new"].add_argument("--start", required=True, type=day, metavar="DAY")
    made["new"].add_argument("--months", type=whole, default=24)
    made["new"].add_argument("--currency", default="EUR")
    made["new"].add_argument("--country", default="", help=tr("two letters, for public holidays"))
    _import_options(made["import"])
    split_options(made["split"])
    rank_options(made["rank"])
    consult_options(made)
    made["show"].add_argument("--json", action="store_true")
    made["check"].add_argument("--repair", action="store_true", help=tr("write what can be read into a new file"))
    made["check"].add_argument("-o", "--output", type=Path, metavar="OUT", help=tr("that file (NAME (repaired))"))
    print_options(made["print"])
    return parser


def _import_options(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(wrong=parser.error)
    parser.add_argument("--projects", type=Path, metavar="CSV")
    parser.add_argument("--activities", type=Path, metavar="CSV")
    parser.add_argument("--investments", type=Path, metavar="CSV", help=tr("what is to be ranked"))
    parser.add_argument("--dry-run", action="store_true", help=tr("say what would be taken, change nothing"))
    parser.add_argument("--dates", choices=[o.value for o in DateOrder if o is not DateOrder.ISO])
    parser.add_argument(
        "--map", action="append", default=[], metavar="WHICH.FIELD=COLUMN", help=tr("such as projects.start=Begin")
    )
