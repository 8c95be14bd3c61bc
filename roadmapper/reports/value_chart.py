"""Value chart: the chart of value against effort on a page of its own - as PDF, PNG and SVG, or to any printer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtGui import QImage

from roadmapper.chart.value_picture import Facts, facts_of
from roadmapper.domain.criterion import Voice
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.phrases import day_text, effort_text, money_text
from roadmapper.planning.ranking.model import Ranking
from roadmapper.reports.measure import FontMeasure
from roadmapper.reports.pages import LEADING, LEAST_TYPE, Box, Document, Drawing, Page, Text, Weight, moved
from roadmapper.reports.paper import Options
from roadmapper.reports.pdf import pdf_of_document
from roadmapper.reports.pictures import image_of as page_image
from roadmapper.reports.pictures import png_of as page_png
from roadmapper.reports.pictures import svg_of as page_svg
from roadmapper.reports.sheets import DOT, HASH_LENGTH, one_line

WIDTH, HEIGHT = 842.0, 595.0
MARGIN = 36.0
TITLE, DETAIL = 17.0, 10.0
PICTURE = 595.2, 420.96
"""Points: a picture is 21 cm wide, as the page of a book is."""
PNG_DPI = 300


@dataclass(frozen=True, slots=True)
class ChartSheet:
    """Everything that stands on the page beside the chart, in words."""

    title: str
    subtitle: str
    facts: Facts
    footer: str


def chart_sheet(plan: Plan, ranking: Ranking, voice: Voice, today: date | None, head: str) -> ChartSheet:
    """Return the page of a ranking by the weights of *voice*; *head* is the hash of the last journal row."""
    budget = ranking.budget
    parts = [
        trn("{n} investment", "{n} investments", len(ranking.places)),
        {
            Voice.CIO: tr("weights of the CIO"),
            Voice.CMO: tr("weights of the CMO"),
            Voice.AGREED: tr("weights both agreed on"),
        }[voice],
    ]
    there = [effort_text(budget.effort)] if budget.effort is not None else []
    there += [money_text(budget.money, plan.roadmap.currency)] if budget.money is not None else []
    if there:
        parts.append(tr("{n} funded within {budget}").format(n=len(ranking.funded), budget=tr(" and ").join(there)))
    foot = [one_line(plan.roadmap.owner)] if plan.roadmap.owner.strip() else []
    foot += [day_text(today)] if today is not None else []
    foot += [tr("journal {hash}").format(hash=head[:HASH_LENGTH])] if head else []
    title = tr("{roadmap}: value against effort").format(roadmap=one_line(plan.roadmap.title))
    return ChartSheet(title, DOT.join(parts), facts_of(plan, ranking, on_paper=True), DOT.join(foot))


def chart_document(sheet: ChartSheet, paper: str = "A4") -> Document:
    """Return the page on *paper*, landscape."""
    width, height = Options(paper).size(upright=False)
    return Document(sheet.title, (_page(sheet, width, height),))


def image_of(sheet: ChartSheet) -> QImage:
    """Return the page as a picture for a page of a book: 300 dots an inch, 21 cm wide."""
    return page_image(_page(sheet, *PICTURE), PNG_DPI)


def png_of(sheet: ChartSheet) -> bytes:
    """Return the page as PNG, as large as `image_of` makes it."""
    return page_png(_page(sheet, *PICTURE), PNG_DPI)


def svg_of(sheet: ChartSheet) -> bytes:
    """Return the page as SVG; its words stay words."""
    return page_svg(chart_document(sheet).pages[0])


def pdf_of(sheet: ChartSheet, paper: str) -> bytes:
    """Return the page as PDF on *paper*, landscape; its words can be found."""
    return pdf_of_document(chart_document(sheet, paper))


def _page(sheet: ChartSheet, width: float, height: float) -> Page:
    """Return title, chart and footer on a page of so many points."""
    scale, measure = min(width / WIDTH, height / HEIGHT), FontMeasure()
    margin = MARGIN * scale
    inner = Box(margin, margin, width - 2 * margin, height - 2 * margin)

    def line(words: str, points: float, top: float, ink: str, weight: Weight = Weight.REGULAR) -> Text:
        size = max(points * scale, LEAST_TYPE)
        lines, _ = measure.lines(words, size, inner.width, 1, bold=weight is Weight.BOLD)
        box = Box(margin, top, inner.width, LEADING * size)
        return Text(box, lines, size, ink, weight=weight, words=words, heading=weight is Weight.BOLD)

    title = line(sheet.title, TITLE, inner.top, "text", Weight.BOLD)
    subtitle = line(sheet.subtitle, DETAIL, title.box.bottom, "secondary")
    footer = line(sheet.footer, DETAIL, 0.0, "secondary")
    foot = inner.bottom - footer.box.height
    top = subtitle.box.bottom + footer.box.height
    chart = Drawing(inner._replace(top=top, height=foot - top - footer.box.height), sheet.facts, sheet.title)
    return Page(width, height, (title, subtitle, chart, moved(footer, 0.0, foot)), sheet.title)
