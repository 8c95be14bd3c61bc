"""The board pack: its figures are current, what is stale is flagged, contents lead where they say, nothing collides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from roadmapper.domain.consult import Checkpoint
from roadmapper.domain.consult import Kind as Kind_
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project
from roadmapper.domain.roadmap import Roadmap
from roadmapper.domain.story import Figure, Paragraph, Place
from roadmapper.exchange.sample import mega_project, sample_plan
from roadmapper.planning.assignment import Wishes
from roadmapper.planning.forecast import stop_here
from roadmapper.planning.phrases import day_text, thousands_text
from roadmapper.planning.proposing import propose
from roadmapper.planning.story.figures import figure_of
from roadmapper.planning.story.filling import confirmed, filled
from roadmapper.reports.board_pack import board_pack_document
from roadmapper.reports.board_tables import risks_document, sources_document, stop_document
from roadmapper.reports.case_pages import case_document, story_document
from roadmapper.reports.documents import document_of
from roadmapper.reports.measure import FontMeasure
from roadmapper.reports.pages import Anchor, Document, Fill, Link, Text, Weight
from roadmapper.reports.paper import Kind
from roadmapper.reports.priorities_sheet import priorities_document
from roadmapper.reports.proof import proof_of
from tests.reports.conftest import RESOURCES, TODAY, packed, source_of

EMPTY = Plan.of(Roadmap("Northwind", date(2027, 1, 4)))
GERMAN = "Kundendatenzusammenführungsvorhaben Donaudampfschifffahrtsgesellschaftskapitänsmützenbestellportal "
ARABIC = "تسجيل دخول موحد لجميع العملاء في المتاجر ومركز الموافقة على استخدام البيانات "
JAPANESE = "顧客データ基盤の統合と個人向けの提案を全店舗で利用できるようにする"
LONG = "The quick step by step delivery of everything that marketing has waited for earns {revenue} by {horizon}. "

pytestmark = pytest.mark.usefixtures("fonts")


@pytest.fixture(scope="module")
def sample() -> Plan:
    """Return the shipped sample with its story."""
    return sample_plan(RESOURCES / "samples" / "northwind.json", TODAY)


@pytest.fixture(scope="module")
def split_sample(sample: Plan) -> Plan:
    """Return it with every project split."""
    return propose(sample, mega_project(sample).id, Wishes(seconds=0.1)).plan


def words_of(document: Document) -> str:
    return packed(" ".join("".join(text.lines) for page in document.pages for text in page.texts()))


def says(document: Document, words: str) -> bool:
    return packed(words) in words_of(document)


def written(plan: Plan, words: str, times: int = 1) -> Plan:
    """Return *plan* with a paragraph of *words* in each place."""
    plan = plan.without(plan.paragraphs.values())
    paragraphs = (
        Paragraph(EntityId(f"p-{place.name}-{n}"), place, words[:150], (words * times)[:7_000], position=n)
        for place in Place
        for n in range(2)
    )
    return plan.with_entities(confirmed(plan, paragraph) for paragraph in paragraphs)


def with_case(plan: Plan, text: str, *figures: Figure) -> Plan:
    plan = plan.without(plan.paragraphs.values())
    paragraph = Paragraph(EntityId("p"), Place.CASE, "Our case", text, figures)
    return plan.with_entities([paragraph if figures else confirmed(plan, paragraph)])


def later(plan: Plan, days: int) -> Plan:
    return plan.with_entities(replace(i, span=i.span.shifted(days)) for i in plan.increments.values())


def test_a_figure_in_the_text_is_the_one_of_now_after_an_edit(sample: Plan) -> None:
    plan = with_case(sample, "By then it earns {revenue}.")
    moved = later(plan, 120)
    before, after = (figure_of(p, "revenue").words for p in (plan, moved))  # type: ignore[union-attr]
    assert before != after
    assert says(case_document(source_of(plan)), f"it earns {before}.")
    assert says(case_document(source_of(moved)), f"it earns {after}.")


def test_a_figure_stands_stronger_in_the_line_and_large_beside_it(sample: Plan) -> None:
    plan = with_case(sample, "By then it earns {revenue}, for sure.")
    words = figure_of(plan, "revenue").words  # type: ignore[union-attr]
    (page,) = case_document(source_of(plan)).pages
    found = [text for text in page.texts() if packed(text.words) == packed(words)]
    assert {text.weight for text in found} == {Weight.MEDIUM, Weight.BOLD}
    line, beside = sorted(found, key=lambda text: text.size)
    assert beside.box.left > line.box.right and abs(beside.box.top - line.box.top) < 40


def test_what_is_stale_is_flagged_in_place_and_in_the_proof_with_both_figures(sample: Plan) -> None:
    plan = with_case(sample, "It earns {revenue}.", Figure("revenue", "100000000"))
    now = figure_of(plan, "revenue").words  # type: ignore[union-attr]
    document = document_of(source_of(plan), (Kind.BOARD_PACK,))
    case = next(page for page in document.pages if page.sheet == "Business case")
    flags = [text for text in case.texts() if text.ink == "warning"]
    told = packed("".join(text.words for text in flags))
    assert packed("Written for other figures") in told and packed("€ 1.0 m") in told and packed(now) in told
    sign = next(item for item in case.items if isinstance(item, Fill) and item.ink == "warning")
    assert abs(sign.box.top - flags[0].box.top) < 1
    assert any("Our case" in sentence and "1.0" in sentence for sentence in document.stale)
    proof = proof_of(document, FontMeasure())
    assert proof.stale == document.stale and not proof.ready


def test_a_text_that_is_right_is_not_flagged(sample: Plan) -> None:
    document = document_of(source_of(sample), (Kind.BOARD_PACK,))
    assert not document.stale
    assert not any(text.ink == "warning" for page in document.pages[:3] for text in page.texts())


def test_the_appendix_traces_every_figure_to_where_it_comes_from_and_what_it_was(sample: Plan) -> None:
    document = sources_document(source_of(sample))
    for paragraph in sample.paragraphs.values():
        for figure in filled(sample, paragraph).used:
            assert says(document, figure.name[:1].upper() + figure.name[1:])
            assert says(document, figure.words) and says(document, figure.source)
    old = with_case(sample, "It earns {revenue} and {turnover}.", Figure("revenue", "100000000"))
    after = sources_document(source_of(old, ))  # fmt: skip
    assert says(after, "€ 1.0 m") and says(after, "{turnover}") and says(after, "stands for nothing")


def test_the_appendix_says_by_whom_and_when_a_text_was_confirmed_where_that_is_known(sample: Plan) -> None:
    plan = with_case(sample, "It earns {revenue}.")
    source = replace(source_of(plan), confirmed={EntityId("p"): "Ada, 3 May 2027"})
    assert says(sources_document(source), "Ada, 3 May 2027")


@pytest.mark.parametrize("kinds", [(Kind.BOARD_PACK,), (Kind.ROADMAP, Kind.LEDGER, Kind.BOARD_PACK)])
def test_the_contents_lead_to_the_pages_that_they_name(split_sample: Plan, kinds: tuple[Kind, ...]) -> None:
    document = document_of(source_of(split_sample), kinds)
    cover = next(page for page in document.pages if page.sheet == "Board pack")
    numbers = {item.name: page.number for page in document.pages for item in page.items if isinstance(item, Anchor)}
    links = [item for item in cover.items if isinstance(item, Link)]
    assert len(links) >= 8
    for link in links:
        inside = [text for text in cover.texts() if link.box.holds(text.box)]
        name, number = sorted(inside, key=lambda text: text.box.left)
        assert number.words == numbers[link.to]
        page = document.pages[int(number.words) - 1]
        assert page.sheet == name.words and page.number == number.words


def test_every_sheet_of_the_pack_is_a_bookmark_once(split_sample: Plan) -> None:
    document = document_of(source_of(split_sample), (Kind.BOARD_PACK,))
    marks = [i.bookmark for page in document.pages for i in page.items if isinstance(i, Anchor) and not i.level]
    sheets = list(dict.fromkeys(page.sheet for page in document.pages))
    assert [mark for mark in marks if mark] == ["Cover", *sheets[1:]]


@pytest.mark.parametrize("paper", ["A4", "Letter", "A3"])
@pytest.mark.parametrize("upright", [None, False])
@pytest.mark.parametrize("words", ["", GERMAN, ARABIC, JAPANESE, LONG])
def test_nothing_covers_anything_or_leaves_the_page(
    split_sample: Plan, paper: str, upright: bool | None, words: str
) -> None:
    plan = split_sample
    if words:
        plan = written(plan, words, 12)
        titled = (replace(p, title=words[:180].strip()) for p in plan.projects.values())
        plan = plan.with_entities([*titled, replace(plan.roadmap, title=words[:190].strip(), owner=words[:150])])
        plan = later(plan, 100)
    document = document_of(source_of(plan, paper=paper, upright=upright), (Kind.BOARD_PACK,))
    proof = proof_of(document, FontMeasure())
    assert not proof.overlapping and not proof.leaving and not proof.without_legend
    assert proof.smallest >= 6.0


def test_a_whole_long_story_is_printed_over_as_many_pages_as_it_takes(sample: Plan) -> None:
    plan = with_case(sample, " ".join(f"word{n} {{revenue}} {{gain}}" for n in range(300)))
    document = case_document(source_of(plan))
    assert len(document.pages) > 1
    assert all(says(document, f"word{n}") for n in range(300))
    figures = figure_of(plan, "gain")
    assert figures is not None and says(document, figures.source)


def test_an_empty_roadmap_has_true_sentences_under_every_heading() -> None:
    document = document_of(source_of(EMPTY), (Kind.BOARD_PACK,))
    assert says(document, "Computed from the plan")
    for page in document.pages:
        bodies = [t for t in page.texts() if not t.heading and t.ink != "faint" and t.words.strip()]
        assert len(bodies) >= 2, page.sheet
    assert says(document, "No increment is planned yet")


def test_what_nobody_wrote_is_computed_and_marked_and_what_somebody_wrote_is_not(sample: Plan) -> None:
    bare = sample.without(sample.paragraphs.values())
    assert says(story_document(source_of(bare)), "Computed from the plan")
    assert not says(story_document(source_of(sample)), "Computed from the plan")
    one = bare.with_entities([Paragraph(EntityId("p"), Place.ASK, "", "Say yes.")])
    assert says(story_document(source_of(one)), "Say yes.")
    assert words_of(story_document(source_of(one))).count(packed("nobody has written this part yet")) == 2
    assert words_of(risks_document(source_of(one))).count(packed("nobody has written this part yet")) == 1


def test_the_table_of_stopping_says_what_the_forecast_says(split_sample: Plan) -> None:
    document = stop_document(source_of(split_sample))
    rows = [packed("".join(text.lines)) for page in document.pages for text in page.texts()]
    for project in split_sample.projects:
        for stop in stop_here(split_sample, project):
            effort = {packed(f"{stop.effort_pw:.{digits}f} pw") for digits in (0, 1)}
            wanted = [stop.increment.title, thousands_text(stop.revenue, "EUR")]
            assert all(packed(words) in rows for words in wanted) and effort & set(rows), stop
    assert rows.count("100%") >= len(split_sample.projects) + 1


def test_of_very_many_stops_the_last_of_each_month_is_listed_and_that_is_said() -> None:
    start = date(2027, 1, 4)
    days = [DateSpan(start + timedelta(n), start + timedelta(n + 5)) for n in range(200)]
    plan = EMPTY.with_entities([
        Project(EntityId("p"), "Shop", DateSpan(start, date(2028, 1, 1))),
        *(Increment(EntityId(f"i{n}"), EntityId("p"), f"Step {n}", span, "u", 1.0, 10_000)
          for n, span in enumerate(days)),
    ])  # fmt: skip
    document = stop_document(source_of(plan))
    assert len(document.left_out) == 1 and "200" in document.left_out[0]
    assert says(document, "Step 199") and not says(document, "Step 100")


def test_agreement_risks_and_ledger_say_what_was_signed_what_is_wrong_and_what_was_answered(sample: Plan) -> None:
    document = board_pack_document(source_of(sample))
    agreement = next(iter(sample.agreements.values()))
    assert says(document, agreement.budget) and says(document, agreement.board)
    for signature in sample.signatures.values():
        assert says(document, signature.who)
    for condition in sample.conditions.values():
        assert says(document, condition.text)


def test_a_heading_stands_on_the_page_of_its_table(split_sample: Plan) -> None:
    for page in stop_document(source_of(split_sample)).pages:
        texts = sorted(page.texts(), key=lambda text: text.box.top)
        lowest = [text for text in texts if text.ink != "secondary"][-1]
        assert not lowest.heading


def test_upright_text_and_a_roadmap_across_are_one_document(sample: Plan) -> None:
    document = document_of(source_of(sample), (Kind.BOARD_PACK,))
    across = {page.sheet for page in document.pages if page.width > page.height}
    assert "Roadmap" in across and "Business case" not in across
    assert isinstance(next(document.pages[0].texts()), Text)


def rows_of(document: Document) -> list[list[str]]:
    """Return what stands on the same line, from left to right."""
    found: dict[tuple[int, float], list[Text]] = {}
    for n, page in enumerate(document.pages):
        for text in page.texts():
            found.setdefault((n, round(text.box.top, 1)), []).append(text)
    return [[t.words for t in sorted(row, key=lambda t: t.box.left)] for row in found.values()]


def discounting(plan: Plan) -> Plan:
    return plan.with_entities([replace(plan.roadmap, discounted=True, discount_percent=8.0)])


def test_a_pack_of_some_projects_has_the_same_figures_on_cover_case_strip_and_appendix(split_sample: Plan) -> None:
    plan = split_sample.without(split_sample.paragraphs.values())
    key = plan.projects_in_order[0].id
    some, whole = source_of(plan, projects=frozenset({key})), source_of(plan)
    mine = plan.only([key])
    for name in ("revenue", "gain", "consults"):
        now, all_ = figure_of(mine, name), figure_of(plan, name)
        assert now is not None and all_ is not None and now.words != all_.words
        assert says(case_document(some), now.words) and not says(case_document(some), f"{all_.words} ")
        row = next(row for row in rows_of(sources_document(some)) if row[0].lower() == name)
        assert row[1] == now.words
        row = next(row for row in rows_of(sources_document(whole)) if row[0].lower() == name)
        assert row[1] == all_.words
    pack = document_of(some, (Kind.BOARD_PACK,))
    assert packed(figure_of(mine, "revenue").words) in packed("".join(t.words for t in pack.pages[0].texts()))  # type: ignore[union-attr]
    assert says(pack, "Only “") and says(pack, "these are about the whole roadmap")
    assert says(pack, "all of it competes for one budget")
    assert not says(document_of(whole, (Kind.BOARD_PACK,)), "whole roadmap")


def test_what_was_written_about_all_projects_says_so_where_only_some_are_printed(sample: Plan) -> None:
    plan = with_case(sample, "It earns {revenue}.")
    key = plan.projects_in_order[0].id
    some = source_of(plan, projects=frozenset({key}))
    assert says(case_document(some), f"about all {len(plan.projects)} projects")
    assert says(case_document(some), figure_of(plan, "revenue").words)  # type: ignore[union-attr]
    assert not says(case_document(source_of(plan)), "Written about all")
    assert not says(case_document(source_of(plan, projects=frozenset(plan.projects))), "Written about all")
    asked = Paragraph(EntityId("ask"), Place.ASK, "Say yes", "Please.")
    (page,) = document_of(source_of(plan.with_entities([asked]), projects=frozenset({key})), (Kind.ROADMAP,)).pages
    labels = [text.words for text in page.texts()]
    assert "Ask · all projects" in labels and "Why now" in labels


def test_the_risks_of_some_projects_are_those_of_these_projects(sample: Plan) -> None:
    about = {sample.checkpoints[sample.decisions[c.decision].checkpoint].project
             for c in sample.conditions.values() if c.done is None}  # fmt: skip
    other = next(key for key in sample.projects if key not in about)
    open_ = [c.text for c in sample.conditions.values() if c.done is None]
    assert open_ and all(says(risks_document(source_of(sample)), text) for text in open_)
    few = risks_document(source_of(sample, projects=frozenset({other})))
    assert not any(says(few, text) for text in open_) and says(few, "Nothing that was asked for is open")


def test_a_consult_of_today_is_not_yet_one_that_nobody_answered(sample: Plan) -> None:
    project = next(iter(sample.projects))
    bare = sample.without(sample.checkpoints.values())
    due = [Checkpoint(EntityId(f"c{n}"), project, TODAY - timedelta(n), Kind_.MID_WAY) for n in (0, 1)]
    document = risks_document(source_of(bare.with_entities(due)))
    assert says(document, f"– {day_text(due[1].day)} ·") and not says(document, f"– {day_text(TODAY)} ·")


def test_the_table_of_stopping_names_the_last_day_and_the_last_day_of_the_roadmap() -> None:
    start, finish = date(2027, 1, 4), date(2027, 3, 5)
    plan = EMPTY.with_entities([
        Project(EntityId("p"), "Shop", DateSpan(start, date(2028, 1, 1))),
        Increment(EntityId("i"), EntityId("p"), "Step", DateSpan(start, finish + timedelta(1)), "u", 437.9, 10_000_00),
    ])  # fmt: skip
    document = stop_document(source_of(plan))
    head = next(row for row in rows_of(document) if "which ends on" in row)
    assert f"earned by {day_text(plan.roadmap.horizon - timedelta(1))}" in head
    row = next(row for row in rows_of(document) if row[0] == "Step")
    assert row[1:3] == [day_text(finish), "437.9\u00a0pw"]


def test_efforts_of_a_column_have_the_same_number_of_digits() -> None:
    start = date(2027, 1, 4)
    plan = EMPTY.with_entities([
        Project(EntityId("p"), "Shop", DateSpan(start, date(2028, 1, 1))),
        *(Increment(EntityId(f"i{n}"), EntityId("p"), f"Step {n}", DateSpan(start + timedelta(30 * n),
                    start + timedelta(30 * n + 20)), "u", effort, 10_000) for n, effort in enumerate((418.0, 19.94))),
    ])  # fmt: skip
    spent = [row[2] for row in rows_of(stop_document(source_of(plan))) if row[0].startswith("Step")]
    assert spent == ["418.0\u00a0pw", "437.9\u00a0pw"]


def test_stopping_says_what_nobody_knows_instead_of_nought(split_sample: Plan) -> None:
    def unsaid(*names: str) -> Document:
        gone = dict.fromkeys(names)
        increments = (replace(i, **gone) for i in split_sample.increments.values())  # type: ignore[arg-type]
        return stop_document(source_of(split_sample.with_entities(increments)))

    nothing = unsaid("effort_pw", "revenue_per_month")
    assert len(nothing.pages) == 1 and says(nothing, "Nobody has said yet what the increments take or earn")
    assert not says(nothing, "which ends on")
    money, effort = unsaid("effort_pw"), unsaid("revenue_per_month")
    assert says(money, "what they take.") and not says(money, "0 pw") and says(money, "€")
    assert says(effort, "what they earn.") and not says(effort, "€ 0") and says(effort, "pw")


def test_every_sheet_with_earnings_says_that_they_are_discounted(split_sample: Plan) -> None:
    bare = split_sample.without(split_sample.paragraphs.values())
    for make in (case_document, story_document, stop_document):
        assert says(make(source_of(discounting(bare))), "is discounted: by 8 % a year")
        assert not says(make(source_of(bare)), "discounted")
    assert says(stop_document(source_of(discounting(bare))), ", discounted")
    (key,) = [project.id for project in bare.projects_in_order[:1]]
    pages = document_of(source_of(discounting(bare), projects=frozenset({key})), (Kind.ROADMAP,))
    assert says(pages, "What it earns, discounted")


def test_where_no_consult_was_planned_none_is_said_to_be_answered(sample: Plan) -> None:
    bare = sample.without(sample.checkpoints.values())
    assert says(risks_document(source_of(bare)), "There was no consult before today.")
    assert not says(risks_document(source_of(bare)), "has its answer")


def test_without_investments_nothing_is_said_of_weights() -> None:
    document = priorities_document(source_of(EMPTY))
    assert says(document, "nothing ranked yet")
    assert not says(document, "0 investments") and not says(document, "weights both agreed on")


def test_each_paragraph_of_the_story_stands_once_on_the_upright_pages(sample: Plan) -> None:
    plan = written(sample, "Words of nothing else. ")
    pages = [page for page in document_of(source_of(plan), (Kind.BOARD_PACK,)).pages if page.sheet != "Roadmap"]
    texts = [text for page in pages for text in page.texts() if text.words.startswith("Words of nothing else.")]
    assert sum(not text.heading and text.ink == "text" and text.size > 9 for text in texts) == len(plan.paragraphs)
