"""What the tests of the paper share: a session, plans, and a way to print and read back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication

from roadmapper.domain.consult import Checkpoint
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.project import Project
from roadmapper.domain.roadmap import Roadmap
from roadmapper.exchange.csv import read_table
from roadmapper.exchange.portfolio import ACTIVITY_FIELDS, PROJECT_FIELDS, import_portfolio
from roadmapper.exchange.rows import source
from roadmapper.exchange.sample import mega_project, sample_plan
from roadmapper.planning.assignment import Wishes
from roadmapper.planning.proposing import propose
from roadmapper.reports import output
from roadmapper.reports.measure import FontMeasure
from roadmapper.reports.output import Wish, Written
from roadmapper.reports.paper import Kind, Options
from roadmapper.reports.pdf import load_fonts
from roadmapper.reports.source import Source
from roadmapper.workspace.session import Session

TODAY = date(2027, 5, 18)
HEAD = "3fa9c12e88ab77ddee0011223344"
RESOURCES = Path(__file__).parents[2] / "resources"
FDA = Path(__file__).parents[2].parent / "shared" / "data" / "fda-2013"
NAMES = ("Single sign-up", "Consolidated customer master record", "Personalisation", "Ads",
         "Internationalisation of everything we sell in shops")  # fmt: skip

Print: TypeAlias = Callable[..., PdfReader]


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """Return a session with the shipped fonts on a fixed day."""
    return Session("planner", RESOURCES, tmp_path / "data", lambda: TODAY)


@pytest.fixture(scope="session")
def fonts(qapp: QApplication) -> None:
    """Load the shipped fonts."""
    load_fonts(RESOURCES)


@pytest.fixture
def printed(fonts: None, session: Session, tmp_path: Path) -> Print:
    """Return a function that prints a plan and reads the file back."""

    def run(plan: Plan, paper: str = "A4") -> PdfReader:
        path = tmp_path / "roadmap.pdf"
        print_to(plan, path, paper, session)
        return PdfReader(path)

    return run


@pytest.fixture(scope="package")
def sample() -> Plan:
    """Return the shipped sample, in which one project is not split yet, without its story."""
    plan = sample_plan(RESOURCES / "samples" / "northwind.json", TODAY)
    return plan.without(plan.paragraphs.values())


@pytest.fixture(scope="package")
def split_sample(sample: Plan) -> Plan:
    """Return the shipped sample with every project split."""
    return propose(sample, mega_project(sample).id, Wishes(seconds=0.1)).plan


@pytest.fixture(scope="package")
def fda() -> Plan:
    """Return the portfolio of a federal agency, as it was: 17 projects in 122 increments."""
    if not FDA.is_dir():
        pytest.skip("the FDA portfolio is not in ../shared/data/fda-2013")
    plan = Plan.of(Roadmap("FDA IT portfolio", date(2009, 7, 1), 48, "USD"))
    projects = source(read_table(FDA / "projects.csv"), PROJECT_FIELDS)
    activities = source(read_table(FDA / "activities.csv"), ACTIVITY_FIELDS)
    return plan.with_entities(import_portfolio(plan, projects, activities, 0).entities)


def print_to(plan: Plan, path: Path, paper: str, session: Session, *kinds: Kind) -> Written:
    """Print a plan, the roadmap sheet unless others are named, as the command line does."""
    source = Source(plan, HEAD, session.today(), Options(paper), FontMeasure(), "plan.roadmap")
    return output.printed(source, Wish(path, kinds or (Kind.ROADMAP,)))


def source_of(plan: Plan, **wishes: Any) -> Source:
    """Return what the sheets of a plan are made from; *wishes* are those of Options."""
    return Source(plan, HEAD, TODAY, Options(**wishes), FontMeasure(), "plan.roadmap")


def packed(text: str) -> str:
    """Return *text* without any white space, so that it does not matter where lines were broken."""
    return "".join(text.split())


def pages_of(reader: PdfReader) -> list[str]:
    """Return the text of each page, packed; each says which it is, and of how many."""
    found = [packed(page.extract_text()) for page in reader.pages]
    for n, words in enumerate(found):
        assert re.findall(r"page\d+of\d+", words) == [f"page{n + 1}of{len(found)}"]
    return found


def words_of(reader: PdfReader) -> str:
    """Return the text of the only page, packed."""
    (page,) = reader.pages
    return packed(page.extract_text())


def made(
    projects: int, increments: int, step: int, length: int, *, names: tuple[str, ...] = NAMES, months: int = 24
) -> Plan:
    """Return a plan with so many projects of so many increments, one every *step* days, a consult at each end."""
    start = date(2027, 1, 4)
    entities: list[Entity] = [Roadmap("Roadmap of many", start, months, owner="CIO office")]
    for n in range(projects):
        key = EntityId(f"prj-{n}")
        entities.append(Project(key, f"Project {n}", DateSpan(start, start + timedelta(400)), position=n, accent=n % 8))
        for i in range(increments):
            first = start + timedelta(i * step + 3 * n)
            span = DateSpan(first, first + timedelta(length))
            name = names[(i + n) % len(names)]
            entities.append(
                Increment(EntityId(f"inc-{n}-{i}"), key, name, span, "usable" if i % 3 else "", 1.0, 500_00)
            )
            entities.append(Checkpoint(EntityId(f"con-{n}-{i}"), key, span.finish))
    return Plan.of(*entities)
