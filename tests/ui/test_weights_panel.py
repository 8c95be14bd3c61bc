"""What counts: sliders that are tried live and kept in one step, whose weights they are, and what contradicts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt, QThreadPool
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from roadmapper.domain.criterion import Criterion, Judgement, Voice
from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Investment, Rating, TeamEffort
from roadmapper.domain.plan import Plan
from roadmapper.planning.ranking.pairwise import swings_of, weigh
from roadmapper.ui.dialogs.criteria_dialog import CriteriaDialog
from roadmapper.ui.dialogs.pairwise_dialog import PairwiseDialog
from roadmapper.ui.editor import Editor
from roadmapper.ui.priorities.state import Comparing
from roadmapper.ui.priorities.weight_amount import amount_typed
from roadmapper.ui.priorities.weight_slider import AmountSlider, Scale
from roadmapper.ui.priorities.weights import WeightsPanel
from roadmapper.ui.theme import Theme
from roadmapper.workspace.edits.criteria import put_criteria, set_budget, set_swings, take_answers
from roadmapper.workspace.edits.roadmaps import put_all
from tests.ui.stage import LEFT, PLAIN, Stage

EXPERIENCE, RISK = EntityId("experience"), EntityId("risk")
CENTRE, FEED = EntityId("centre"), EntityId("feed")
K = 100_000
"""Minor units of a thousand."""


def investment(key: str, revenue: int, experience: float, risk: float) -> Investment:
    """Return an investment of ten person-weeks."""
    ratings = (Rating(EXPERIENCE, experience), Rating(RISK, risk))
    effort = (TeamEffort(None, 8, 10, 14),)
    return Investment(EntityId(key), key.title(), revenue=revenue * K, efforts=effort, ratings=ratings)


def filled(plan: Plan) -> Plan:
    """Put two criteria and two investments into a plan."""
    criteria = [
        Criterion(EXPERIENCE, "Customer experience", cio=280 * K, cmo=400 * K),
        Criterion(RISK, "Risk & trouble", 0, 5, "days", "as now", "none left", cio=160 * K, cmo=100 * K, position=1),
    ]
    return put_all(plan, [*criteria, investment("centre", 490, 1, 5), investment("feed", 300, 5, 0)])


class Scene:
    """The panel on a real file."""

    def __init__(self, stage: Stage, theme: Theme) -> None:
        self.editor: Editor = stage.window.editor
        self.editor.run("Begin", filled)
        self.stage = stage
        self.comparing = Comparing(self.editor)
        self.comparing.settle()
        self.panel = WeightsPanel(self.comparing, self.editor, theme)
        self.panel.resize(330, 900)
        self.panel.show()
        self.panel.activateWindow()
        QTest.qWaitForWindowActive(self.panel, 2_000)
        self.start = stage.steps

    @property
    def steps(self) -> int:
        """Return how many steps were made since the panel stands."""
        return self.stage.steps - self.start

    def slider(self, key: EntityId = EXPERIENCE) -> AmountSlider:
        """Return the slider of a criterion."""
        return self.panel.rows[key].slider

    def criterion(self, key: EntityId = EXPERIENCE) -> Criterion:
        """Return a criterion as it is kept."""
        return self.editor.plan.criteria[key]

    def speak(self, voice: Voice) -> None:
        """Choose whose weights count, with the mouse."""
        QTest.mouseClick(self.panel.voices.buttons[voice], LEFT)


@pytest.fixture
def scene(stage: Stage, theme: Theme) -> Iterator[Scene]:
    """A panel with two criteria."""
    scene = Scene(stage, theme)
    yield scene
    scene.panel.close()
    scene.comparing.watch(on=False)  # lets go of what is under way
    QThreadPool.globalInstance().waitForDone(10_000)
    scene.panel.deleteLater()


def spot(slider: AmountSlider, amount: float) -> QPoint:
    """Return where on a slider an amount lies."""
    return QPoint(round(slider._x(amount)), round(slider.height() / 4))


def test_a_slider_ends_at_a_round_number_well_beyond_the_largest_swing() -> None:
    assert Scale.reaching(510 * K) == Scale(600 * K, 5 * K)
    assert Scale.reaching(600 * K) == Scale(600 * K, 5 * K)
    assert Scale.reaching(180.0) == Scale(200.0, 2.0)
    assert Scale.reaching(3.0) == Scale(10.0, 1.0)


def test_while_it_slides_the_ranking_follows_and_nothing_is_kept(scene: Scene) -> None:
    slider, before = scene.slider(), scene.editor.plan
    assert [p.investment for p in scene.comparing.ranking.places] == [CENTRE, FEED]
    QTest.mousePress(slider, LEFT, PLAIN, spot(slider, slider.amount))
    QTest.mouseMove(slider, spot(slider, 600 * K))
    QTest.mouseMove(slider, spot(slider, 600 * K))
    assert slider.amount == 600 * K
    assert scene.comparing.swings[EXPERIENCE] == 600 * K
    assert [p.investment for p in scene.comparing.ranking.places] == [FEED, CENTRE]
    assert scene.panel.rows[EXPERIENCE].field.text() == "€ 600 k".replace(" ", "\u00a0")
    assert scene.editor.plan is before
    QTest.mouseRelease(slider, LEFT, PLAIN, spot(slider, 600 * K))
    assert scene.criterion().agreed == 600 * K
    assert scene.steps == 1
    scene.editor.undo()
    assert scene.criterion().agreed is None
    assert slider.amount == 340 * K


def test_esc_takes_a_slide_back(scene: Scene) -> None:
    slider, before = scene.slider(), scene.editor.plan
    slider.setFocus()
    QTest.mousePress(slider, LEFT, PLAIN, spot(slider, 100 * K))
    assert scene.comparing.swings[EXPERIENCE] == 100 * K
    QTest.keyClick(slider, Qt.Key.Key_Escape)
    assert scene.comparing.swings[EXPERIENCE] == 340 * K
    assert slider.amount == 340 * K
    QTest.mouseRelease(slider, LEFT, PLAIN, spot(slider, 100 * K))
    assert scene.editor.plan is before
    assert scene.steps == 0


def test_keys_go_in_round_steps_and_become_one_step_when_the_focus_leaves(scene: Scene) -> None:
    scene.speak(Voice.CIO)
    slider = scene.slider()
    slider.setFocus()
    step = round(slider.scale.step)
    for _ in range(3):
        QTest.keyClick(slider, Qt.Key.Key_Right)
    assert scene.comparing.swings[EXPERIENCE] == 280 * K + 3 * step
    assert scene.steps == 0
    scene.slider(RISK).setFocus()
    assert scene.criterion().cio == 280 * K + 3 * step
    assert scene.steps == 1


def test_keys_become_one_step_after_a_pause(scene: Scene) -> None:
    scene.speak(Voice.CMO)
    slider = scene.slider()
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_PageDown)
    QTest.keyClick(slider, Qt.Key.Key_Left)
    QTest.qWait(900)
    assert scene.criterion().cmo == 400 * K - 11 * round(slider.scale.step)
    assert scene.steps == 1


def test_from_between_two_steps_a_key_leads_to_the_next_one(scene: Scene) -> None:
    scene.editor.run("Odd", set_swings, Voice.AGREED, {EXPERIENCE: 33_333_333})
    slider = scene.slider()
    QTest.keyClick(slider, Qt.Key.Key_Left)
    assert slider.amount == 330 * K
    slider.give_up()
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert slider.amount == 335 * K
    QTest.keyClick(slider, Qt.Key.Key_Escape)
    assert slider.amount == 33_333_333


def test_a_click_on_the_thumb_changes_nothing(scene: Scene) -> None:
    scene.editor.run("Odd", set_swings, Voice.AGREED, {EXPERIENCE: 33_333_333})
    slider, steps = scene.slider(), scene.steps
    QTest.mouseClick(slider, LEFT, PLAIN, spot(slider, slider.amount) + QPoint(2, 0))
    assert scene.criterion().agreed == 33_333_333
    assert scene.steps == steps


def test_a_click_on_a_thumb_agrees_on_nothing(scene: Scene) -> None:
    scene.editor.run("Middle", set_swings, Voice.AGREED, {EXPERIENCE: None})
    slider, steps = scene.slider(), scene.steps
    QTest.mouseClick(slider, LEFT, PLAIN, spot(slider, slider.amount))
    slider.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Return):  # there, back, and kept
        QTest.keyClick(slider, key)
    assert scene.criterion().agreed is None and scene.steps == steps
    assert not scene.comparing.trying
    budget = scene.panel.budget.slider
    scene.editor.run("No limit", set_budget, None, None)
    steps = scene.steps
    QTest.mouseClick(budget, LEFT, PLAIN, spot(budget, budget.amount))
    assert scene.editor.plan.roadmap.budget_pw is None and scene.steps == steps


def test_letters_for_the_effort_are_refused_with_what_to_enter_and_where(scene: Scene) -> None:
    field = scene.panel.budget.effort_edit
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "lots")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert scene.stage.notice == (
        "“Effort available”: “lots” is not a number. Enter person-weeks, such as 180, or nothing for no limit."
    )


def test_an_amount_is_typed_as_people_type_it_and_widens_the_range(scene: Scene) -> None:
    field = scene.panel.rows[EXPERIENCE].field
    field.setFocus()
    assert field.text() == "340000"
    QTest.keyClicks(field, "1.2 m")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert scene.criterion().agreed == 1_200 * K
    assert scene.slider().scale.top == 2_000 * K
    assert scene.steps == 1
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert scene.criterion().agreed is None
    assert scene.slider().amount == 340 * K


@pytest.mark.parametrize(
    ("text", "amount"), [("340 k", 340 * K), ("€ 340 k", 340 * K), ("EUR 0.5m", 500 * K), ("340000", 340 * K)]
)
def test_thousands_and_millions_can_be_said_with_a_letter(text: str, amount: int) -> None:
    assert amount_typed(text, "EUR") == amount


def test_what_is_no_amount_is_refused_and_stays_as_typed(scene: Scene) -> None:
    said: list[str] = []
    scene.editor.refused.connect(said.append)
    field = scene.panel.rows[RISK].field
    field.setFocus()
    QTest.keyClicks(field, "a lot")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert said == ["“a lot” is not an amount of money: enter a number such as 12500."]
    assert field.text() == "a lot"
    assert scene.steps == 0


def test_each_row_says_its_name_amount_and_share_to_a_screen_reader(scene: Scene) -> None:
    assert scene.slider().accessibleName().replace("\u00a0", " ") == "Customer experience, € 340 k, 72 %"
    assert "Makes no difference: 0 days – as now" in scene.slider(RISK).accessibleDescription()
    assert scene.panel.rows[RISK].name.text() == "Risk & trouble"


def test_together_the_middle_counts_until_it_is_agreed(scene: Scene) -> None:
    panel = scene.panel
    assert panel.middle.isVisible()
    QTest.mouseClick(panel.agree_button, LEFT)
    assert [scene.criterion(k).agreed for k in (EXPERIENCE, RISK)] == [340 * K, 130 * K]
    assert scene.steps == 1
    assert not panel.middle.isVisible()
    assert not panel.agree_button.isVisible()


def test_each_voice_has_its_own_weights(scene: Scene) -> None:
    scene.speak(Voice.CIO)
    assert scene.comparing.voice is Voice.CIO
    assert scene.slider().amount == 280 * K
    scene.speak(Voice.CMO)
    assert scene.slider().amount == 400 * K
    assert not scene.panel.middle.isVisible()


def test_choosing_another_voice_keeps_what_slid_for_the_one_before(scene: Scene) -> None:
    scene.speak(Voice.CIO)
    QTest.keyClick(scene.slider(), Qt.Key.Key_Home)
    scene.panel.voices.buttons[Voice.CMO].click()
    assert scene.criterion().cio == 0
    assert scene.criterion().cmo == 400 * K
    assert scene.criterion().agreed is None


def test_the_effort_there_is_moves_the_line_and_is_kept_when_let_go(scene: Scene) -> None:
    scene.editor.run("Limit", set_budget, 20.0, None)
    slider = scene.panel.budget.slider
    QTest.mousePress(slider, LEFT, PLAIN, spot(slider, 10))
    assert scene.comparing.ranking.funded == (CENTRE,)
    assert scene.editor.plan.roadmap.budget_pw == 20
    QTest.mouseRelease(slider, LEFT, PLAIN, spot(slider, 10))
    assert scene.editor.plan.roadmap.budget_pw == 10
    field = scene.panel.budget.effort_edit
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert scene.editor.plan.roadmap.budget_pw is None
    assert slider.accessibleName() == "Effort available: no limit"


def test_nothing_jumps_while_it_slides(scene: Scene) -> None:
    slider = scene.slider()
    QTest.qWait(50)
    before = [w.geometry() for w in (scene.slider(RISK), scene.panel.flips, scene.panel.budget)]
    QTest.mousePress(slider, LEFT, PLAIN, spot(slider, slider.amount))
    for amount in range(0, 600, 50):
        QTest.mouseMove(slider, spot(slider, amount * K))
        scene.panel.flips.say(["A sentence that takes many lines. " * amount], "")
        QTest.qWait(1)
        assert [w.geometry() for w in (scene.slider(RISK), scene.panel.flips, scene.panel.budget)] == before
    scene.panel.flips.say(["A sentence that takes many lines. " * 20], "")
    scene.panel.flips.hold(still=False)
    QTest.qWait(50)
    assert scene.panel.flips.height() > before[1].height()
    QTest.keyClick(slider, Qt.Key.Key_Escape)


def test_the_box_says_what_would_flip_the_order(scene: Scene) -> None:
    text = scene.panel.flips.main.text().replace("\u00a0", " ")
    assert "“Feed” passes “Centre” when “Customer experience” rises to € 400 k." in text
    scene.comparing.try_swing(EXPERIENCE, 500 * K)
    assert "“Centre” passes “Feed” when" in scene.panel.flips.main.text()


def test_cio_and_cmo_are_compared_once_nothing_moves(scene: Scene) -> None:
    scene.editor.run("Differ", set_swings, Voice.CMO, {EXPERIENCE: 900 * K})
    for _ in range(100):
        QTest.qWait(30)
        if "other way" in scene.panel.difference.main.text():
            break
    assert "The CIO puts “Centre” before “Feed”, the CMO the other way round." in scene.panel.difference.main.text()


def answers() -> list[Judgement]:
    """Return answers of the CIO that contradict each other."""
    pairs: list[tuple[EntityId, EntityId | None, float]] = [
        (EXPERIENCE, RISK, 3),
        (RISK, None, 3),
        (EXPERIENCE, None, 1 / 3),
    ]
    return [Judgement(EntityId(f"j{n}"), Voice.CIO, a, b, r) for n, (a, b, r) in enumerate(pairs)]


def test_answers_that_contradict_each_other_are_never_hidden(scene: Scene) -> None:
    swings = swings_of(weigh([EXPERIENCE, RISK, None], answers()), scene.editor.plan.roadmap.yardstick)
    scene.editor.run("Take", take_answers, Voice.CIO, answers(), swings)
    for voice in Voice:
        scene.speak(voice)
        assert scene.panel.marks.isVisible()
        assert "answers of the CIO contradict each other (consistency ratio 1.15)." in scene.panel.marks.text()
        assert "changed by hand" not in scene.panel.marks.text()
    scene.editor.run("By hand", set_swings, Voice.CIO, {RISK: 1})
    assert scene.panel.marks.isVisible()
    assert scene.panel.marks.text().endswith("The swings were changed by hand since.")


def test_a_criterion_that_comes_gets_a_row_and_the_focus_stays(scene: Scene) -> None:
    slider = scene.slider(RISK)
    slider.setFocus()
    scene.editor.run("Add", put_criteria, [Criterion(EntityId("fit"), "Fit", position=2)])
    assert list(scene.panel.rows) == [EXPERIENCE, RISK, EntityId("fit")]
    assert scene.slider(RISK) is slider
    assert slider.hasFocus()
    row = scene.panel.rows[EntityId("fit")]
    assert row.field.text() == ""
    assert row.share.text() == "counts nothing: nobody has said"


def test_no_text_is_read_as_html(scene: Scene) -> None:
    scene.editor.run("Rename", put_all, [replace(scene.criterion(), title="<b>Bold</b>")])
    labels = scene.panel.findChildren(QLabel)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)
    assert scene.panel.rows[EXPERIENCE].name.text() == "<b>Bold</b>"


def test_the_buttons_ask_and_keep_in_one_step(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def rename(dialog: CriteriaDialog) -> int:
        dialog.fields["title"].setText("Joy")
        dialog.fields["title"].textEdited.emit("Joy")
        return 1

    def answer(dialog: PairwiseDialog) -> int:
        for pair in ((EXPERIENCE, None), (RISK, None)):
            dialog.questions.answer(pair, 5.0)
        return 1

    monkeypatch.setattr(CriteriaDialog, "exec", rename)
    monkeypatch.setattr(PairwiseDialog, "exec", answer)
    QTest.mouseClick(scene.panel.criteria_button, LEFT)
    assert scene.criterion().title == "Joy"
    QTest.mouseClick(scene.panel.pairs_button, LEFT)
    assert scene.criterion().agreed == 500 * K
    assert scene.steps == 2
    assert scene.stage.stored() == scene.editor.plan
