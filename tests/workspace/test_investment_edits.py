"""Investments and criteria come, change and go, and nothing is left that points to something that is gone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from roadmapper.domain.criterion import Criterion, Judgement, Voice
from roadmapper.domain.delta import Delta
from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Investment, Rating, Stage, TeamEffort
from roadmapper.domain.plan import Plan
from roadmapper.domain.project import Project
from roadmapper.domain.refusal import Refused
from roadmapper.workspace.edits.criteria import (
    delete_criteria,
    next_criterion_position,
    put_criteria,
    put_judgements,
    set_budget,
    set_scales,
    set_swings,
    take_answers,
    take_comparison,
)
from roadmapper.workspace.edits.investments import (
    delete_investments,
    next_position,
    onto_roadmap,
    put_investments,
)
from roadmapper.workspace.edits.projects import delete_project
from roadmapper.workspace.edits.roadmaps import change_roadmap
from roadmapper.workspace.edits.teams import delete_team
from tests.domain.samples import PROJECT, TEAM, full_plan, item, plan_of, weeks

K1, K2 = EntityId("k1"), EntityId("k2")


def invest(key: str, needs: str = "", **more: object) -> Investment:
    made = Investment(EntityId(key), key.upper(), needs=tuple(EntityId(n) for n in needs.split()))
    return replace(made, **more)  # type: ignore[arg-type]


def strays(plan: Plan) -> set[EntityId | None]:
    """What investments and pairwise answers name that is not there."""
    there = {None, *plan.teams, *plan.criteria, *plan.investments, *plan.projects}
    named: set[EntityId | None] = set()
    for i in plan.investments.values():
        named |= {i.project, *i.needs, *(e.team for e in i.efforts), *(r.criterion for r in i.ratings)}
    for j in plan.judgements.values():
        named |= {j.first, j.second}
    return named - there


def test_investments_are_added_together_and_may_need_one_another() -> None:
    plan = put_investments(plan_of(), [invest("a", "b"), invest("b")])
    assert plan.investments.keys() == {"a", "b"}
    plan = put_investments(plan, [replace(plan.investments[EntityId("a")], title="Other", position=4)])
    assert plan.investments[EntityId("a")].title == "Other"
    assert next_position(plan) == 5
    assert next_position(plan_of()) == 0


def test_a_circle_of_needs_is_refused_with_its_path() -> None:
    plan = put_investments(plan_of(), [invest("a", "b"), invest("b", "c"), invest("c")])
    with pytest.raises(Refused) as refusal:
        put_investments(plan, [invest("c", "a")])
    path = str(refusal.value).split("circle: ")[1].split(".")[0].split(" → ")
    assert path[0] == path[-1]
    assert set(path) == {"“A”", "“B”", "“C”"}


def test_a_circle_through_ten_thousand_is_found() -> None:
    chain = [invest(f"i{n}", f"i{n + 1}") for n in range(10_000)]
    plan = put_investments(plan_of(), [*chain, invest("i10000")])
    with pytest.raises(Refused, match="circle"):
        put_investments(plan, [invest("i10000", "i0")])


def test_a_circle_that_is_there_keeps_nobody_from_changing_another_investment() -> None:
    plan = plan_of(invest("a", "b"), invest("b", "a"), invest("c"))
    assert put_investments(plan, [invest("c", "a")]).investments[EntityId("c")].needs == ("a",)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (invest("a", efforts=(TeamEffort(EntityId("x"), 1, 2, 3),)), "a team"),
        (invest("a", ratings=(Rating(EntityId("x"), 1),)), "a criterion"),
        (invest("a", "x"), "an investment it needs"),
        (invest("a", project=EntityId("x")), "a project"),
    ],
)
def test_what_is_not_there_cannot_be_named(wrong: Investment, words: str) -> None:
    with pytest.raises(Refused, match=f"{words} that is not there"):
        put_investments(plan_of(), [wrong])


def test_deleting_an_investment_takes_it_out_of_the_needs_of_others() -> None:
    plan = delete_investments(full_plan(), [EntityId("v2")])
    assert plan.investments[EntityId("v1")].needs == ()
    assert not strays(plan)


def test_deleting_a_criterion_takes_values_and_answers_along() -> None:
    plan = full_plan()
    only = delete_criteria(plan, [K2])
    assert only.judgements.keys() == {"j2"}
    assert only.investments[EntityId("v1")].ratings == (Rating(K1, 4),)
    both = delete_criteria(plan, [K1, K2])
    assert not both.judgements
    assert not strays(both)


def test_deleting_a_team_leaves_its_efforts_to_nobody_in_particular() -> None:
    plan = delete_team(full_plan(), TEAM.id)
    assert plan.investments[EntityId("v1")].efforts == (TeamEffort(None, 8.1, 12.7, 20.3),)
    assert not strays(plan)


def test_deleting_a_project_lets_its_investment_be_put_on_the_roadmap_again() -> None:
    plan = plan_of(
        invest("a", project=PROJECT.id, stage=Stage.ON_ROADMAP),
        invest("b", project=PROJECT.id, stage=Stage.DELIVERED),
    )
    after = delete_project(plan, PROJECT.id)
    assert [(i.stage, i.project) for i in after.investments.values()] == [(Stage.CHOSEN, None), (Stage.DELIVERED, None)]


def test_two_criteria_cannot_have_one_name() -> None:
    plan = put_criteria(plan_of(), [Criterion(K1, "Fit")])
    with pytest.raises(Refused, match="already"):
        put_criteria(plan, [Criterion(K2, " fit")])
    renamed = put_criteria(plan, [Criterion(K1, "FIT"), Criterion(K2, "Risk", position=6)])
    assert next_criterion_position(renamed) == 7


def test_each_voice_says_its_own_swings() -> None:
    plan = put_criteria(plan_of(), [Criterion(K1, "Fit"), Criterion(K2, "Risk", cio=7)])
    for n, voice in enumerate(Voice):
        plan = set_swings(plan, voice, {K1: n})
    assert plan.criteria[K1] == Criterion(K1, "Fit", cio=0, cmo=1, agreed=2)
    assert plan.criteria[K2].cio == 7
    assert set_swings(plan, Voice.CIO, {K1: None}).criteria[K1].cio is None


def answer(key: str, first: str, second: str | None, ratio: float = 2, voice: Voice = Voice.CIO) -> Judgement:
    return Judgement(EntityId(key), voice, EntityId(first), None if second is None else EntityId(second), ratio)


def test_answers_take_the_place_of_the_same_voices_answers_only() -> None:
    plan = full_plan()
    after = take_answers(plan, Voice.CIO, [answer("j3", "k2", "k1")], {K1: 5, K2: 6})
    assert after.judgements.keys() == {"j1", "j3"}
    assert (after.criteria[K1].cio, after.criteria[K2].cio, after.criteria[K1].cmo) == (5, 6, plan.criteria[K1].cmo)


@pytest.mark.parametrize(
    "wrong",
    [
        [answer("j", "k1", "k2", voice=Voice.CMO)],
        [answer("j", "k1", "gone")],
        [answer("j", "k1", "k2"), answer("h", "k2", "k1")],
    ],
)
def test_a_wrong_answer_is_refused(wrong: list[Judgement]) -> None:
    with pytest.raises(Refused, match="pairwise answer"):
        put_judgements(full_plan(), Voice.CIO, wrong)


def test_the_budget_and_the_scales_are_said() -> None:
    plan = set_scales(set_budget(plan_of(), 12.5, None), 3, 77)
    frame = plan.roadmap
    assert (frame.budget_pw, frame.budget_money, frame.shelf_months, frame.yardstick) == (12.5, None, 3, 77)
    with pytest.raises(Refused):
        set_budget(plan, -1, None)


NEW = Project(EntityId("new"), "Consent", weeks(0, 8))


def test_an_investment_becomes_a_project_in_one_step() -> None:
    plan = plan_of(invest("a"))
    after = onto_roadmap(plan, EntityId("a"), NEW, [replace(item("n1"), project=NEW.id)])
    assert len(Delta.between(plan, after).changes) == 3
    assert (after.investments[EntityId("a")].stage, after.investments[EntityId("a")].project) == (
        Stage.ON_ROADMAP,
        NEW.id,
    )
    with pytest.raises(Refused, match="already"):
        onto_roadmap(after, EntityId("a"), replace(NEW, id=EntityId("other")), [])


def test_what_cannot_go_onto_the_roadmap_says_why() -> None:
    done = plan_of(invest("a", stage=Stage.DELIVERED))
    with pytest.raises(Refused, match="delivered or dropped"):
        onto_roadmap(done, EntityId("a"), NEW, [])
    plan = plan_of(invest("a"))
    for project, items, words in (
        (PROJECT, [], "take the place"),
        (NEW, [item("n1")], "another project"),
        (replace(NEW, team=EntityId("gone")), [], "team"),
        (NEW, [replace(item(a, after=b), project=NEW.id) for a, b in (("x", "y"), ("y", "x"))], "circle"),
    ):
        with pytest.raises(Refused, match=words):
            onto_roadmap(plan, EntityId("a"), project, items)


def test_every_amount_stays_the_number_that_people_read_in_another_currency() -> None:
    plan = full_plan()  # in francs, with hundredths
    yen = change_roadmap(plan, replace(plan.roadmap, currency="JPY"))
    assert (yen.roadmap.budget_money, yen.roadmap.yardstick) == (900_000, 123_456)
    v1 = yen.investments[EntityId("v1")]
    assert (v1.revenue_low, v1.revenue, v1.revenue_high, v1.cost) == (300_000, 420_000, 550_000, 10_000)
    assert (yen.criteria[K1].cio, yen.criteria[K1].cmo, yen.criteria[K1].agreed) == (340_000, 500_000, 0)
    said = change_roadmap(plan, replace(plan.roadmap, currency="JPY", budget_money=5))
    assert said.roadmap.budget_money == 5


def test_a_yardstick_that_kept_answers_cannot_bear_is_refused() -> None:
    plan = take_answers(full_plan(), Voice.CIO, [answer("j3", "k1", None, 9)], {})
    with pytest.raises(Refused, match="choose a smaller yardstick"):
        set_scales(plan, 6, 10**15)
    with pytest.raises(Refused, match="choose a smaller yardstick"):
        take_comparison(plan, Voice.CMO, [], {}, 10**15)
    heavy = plan.with_entities([replace(plan.roadmap, yardstick=10**15)])
    assert set_scales(heavy, 7, 10**15).roadmap.shelf_months == 7, "what came in so keeps nobody from other changes"
    assert set_scales(heavy, 6, 10**14 * 9).roadmap.yardstick == 10**14 * 9
    with pytest.raises(Refused, match="choose a smaller yardstick"):
        take_answers(heavy, Voice.CIO, [answer("j3", "k1", None, 8)], {})
    lighter = take_comparison(heavy, Voice.CIO, [answer("j3", "k1", None, 8)], {K1: 80}, 10)
    assert (lighter.roadmap.yardstick, lighter.criteria[K1].cio) == (10, 80)


@pytest.mark.parametrize(
    ("stage", "project", "words"),
    [
        (Stage.ON_ROADMAP, None, "“A” has no project yet: put it on the roadmap"),
        (Stage.IDEA, PROJECT.id, "“A” is on the roadmap as “Shop”: delete that project first"),
        (Stage.CHOSEN, PROJECT.id, "“A” is on the roadmap as “Shop”: delete that project first"),
    ],
)
def test_the_status_is_what_the_project_allows(stage: Stage, project: EntityId | None, words: str) -> None:
    wrong = invest("a", stage=stage, project=project)
    with pytest.raises(Refused, match=words):
        put_investments(plan_of(), [wrong])
    with pytest.raises(Refused, match=words):
        put_investments(plan_of(invest("a", stage=Stage.DELIVERED)), [wrong])
    # One that came in so with a file can still be changed.
    assert put_investments(plan_of(wrong), [replace(wrong, title="B")]).investments[wrong.id].title == "B"


def test_what_is_over_keeps_its_project_or_has_none() -> None:
    for stage in (Stage.DELIVERED, Stage.DROPPED):
        for project in (None, PROJECT.id):
            assert put_investments(plan_of(), [invest("a", stage=stage, project=project)])
    assert put_investments(plan_of(), [invest("a", stage=Stage.ON_ROADMAP, project=PROJECT.id)])
