"""The ledger beside the consults, and what goes out of the page and comes back: prints, invitations, packs."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from roadmapper.domain.consult import Answer
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Status
from roadmapper.exchange.review_pack import Origin
from roadmapper.planning.consults.due import State
from roadmapper.planning.phrases import day_text
from roadmapper.reports.paper import Kind
from roadmapper.ui.dialogs.answer_dialog import AnswerDialog
from roadmapper.ui.dialogs.invite_dialog import InviteDialog
from roadmapper.workspace.edits.checkpoints import delete_checkpoint
from tests.exchange.reviewing import answer_text
from tests.ui.consulting import DUE, Consulting, meanwhile, plain
from tests.ui.printing import close, dialog_of, pages_in, save_to, written
from tests.ui.stage import ANSWERED, E


def test_the_ledger_is_filtered_and_leads_to_what_it_tells_of(ada: Consulting) -> None:
    ada.answer(Answer.APPROVE)
    ada.record()
    ledger = ada.page.ledger
    assert len(ledger.list.rows) == 2
    told = {plain(row.words) for row in ledger.list.rows}
    assert "12 Feb 2027\nTitle a: go-live decision\nApproved with changes: “Smaller buttons.”" in told
    QTest.keyClicks(ledger.wanted, "smaller cmo")
    assert len(ledger.list.rows) == 1
    ada.click_row(ledger.list, 0)
    assert ada.page.current == ANSWERED and ada.page.list.part is State.ANSWERED
    ada.click(ada.page.list.parts[State.DUE])
    ada.click_row(ledger.list, 0)
    assert ada.page.list.part is State.ANSWERED
    ledger.wanted.clear()
    ledger.scope.setCurrentIndex(1)
    assert [r.lines[1].text for r in ledger.list.rows] == ["Title a: go-live decision"]


def test_the_silence_box_tells_the_longest_stretch_and_the_indicator_with_its_formula(ada: Consulting) -> None:
    texts = " ".join(ada.texts(ada.page.ledger.silence))
    assert "Longest stretch without a consult: " in texts
    assert "Marketing bought outside IT in twelve months: 1 tool, € 4 800" in texts
    assert "days of silence ÷ 42 agreed + 1 bought outside" in texts
    assert "an indicator, not a probability" in texts


def test_the_ledger_is_printed_on_as_many_pages_as_it_takes_with_its_words_explained(
    ada: Consulting, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile(ada)
    said = "Between 0 – 9: 12:30, (1.5) “2/3”, 45 678."
    ada.answer(Answer.APPROVE_WITH_CHANGES, f"{said}\nThe API\n" + "w" * 300 + "\nlonger" * 80)
    ada.record()
    ada.click(ada.page.ledger.print)
    dialog = dialog_of(ada.stage)
    assert dialog.options.form().kinds == (Kind.LEDGER,)
    assert len(pages_in(qtbot, dialog).pages) > 1
    save_to(monkeypatch, tmp_path / "ledger.pdf")
    dialog.pdf.click()
    written(qtbot, dialog)
    text = plain(" ".join(page.extract_text() for page in PdfReader(tmp_path / "ledger.pdf").pages))
    assert said in " ".join(text.split())
    assert "the plug that lets the shop talk to it" in " ".join(text.split())
    for entry in ada.page.ledger.entries:
        assert plain(f"consult of {day_text(entry.checkpoint.day)}") in text
    close(dialog)


def test_an_answer_that_was_handed_out_is_read_in_and_recorded(
    planner: Consulting, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = planner.stage.window.editor
    origin = Origin(editor.hash_at(1) or "", editor.length, editor.hash_at(editor.length) or "")
    text = answer_text(origin, checkpoint=str(DUE), answer="reject", comment="Not yet.", name="Carla")
    asked: list[AnswerDialog] = []

    def paste(dialog: AnswerDialog) -> int:
        asked.append(dialog)
        dialog.text.setPlainText("nothing of the kind")
        assert not dialog.take.isEnabled()
        dialog.text.setPlainText(f"Dear Paul,\n> {text}\nCarla")
        assert plain(dialog.whose.text()).startswith("Carla answered “Clean addresses: mid-way look” on ")
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(AnswerDialog, "exec", paste)
    planner.stage.do("import_answer")
    (decision,) = planner.decisions(DUE)
    assert (decision.who, decision.answer, decision.seen) == ("Carla", Answer.REJECT, origin.seen)
    assert planner.plan.increments[E].status is Status.HELD and planner.page.current == DUE
    asked[0].deleteLater()


def test_invitations_and_the_review_pack_are_saved_where_the_user_says(
    planner: Consulting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = [tmp_path / "all.ics", tmp_path / "pack.html"]
    monkeypatch.setattr(QFileDialog, "exec", lambda _: 1)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _: [str(wanted[0])])
    gone = planner.plan.checkpoints[EntityId("k4")]
    assert planner.stage.window.editor.run("Delete", delete_checkpoint, gone.id)
    only = [False, True]
    monkeypatch.setattr(InviteDialog, "exec", lambda dialog: dialog.one.setChecked(only.pop(0)) or 1)
    planner.stage.do("invite")
    told = wanted[0].read_bytes()
    assert told.count(b"BEGIN:VEVENT") == 4 and told.count(b"STATUS:CANCELLED") == 1
    planner.stage.do("invite")  # and now the chosen one alone
    assert wanted[0].read_bytes().count(b"BEGIN:VEVENT") == 1 and not only
    wanted.pop(0)
    planner.stage.do("review_pack")
    page = wanted[0].read_text()
    assert "Clean addresses: mid-way look" in page and str(planner.stage.window.editor.hash_at(1)) in page
