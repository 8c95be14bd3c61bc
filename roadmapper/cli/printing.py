"""The command `print`: the sheets that are wanted as one PDF, or as pictures, and a proof of them."""

from __future__ import annotations

import argparse
import re
import sys
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from roadmapper.cli.naming import checkpoint_of
from roadmapper.cli.sharing import day, opened, project, say, whole, workspace
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.reports.paper import PAPERS, Kind, Options
from roadmapper.workspace.session import Session

PICTURES = (".png", ".svg")
USUAL_DPI = 150
MOST_LOGO = 10_000_000


def print_options(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes to its parser."""
    parser.set_defaults(wrong=parser.error)
    words = tr("the file; .png or .svg makes a picture of each page, all else is PDF")
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="OUT", help=words)
    words = tr("what is printed, several one after the other (roadmap)")
    parser.add_argument("--sheet", action="append", choices=[kind.value for kind in Kind], default=[], help=words)
    parser.add_argument("--paper", choices=list(PAPERS), default="A4")
    sides = parser.add_mutually_exclusive_group()
    sides.add_argument("--upright", dest="upright", action="store_true", default=None)
    sides.add_argument("--landscape", dest="upright", action="store_false", default=None)
    fits = parser.add_mutually_exclusive_group()
    words = tr("spread the detail sheet over so many pages, such as 3x2")
    fits.add_argument("--pages", type=_tiles, metavar="WxH", help=words)
    fits.add_argument("--scale", type=_millimetres, metavar="MM", help=tr("millimetres a week on the detail sheet"))
    parser.add_argument("--from", dest="first", type=day, metavar="DAY", help=tr("the first day (the roadmap's)"))
    parser.add_argument("--to", dest="last", type=day, metavar="DAY", help=tr("the last day (the roadmap's)"))
    words = tr("only this one; may be said again")
    parser.add_argument("--project", action="append", default=[], metavar="PROJECT", help=words)
    words = tr("of the review sheet (each that is due)")
    parser.add_argument("--checkpoint", metavar="CHECKPOINT", help=words)
    words = tr("a PNG, JPEG or SVG file for the head of each page")
    parser.add_argument("--logo", type=Path, metavar="FILE", help=words)
    parser.add_argument("--grey", action="store_true", help=tr("without colour"))
    parser.add_argument("--pdfa", action="store_true", help=tr("for archives: PDF/A-1b"))
    parser.add_argument("--png", type=whole, metavar="DPI", help=tr("dots an inch of a .png (150)"))
    parser.add_argument("--proof", action="store_true", help=tr("say what is small, shortened, left out or stale"))


def print_file(options: argparse.Namespace, session: Session) -> None:
    """Write the sheets."""
    _check_usage(options)
    with opened(options.file, session, writing=False) as file:
        work = workspace(file)
        wanted = wishes_of(options, work.plan)
        # Qt is imported for paper only: every other command runs on a machine without it.
        paper: Any = import_module("roadmapper.reports.output")
        kinds = tuple(dict.fromkeys(Kind(name) for name in options.sheet)) or (Kind.ROADMAP,)
        wish = paper.Wish(options.output, kinds, wanted, options.pdfa, options.png or USUAL_DPI)
        written = paper.print_wish(work, options.file, wish, session)
    _say(options.output, written)
    if options.proof:
        for sentence in written.proof:
            say(sentence)


def wishes_of(options: argparse.Namespace, plan: Plan) -> Options:
    """Return how it is to be printed; raises Refused where the plan or the logo does not allow it."""
    return Options(
        paper=options.paper,
        upright=options.upright,
        span=_span(options.first, options.last, plan),
        projects=frozenset(project(plan, name).id for name in options.project) or None,
        tiles=options.pages,
        scale=options.scale,
        grey=options.grey,
        logo=_logo(options.logo) if options.logo is not None else b"",
        checkpoint=checkpoint_of(plan, options.checkpoint).id if options.checkpoint else None,
    )


def _check_usage(options: argparse.Namespace) -> None:
    ending = options.output.suffix.lower()
    if options.pdfa and ending in PICTURES:
        options.wrong(tr("--pdfa is for a PDF: give -o another ending"))
    if options.png is not None and ending != ".png":
        options.wrong(tr("--png is for pictures: let -o end in .png"))
    if options.first and options.last and options.first > options.last:
        options.wrong(tr("--from is after --to"))


def _say(output: Path, written: Any) -> None:
    files = written.files
    if len(files) > 1:
        say(tr("Printed “{first}” to “{last}”.").format(first=files[0], last=files[-1]))
    else:
        say(trn("Printed “{file}”.", "Printed “{file}” ({n} pages).", written.pages, file=output))
    if written.older:
        say(written.older)
    if written.lacking:
        print(written.lacking, file=sys.stderr)


def _span(first: date | None, last: date | None, plan: Plan) -> DateSpan | None:
    if first is None and last is None:
        return None
    whole_span = plan.roadmap.span
    start = first or whole_span.start
    end = last + timedelta(1) if last is not None else whole_span.end
    if start >= end:
        raise Refused(
            tr("The roadmap ends before --from or begins after --to: it goes from {start} to {finish}.").format(
                start=whole_span.start, finish=whole_span.finish
            )
        )
    return DateSpan(start, end)


def _logo(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_LOGO:
            raise Refused(tr("“{file}” is too large for a logo: choose one of less than 10 MB.").format(file=path))
        return path.read_bytes()
    except OSError as error:
        raise Refused(tr("“{file}” cannot be read: {why}.").format(file=path, why=error.strerror)) from error


def _tiles(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,3})[xX×](\d{1,3})", text)
    if found is None:
        raise argparse.ArgumentTypeError(tr("“{text}” is not pages wide and high, such as 3x2").format(text=text))
    return int(found[1]), int(found[2])


def _millimetres(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(tr("“{text}” is not a number").format(text=text)) from error
