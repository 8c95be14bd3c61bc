"""Priorities sheet: the ranking with its terms, the budget line, how sure it is, and the chart - on any paper."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta

import pytest

from roadmapper.chart.bubble_labels import Box
from roadmapper.chart.bubble_painter import TYPE, FontLetters
from roadmapper.chart.value_picture import Facts, notes_of, picture_of
from roadmapper.domain.criterion import Criterion, Voice
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Investment, Rating, TeamEffort
from roadmapper.domain.plan import Plan
from roadmapper.planning.phrases import money_text
from roadmapper.planning.ranking.model import Budget, Weights
from roadmapper.planning.ranking.ranking import rank
from roadmapper.planning.ranking.saying import best_set_text, budget_line_text, coin_flip_text, lack_text, radius_text
from roadmapper.planning.ranking.study import study_of
from roadmapper.planning.ranking.voices import compare_voices
from roadmapper.reports.pages import Anchor, Document, Drawing, Page, Rule
from roadmapper.reports.priorities_sheet import CHART_TYPE, CHART_UNIT, priorities_document
from roadmapper.reports.proof import proof_of
from roadmapper.reports.strokes import DRAWN_TYPE
from roadmapper.workspace.jobs import Cancelled, Progress
from tests.reports.conftest import packed, source_of

ARABIC, JAPANESE = "منصة بيانات العملاء", "顧客データ基盤の刷新と統合会員登録を段階的に提供する計画"
GERMAN = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle"
NAMES = ("Fast product pages", ARABIC, JAPANESE, GERMAN)


def many(sample: Plan, count: int) -> Plan:
    """Return the sample with so many investments more, some without effort, some that need the one before."""
    criteria = sample.criteria_in_order
    return sample.with_entities(
        Investment(
            EntityId(f"more-{n}"),
            f"{NAMES[n % 4]} {n}",
            revenue_low=n * 50_000,
            revenue=n * 90_000,
            revenue_high=n * 200_000,
            efforts=(TeamEffort(None, 2.0 + n % 7, 3.0 + n % 7, 9.0 + n % 7),) if n % 11 else (),
            ratings=tuple(Rating(c.id, float(n % 6)) for c in criteria if n % 5),
            needs=(EntityId(f"more-{n - 1}"),) if n % 9 == 8 else (),
            estimated=date(2025, 1, 1) if n % 10 == 0 else date(2027, 5, 1),
            position=100 + n,
        )
        for n in range(count)
    )


def words_of(document: Document) -> list[str]:
    return [text.words for page in document.pages for text in page.texts()]


def said(document: Document) -> str:
    return packed("".join(line for page in document.pages for t in page.texts() for line in t.lines))


def row_of(page: Page, title: str) -> list[str]:
    """Return what stands in the row of a title, from left to right."""
    name = next(t for t in page.texts() if t.words == title and not t.heading)
    beside = [t for t in page.texts() if abs(t.box.top - name.box.top) < 0.5]
    return [t.words for t in sorted(beside, key=lambda t: t.box.left)]


@pytest.fixture
def document(fonts: None, sample: Plan) -> Document:
    """Return the sheet of the sample."""
    return priorities_document(source_of(sample))


def test_every_investment_stands_in_its_order_with_the_terms_of_its_score(document: Document, sample: Plan) -> None:
    ranking = rank(sample, Weights.of(sample, Voice.AGREED), Budget.of(sample))
    words = words_of(document)
    titles = [sample.investments[p.investment].title for p in ranking.places]
    positions = [words.index(title) for title in titles]
    assert positions == sorted(positions)
    first = ranking.places[0]
    row = row_of(document.pages[0], titles[0])
    currency = sample.roadmap.currency
    assert row[0] == "1"
    for term in first.score.terms:
        assert money_text(round(term.amount), currency) in row
    assert money_text(round(first.score.value), currency) in row
    assert f"×\u00a0{first.score.confidence * 100:.0f}\u00a0%" in row
    assert "funded" in row


def test_the_range_the_interval_and_the_chance_stand_in_the_row(document: Document, sample: Plan) -> None:
    ranking = rank(sample, Weights.of(sample, Voice.AGREED), Budget.of(sample))
    study = study_of(sample, ranking, 1.0)
    words = words_of(document)
    for place in ranking.places:
        chance = study.chances.of[place.investment]
        assert f"{chance.low}–{chance.high}" in words
        assert f"{chance.funded * 100:.0f}\u00a0%\u00a0likely" in words
    needy = [p for p in ranking.places if p.closure is not None and p.closure != p.score.per_week]
    assert sum(w.startswith("with needs") for w in words) == len(needy) > 0


def test_the_budget_line_stands_above_the_first_that_does_not_fit(document: Document, sample: Plan) -> None:
    ranking = rank(sample, Weights.of(sample, Voice.AGREED), Budget.of(sample))
    assert ranking.line is not None
    page = document.pages[0]
    (line,) = [t for t in page.texts() if t.words == budget_line_text(sample, ranking)]
    tops = {t.words: t.box.top for t in page.texts()}
    above, below = (sample.investments[p.investment].title for p in ranking.places[ranking.line - 1 :][:2])
    assert tops[above] < line.box.top < tops[below]
    strong = [item for item in page.items if isinstance(item, Rule) and item.ink == "accent"]
    assert [round(rule.y1) for rule in strong] == [round(line.box.top - 3.5 * (595.28 / 595))]
    assert strong[0].x2 - strong[0].x1 == pytest.approx(page.width - 2 * strong[0].x1, abs=0.5)


def test_how_sure_it_is_stands_there_in_sentences(document: Document, sample: Plan) -> None:
    ranking = rank(sample, Weights.of(sample, Voice.AGREED), Budget.of(sample))
    study = study_of(sample, ranking, 1.0)
    text = said(document)
    assert packed(best_set_text(sample, ranking, study.best)) in text
    assert packed(radius_text(sample, ranking, study.radius)) in text
    flips = study.chances.coin_flips()
    assert flips
    for pair in flips:
        assert packed(coin_flip_text(sample, pair, study.chances.wins[pair])) in text


def test_the_weights_stand_there_agreed_and_of_each_in_money_and_per_cent(document: Document, sample: Plan) -> None:
    weights = Weights.of(sample, Voice.AGREED)
    page = next(p for p in document.pages if any(t.words.startswith("Weights") for t in p.texts()))
    for criterion in sample.criteria_in_order:
        row = row_of(page, criterion.title)
        assert f"{weights.share(criterion.id) * 100:.0f}\u00a0%" in row
        for voice in Voice:
            assert money_text(criterion.swing(voice), sample.roadmap.currency) in row


def test_what_both_rank_high_and_what_trades_places_stands_there(document: Document, sample: Plan) -> None:
    voices = compare_voices(sample, Budget.of(sample))
    text = said(document)
    names = " · ".join(sample.investments[key].title for key in voices.both_high)
    assert packed("Both rank high" + names) in text
    assert voices.trades
    for trade in voices.trades[:12]:
        assert packed(sample.investments[trade.cio_first].title) in text.split("TheCIOputsfirst")[1]


def test_the_chart_has_a_page_of_its_own(document: Document) -> None:
    charts = [(n, i) for n, p in enumerate(document.pages) for i in p.items if isinstance(i, Drawing)]
    ((number, chart),) = charts
    assert number == len(document.pages) - 1
    assert isinstance(chart.chart, Facts)
    assert len(chart.chart.spots) == 12
    page = document.pages[number]
    assert chart.box.width * chart.box.height > 0.6 * page.width * page.height


def test_what_has_no_place_and_what_is_ageing_is_named(fonts: None, sample: Plan) -> None:
    plan = many(sample, 24)
    text = said(priorities_document(source_of(plan)))
    ranking = rank(plan, Weights.of(plan, Voice.AGREED), Budget.of(plan))
    assert ranking.unranked
    for unranked in ranking.unranked:
        assert packed(lack_text(plan, unranked)) in text
    assert packed(f"{plan.investments[EntityId('more-10')].title} (1 Jan 2025)") in text


@pytest.mark.parametrize(("paper", "upright"), [("A4", None), ("Letter", None), ("A3", None), ("A4", True)])
def test_two_hundred_in_any_language_page_well(fonts: None, sample: Plan, paper: str, upright: bool | None) -> None:
    plan = many(sample, 200)
    source = source_of(plan, paper=paper, upright=upright)
    document = priorities_document(source)
    proof = proof_of(document, source.measure)
    assert not (proof.overlapping or proof.leaving or proof.shortened)
    assert proof.smallest >= 6.0
    text = said(document)
    for investment in plan.investments.values():
        assert packed(investment.title) in text
    digits = [t for page in document.pages for t in page.texts() if t.words.isdigit() or t.words.startswith("€")]
    assert all(len(t.lines) == 1 for t in digits)
    heads = [p for p in document.pages if any(t.words == "Investment" for t in p.texts())]
    assert len(heads) > 3


def test_more_criteria_than_columns_are_said_in_words(fonts: None, sample: Plan) -> None:
    plan = sample.with_entities(
        Criterion(EntityId(f"c{n}"), f"Criterion {n}", agreed=1_000_000, position=20 + n) for n in range(3)
    )
    plan = plan.with_entities(
        replace(i, ratings=(*i.ratings, Rating(EntityId("c1"), 5.0))) for i in plan.investments.values()
    )
    document = priorities_document(source_of(plan))
    assert "Criterion 1" not in [t.words for t in document.pages[0].texts()]
    below = [t.words for t in document.pages[0].texts() if "Criterion 1\u00a0€\u00a010\u00a0k" in t.words]
    assert len(below) > 3


def test_without_a_budget_nothing_is_said_to_be_funded(fonts: None, sample: Plan) -> None:
    plan = sample.with_entities([replace(sample.roadmap, budget_pw=None, budget_money=None)])
    words = words_of(priorities_document(source_of(plan)))
    assert not {"funded", "Within the budget", "Best set"} & set(words)


def test_names_without_room_in_the_chart_are_told_on_paper_and_in_the_proof(fonts: None, sample: Plan) -> None:
    few = priorities_document(source_of(sample))
    assert few.left_out == ()
    source = source_of(many(sample, 150))
    document = priorities_document(source)
    words = "Value against effort: names that find no room in the chart stand in the list only."
    assert document.left_out == (words,)
    assert words in proof_of(document, source.measure).sentences
    (chart,) = [i.chart for page in document.pages for i in page.items if isinstance(i, Drawing)]
    assert isinstance(chart, Facts)
    room, letters = Box(0.0, 0.0, 700.0, 400.0), FontLetters(CHART_UNIT)
    paper, screen = (picture_of(replace(chart, on_paper=on), room, CHART_UNIT, letters) for on in (True, False))
    assert len(paper.labels) > len(screen.labels), "all names are tried on paper"
    (note, *_) = notes_of(chart, len(chart.spots) - 7)
    assert note == "7 names find no room in this chart."
    assert "point at" in notes_of(replace(chart, on_paper=False), 0)[0], "as on the screen"
    assert (CHART_TYPE, CHART_UNIT) == (DRAWN_TYPE, DRAWN_TYPE / TYPE)


def test_it_says_that_it_covers_more_than_what_was_chosen(fonts: None, sample: Plan) -> None:
    words = packed("The ranking is that of the whole roadmap")
    assert words not in said(priorities_document(source_of(sample)))
    one = frozenset([next(iter(sample.projects))])
    assert said(priorities_document(source_of(sample, projects=one))).count(words) == 1
    span = DateSpan(sample.roadmap.start, sample.roadmap.start + timedelta(60))
    assert said(priorities_document(source_of(sample, span=span))).count(words) == 1


def test_person_weeks_have_the_same_decimals_all_the_way_down(fonts: None, sample: Plan) -> None:
    def weeks(most: float) -> set[str]:
        plan = sample.without(sample.investments.values()).with_entities(
            Investment(EntityId(f"i{n}"), f"I {n}", revenue=9_000_00, efforts=(TeamEffort(None, w - 1, w, w + 1),))
            for n, w in enumerate((1.82927, 12.0, most))
        )
        words = words_of(priorities_document(source_of(plan)))
        return {w.removesuffix("\u00a0pw") for w in words if re.fullmatch(r"[\d.\u00a0]+\u00a0pw", w)}

    assert weeks(37.25) == {"1.8", "12.0", "37.2"}
    assert weeks(437.9) == {"2", "12", "438"}


def test_a_criterion_of_millions_is_no_riddle(fonts: None, sample: Plan) -> None:
    criterion = replace(sample.criteria_in_order[0], worst=0.0, best=2_500_000.0, unit="visits", best_words="")
    text = said(priorities_document(source_of(sample.with_entities([criterion]))))
    assert "2500000visits" in text
    assert "e+06" not in text


def test_without_investments_it_says_so(fonts: None, sample: Plan) -> None:
    plan = replace(sample, investments={})
    document = priorities_document(source_of(plan))
    assert "There is no open investment yet." in words_of(document)
    assert not any(isinstance(item, Drawing) for page in document.pages for item in page.items)


def test_whoever_waits_hears_of_it_and_may_stop_it(fonts: None, sample: Plan) -> None:
    heard: list[int] = []
    priorities_document(source_of(sample), Progress(lambda done, of: heard.append(done)))
    assert len(heard) > 3
    progress = Progress(lambda done, of: None)
    progress.cancel()
    with pytest.raises(Cancelled):
        priorities_document(source_of(sample), progress)


def test_numpy_is_not_read_in_before_anybody_wants_priorities() -> None:
    code = "import sys, roadmapper.reports.documents; print('numpy' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"


def test_its_parts_are_bookmarks(document: Document) -> None:
    marks = [i.bookmark for page in document.pages for i in page.items if isinstance(i, Anchor) and i.bookmark]
    assert marks[:2] == ["Priorities", "How sure this is"]
    assert marks[-2:] == ["CIO and CMO", "Value against effort"]
