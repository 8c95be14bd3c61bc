"""The glossary is written in its table, pasted into, and fed by words that nobody has explained."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from roadmapper.domain.agreement import Term
from roadmapper.domain.entity import EntityId
from roadmapper.domain.role import Role
from roadmapper.ui.agreement.page import AgreementPage
from roadmapper.ui.agreement.register_table import RegisterTable
from roadmapper.workspace.edits.words import put_terms
from roadmapper.workspace.identity import Identity
from tests.domain.samples import item
from tests.ui.stage import Stage, may_be_html

API = EntityId("t1")


@pytest.fixture
def page(stage: Stage) -> AgreementPage:
    """The glossary with one word, in a plan whose texts use three more."""
    editor = stage.window.editor
    scope = [
        replace(item("s8"), title="Middleware for the ERP", outcome="The CRM knows them via API."),
        replace(item("s9"), title="CRM cleaned", outcome=""),
    ]
    editor.run("Scope", lambda plan: plan.with_entities([*scope, Term(API, "API", "A plug between programs.")]))
    stage.do("show_glossary")
    shown = stage.window.pages.shown
    assert isinstance(shown, AgreementPage)
    QCoreApplication.processEvents()
    return shown


def words(stage: Stage) -> dict[str, str]:
    return {t.word: t.meaning for t in stage.plan.terms.values() if not t.passed_over}


def rows(table: RegisterTable) -> list[str]:
    model = table.rows_model
    return [str(model.index(n, 0).data()) for n in range(len(model.keys))]


def type_in(table: RegisterTable, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    """Type into the field that is open in the table."""
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit) and table.isAncestorOf(field)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, key)
    for _ in range(5):  # the field hands over, closes, and the next one opens
        QCoreApplication.processEvents()


def paste(table: RegisterTable, text: str) -> None:
    QApplication.clipboard().setText(text)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_a_word_is_typed_below_the_others_and_its_meaning_beside_it(stage: Stage, page: AgreementPage) -> None:
    steps, table = stage.steps, page.glossary.table
    page.glossary.panel.new_button.click()
    type_in(table, "consent centre")
    type_in(table, "Where people say what they want to receive.")
    assert words(stage)["consent centre"] == "Where people say what they want to receive."
    assert stage.steps == steps + 2 and rows(table) == ["API", "consent centre"]
    assert stage.stored() == stage.plan
    stage.do("undo")
    stage.do("undo")
    assert rows(table) == ["API"]


def test_a_word_that_is_there_already_is_refused_in_one_sentence(stage: Stage, page: AgreementPage) -> None:
    page.glossary.panel.new_button.click()
    type_in(page.glossary.table, " api ")
    assert stage.notice == "“api” is in the glossary already: change its meaning there."
    assert words(stage) == {"API": "A plug between programs."}


def test_a_word_that_needed_no_explanation_can_be_explained_after_all(stage: Stage, page: AgreementPage) -> None:
    stage.window.editor.run("Pass", put_terms, [Term(EntityId("t2"), "CRM", passed_over=True)])
    page.glossary.panel.new_button.click()
    type_in(page.glossary.table, "crm")
    type_in(page.glossary.table, "The list of customers.")
    assert words(stage)["CRM"] == "The list of customers." and len(stage.plan.terms) == 2


def test_a_spreadsheet_is_pasted_with_known_words_changed_and_new_ones_added(stage: Stage, page: AgreementPage) -> None:
    steps = stage.steps
    paste(page.glossary.table, "Begriff\tBedeutung\nSSO\tOne key for all doors\napi\tA plug\nsso\tOne key\n")
    assert words(stage) == {"API": "A plug", "SSO": "One key"} and stage.steps == steps + 1
    paste(page.glossary.table, "CRM\tThe list of customers\n<b>x</b>\t=1+1")
    assert words(stage)["CRM"] == "The list of customers" and words(stage)["<b>x</b>"] == "=1+1"
    stage.do("undo")
    stage.do("undo")
    assert words(stage) == {"API": "A plug between programs."}


def test_meanings_are_pasted_down_from_the_current_one(stage: Stage, page: AgreementPage) -> None:
    stage.window.editor.run("More", put_terms, [Term(EntityId("t2"), "SSO")])
    page.glossary.table.go_to(API, 1)
    paste(page.glossary.table, "One\nTwo\n")
    assert words(stage) == {"API": "One", "SSO": "Two"}
    page.glossary.table.go_to(API, 1)
    paste(page.glossary.table, "Other\nTwo\nThree\n")
    assert stage.notice == "Line 3: There is nothing in “Word”. Nothing was pasted."
    assert words(stage) == {"API": "One", "SSO": "Two"}


def test_a_suggestion_is_explained_with_one_click_and_the_meaning_typed(stage: Stage, page: AgreementPage) -> None:
    box = page.glossary.suggested
    assert [w.accessibleName() for w in box.words] == ["CRM", "ERP", "Middleware"]
    box.words[0].explain_button.click()
    QCoreApplication.processEvents()
    type_in(page.glossary.table, "The list of customers.")
    assert words(stage)["CRM"] == "The list of customers."
    assert [w.accessibleName() for w in box.words] == ["ERP", "Middleware"]


def test_a_suggestion_that_needs_no_explanation_goes_and_comes_back_by_undo(stage: Stage, page: AgreementPage) -> None:
    box, part = page.glossary.suggested, page.glossary
    box.words[1].pass_button.click()
    assert [w.accessibleName() for w in box.words] == ["CRM", "Middleware"] and rows(part.table) == ["API"]
    part.which.setCurrentIndex(1)
    assert rows(part.table) == ["ERP"]
    part.table.go_to(part.panel.model.keys[0])
    part.panel.delete_button.click()
    assert [w.accessibleName() for w in box.words] == ["CRM", "ERP", "Middleware"]
    stage.do("undo")
    stage.do("undo")
    assert "ERP" not in {t.word for t in stage.plan.terms.values()} and len(box.words) == 3


def test_the_filter_the_heads_and_the_delete_key_do_what_they_say(stage: Stage, page: AgreementPage) -> None:
    part = page.glossary
    more = [Term(EntityId(f"w{n}"), f"Word {n}", f"Meaning {9 - n}") for n in range(4)]
    stage.window.editor.run("More", put_terms, more)
    part.table.horizontalHeader().sortIndicatorChanged.emit(1, Qt.SortOrder.AscendingOrder)
    assert rows(part.table) == ["API", "Word 3", "Word 2", "Word 1", "Word 0"]
    part.panel.text.setText("meaning 8")
    assert rows(part.table) == ["Word 1"] and part.panel.count.text() == "1 of 5 words"
    part.table.go_to(EntityId("w1"))
    part.table.setFocus()
    stage.do("delete")
    part.panel.text.clear()
    assert rows(part.table) == ["API", "Word 3", "Word 2", "Word 0"]
    stage.do("undo")
    assert len(rows(part.table)) == 5


def test_the_row_one_stands_in_stays_when_others_come(stage: Stage, page: AgreementPage) -> None:
    table = page.glossary.table
    table.go_to(API, 1)
    stage.window.editor.run("More", put_terms, [Term(EntityId("t0"), "Aardvark")])
    assert rows(table) == ["Aardvark", "API"] and table.selected() == [API] and table.currentIndex().column() == 1


def test_where_a_word_is_used_is_shown_with_what_it_means(stage: Stage, page: AgreementPage) -> None:
    page.glossary.table.go_to(API)
    part = page.glossary
    assert part.use_words.text() == "“API” stands in 1 text:"
    assert part.use_texts[0].text() == "The CRM knows them via API." and len(part.use_texts[0].places) == 1


def test_hostile_words_are_shown_as_they_are_typed(stage: Stage, page: AgreementPage) -> None:
    hostile = Term(API, "<b>API</b>", "<img src=x> & \u202e\u0000".replace("\u0000", ""))
    stage.window.editor.run("Change", put_terms, [hostile])
    model = page.glossary.panel.model
    assert model.index(0, 1).data() == hostile.meaning
    shown = str(model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole))
    assert shown.startswith("<qt>&lt;img") or not may_be_html(shown)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.MANAGER])
def test_who_only_reads_finds_no_empty_row_no_buttons_and_is_refused_below(
    stage: Stage, page: AgreementPage, role: Role, tell: Callable[[Role], AgreementPage]
) -> None:
    page = tell(role)
    part = page.glossary
    assert part.panel.model.rowCount() == 1 and not part.panel.new_button.isVisible()
    assert not part.panel.delete_button.isVisible() and not part.panel.paste_button.isVisible()
    assert not any(w.explain_button.isVisible() for w in part.suggested.words) and part.suggested.words
    paste(part.table, "SSO\tOne key\n")
    part.table.go_to(API)
    part.table.delete()
    assert words(stage) == {"API": "A plug between programs."}
    assert not stage.window.editor.run("Sneak", put_terms, [Term(EntityId("x"), "SSO")])
    assert f"You work as the {role}" in stage.notice


@pytest.fixture
def tell(stage: Stage) -> Callable[[Role], AgreementPage]:
    def become(role: Role) -> AgreementPage:
        opened = stage.desk.introduce(Identity("Grace", role))
        assert opened is not None
        stage.window.editor.open(opened.workspace)
        stage.window._introduce(replace(stage.session, who="Grace", role=role))
        stage.window.show_agreement()
        page = stage.window.pages.shown
        assert isinstance(page, AgreementPage)
        page.show_glossary()
        return page

    return become


def test_the_broker_keeps_the_glossary(
    stage: Stage, page: AgreementPage, tell: Callable[[Role], AgreementPage]
) -> None:
    page = tell(Role.BROKER)
    paste(page.glossary.table, "SSO\tOne key\n")
    assert words(stage)["SSO"] == "One key"
