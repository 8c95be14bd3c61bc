"""The print dialog: what is chosen is what is shown, and what is shown is what is printed and saved."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from roadmapper.domain.dates import DateSpan
from roadmapper.reports.pages import Document
from roadmapper.reports.paper import Kind
from roadmapper.ui.paper.form import Days, Spread
from roadmapper.ui.paper.making import Making, State, Wanted
from roadmapper.ui.paper.print_dialog import PrintDialog
from roadmapper.ui.widgets.day_edit import DayEdit
from tests.reports.conftest import source_of
from tests.ui.printing import asked, close, dialog_of, pages_in, save_to, written
from tests.ui.stage import DATA, OPEN, SHOP, Stage


def words_of(document: Document) -> str:
    return " ".join(" ".join(text.lines) for page in document.pages for text in page.texts())


def text_of(path: Path) -> str:
    return " ".join(page.extract_text() for page in PdfReader(path).pages)


def choose(dialog: PrintDialog, *kinds: Kind) -> None:
    """Tick these sheets and no others."""
    dialog.options.sheets.tick(kinds)


def test_every_command_that_prints_leads_into_the_dialog_with_its_button_first(qtbot: QtBot, stage: Stage) -> None:
    for command, main in (("print_page", "&Print…"), ("preview", "&Print…"), ("export_pdf", "Save as PD&F…")):
        dialog = asked(stage, command)
        (first,) = [b for b in (dialog.print, dialog.pdf, dialog.picture, dialog.copy) if b.isDefault()]
        assert first.text() == main and first.x() < dialog.picture.x()
        pages_in(qtbot, dialog)
        close(dialog)


def test_the_preview_has_the_pages_that_the_saved_pdf_has(
    qtbot: QtBot, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = asked(stage, "export_pdf")
    choose(dialog, Kind.ROADMAP, Kind.INCREMENTS, Kind.LEDGER)
    dialog.resize(1400, 900)
    document = pages_in(qtbot, dialog)
    assert len(document.pages) >= 3 and dialog.view.count == len(document.pages)
    assert dialog.pages.of.text() == f"of {len(document.pages)}" and dialog.thumbnails.isVisible()
    save_to(monkeypatch, tmp_path / "out.pdf")
    dialog.pdf.click()
    said = written(qtbot, dialog)
    assert said.startswith(f"Saved “out.pdf”, {len(document.pages)} pages.")
    assert len(PdfReader(tmp_path / "out.pdf").pages) == len(document.pages)
    assert "Northwind" in text_of(tmp_path / "out.pdf")
    assert stage.shell.statusBar().currentMessage() == said
    head = stage.window.files.stamp()[1]
    assert f"journal {head[:12]}" in words_of(document)
    close(dialog)


def test_sheets_are_printed_in_the_order_in_which_they_stand(qtbot: QtBot, stage: Stage) -> None:
    dialog = asked(stage, "print_page")
    choose(dialog, Kind.ROADMAP, Kind.LEDGER)
    assert [p.sheet for p in pages_in(qtbot, dialog).pages][-1] == "Consult ledger"
    sheets = dialog.options.sheets
    row = sheets.every().index(Kind.LEDGER)
    sheets.setCurrentRow(row)
    for _ in range(row):
        QTest.keyClick(sheets, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert dialog.options.form().kinds == (Kind.LEDGER, Kind.ROADMAP)
    assert pages_in(qtbot, dialog).pages[0].sheet == "Consult ledger"
    close(dialog)


def test_grey_paper_days_projects_and_tiles_reach_the_pages(qtbot: QtBot, stage: Stage) -> None:
    dialog = asked(stage, "print_page")
    options = dialog.options
    whole = pages_in(qtbot, dialog)
    options.grey.click()
    options.paper.setCurrentIndex(options.paper.findData("A3"))
    options.projects.tick([SHOP])
    document = pages_in(qtbot, dialog)
    assert document.grey and round(document.pages[0].width) == 1191
    assert "One customer list" in words_of(whole) and "One customer list" not in words_of(document)
    choose(dialog, Kind.DETAIL)
    options.spread.setCurrentIndex(options.spread.findData(Spread.PAGES))
    options.wide.setValue(3)
    options.high.setValue(1)
    document = pages_in(qtbot, dialog)
    assert len(document.pages) == 3
    options.days.kind.setCurrentIndex(options.days.kind.findData(Days.CUSTOM))
    last: DayEdit = options.days.last
    last.setText("31 Mar 2027")
    assert last.settle()
    assert dialog.options.form().last is not None
    assert words_of(pages_in(qtbot, dialog)) != words_of(document)
    close(dialog)


def test_what_the_timeline_shows_can_be_printed(qtbot: QtBot, stage: Stage) -> None:
    stage.canvas.zoom(20 / stage.canvas.scale.day_width)
    dialog = asked(stage, "print_page")
    days = dialog.options.days.kind
    days.setCurrentIndex(days.findData(Days.VIEW))
    whole, view = stage.plan.roadmap.span, dialog._subject.view
    assert isinstance(view, DateSpan) and view.days < whole.days and whole.start <= view.start
    pages_in(qtbot, dialog)
    assert dialog.making._wanted is not None and dialog.making._wanted.source.options.span == view
    close(dialog)


def test_pages_that_are_not_what_is_chosen_are_pale_and_go_nowhere(qtbot: QtBot, stage: Stage) -> None:
    dialog = asked(stage, "print_page")
    pages_in(qtbot, dialog)
    assert dialog.print.isEnabled() and not dialog.view.veiled
    dialog.options.grey.click()
    assert dialog.view.veiled and dialog.document is None
    assert not any(b.isEnabled() for b in (dialog.print, dialog.pdf, dialog.picture, dialog.copy))
    pages_in(qtbot, dialog)
    assert dialog.print.isEnabled() and not dialog.view.veiled
    close(dialog)


def test_whoever_waits_sees_it_and_may_stop_and_begin_again(
    qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = asked(stage, "print_page")
    pages_in(qtbot, dialog)
    dialog.making._pause.setInterval(600_000)  # as if the pages took for ever
    dialog.options.grey.click()
    qtbot.waitUntil(dialog.waiting.isVisible, timeout=60_000)
    assert dialog.waiting.words.text() == "Making the pages…"
    dialog.making.done, dialog.making.of = 3, 10
    dialog.making.slow.emit()
    assert dialog.waiting.words.text() == "Making the pages: 3 of 10 done."
    assert (dialog.waiting.bar.value(), dialog.waiting.bar.maximum()) == (3, 10)
    dialog.waiting.button.click()
    assert dialog.making.state is State.STOPPED and dialog.document is None
    assert dialog.waiting.words.text() == "Stopped: there are no pages yet."
    dialog.waiting.button.click()
    assert pages_in(qtbot, dialog).grey and dialog.view.isVisible()
    close(dialog)


def test_a_document_that_is_no_longer_wanted_is_never_shown(qtbot: QtBot, stage: Stage) -> None:
    making = Making()
    coloured = Wanted(source_of(stage.plan), (Kind.ROADMAP,))
    shown: list[bool] = []
    making.changed.connect(lambda: shown.append(making.made is not None and not making.made.document.grey))
    making.want(coloured, soon=False)
    assert QThreadPool.globalInstance().waitForDone(60_000)  # made, but nobody has heard of it yet
    making.want(replace(coloured, source=source_of(stage.plan, grey=True)), soon=False)
    qtbot.waitUntil(lambda: making.state is State.DONE and not making._jobs, timeout=60_000)
    assert making.made is not None and making.made.document.grey and not any(shown)


def test_what_cannot_be_printed_is_said_where_the_pages_would_be(qtbot: QtBot, stage: Stage) -> None:
    dialog = asked(stage, "print_page")
    pages_in(qtbot, dialog)
    choose(dialog)
    assert dialog.waiting.isVisible()
    assert dialog.pages.of.text() == "", "of no pages"
    assert dialog.waiting.words.text() == "Nothing is chosen to be printed: tick at least one sheet."
    assert not dialog.print.isEnabled()
    choose(dialog, Kind.ROADMAP)
    count = len(pages_in(qtbot, dialog).pages)
    assert dialog.pages.of.text() == f"of {count}"
    assert dialog.view.isVisible() and dialog.print.isEnabled()
    close(dialog)


def test_paper_and_look_are_there_again_and_the_usual_comes_back(qtbot: QtBot, stage: Stage, tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    QImage(20, 10, QImage.Format.Format_RGB32).save(str(logo))
    dialog = asked(stage, "print_page")
    usual = dialog.options.form()
    dialog.options.grey.click()
    dialog.options.paper.setCurrentIndex(dialog.options.paper.findData("A2"))
    dialog.options.edges.fields["header"][1].setText("{file}")
    dialog.options.edges.take_logo(logo)
    chosen = dialog.options.form()
    assert chosen.logo is not None
    close(dialog)
    dialog = asked(stage, "print_page")
    assert dialog.options.form() == chosen
    assert stage.path.name in words_of(pages_in(qtbot, dialog))
    dialog.usual.click()
    assert dialog.options.form() == usual
    close(dialog)


def test_a_logo_that_is_none_is_refused_with_a_sentence(qtbot: QtBot, stage: Stage, tmp_path: Path) -> None:
    dialog = asked(stage, "print_page")
    edges = dialog.options.edges
    for name, data, why in (
        ("no.png", b"nothing of the kind", "“no.png” cannot be read: choose a PNG, JPEG or SVG file that is whole."),
        ("big.png", b"x" * 10_000_001, "“big.png” is too large for a logo: choose one of less than 10 MB."),
    ):
        (tmp_path / name).write_bytes(data)
        edges.take_logo(tmp_path / name)
        assert edges.why.text() == why and dialog.options.form().logo is None
    edges.take_logo(tmp_path / "gone.png")
    assert edges.why.text() == "“gone.png” cannot be read: No such file or directory."
    close(dialog)


def test_a_field_that_fills_itself_is_put_where_the_cursor_was(qtbot: QtBot, stage: Stage) -> None:
    dialog = asked(stage, "print_page")
    pages_in(qtbot, dialog)
    dialog.options.edges_fold.click()
    field = dialog.options.edges.fields["header"][2]
    field.setFocus()
    field.entered.emit(field)
    menu = dialog.options.edges.insert.menu()
    (action,) = [a for a in menu.actions() if a.data() == "{title}"]
    action.trigger()
    assert dialog.options.form().header.right == "{title}"
    close(dialog)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_takes_nothing_is_said_and_the_dialog_stays(
    qtbot: QtBot, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    refuses(qtbot, stage, folder / "out.pdf", "Permission denied", monkeypatch)


def test_a_folder_that_is_not_there_is_said_and_the_dialog_stays(
    qtbot: QtBot, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuses(qtbot, stage, tmp_path / "nowhere" / "out.pdf", "No such file or directory", monkeypatch)


def refuses(qtbot: QtBot, stage: Stage, path: Path, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = asked(stage, "export_pdf")
    pages_in(qtbot, dialog)
    save_to(monkeypatch, path)
    dialog.pdf.click()
    assert written(qtbot, dialog) == f"! “{path}” could not be written: {why}. Choose another place."
    assert dialog.isVisible() and dialog.pdf.isEnabled()
    close(dialog)


def test_nothing_is_written_when_the_question_for_a_file_is_closed(
    qtbot: QtBot, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = asked(stage, "export_pdf")
    pages_in(qtbot, dialog)
    save_to(monkeypatch, tmp_path / "out.pdf")
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.exec", lambda _: 0)
    for button in (dialog.pdf, dialog.picture):
        button.click()
        assert not dialog.foot.busy and dialog.foot.words.text() == ""
    assert not list(tmp_path.glob("out*"))
    close(dialog)


def test_pictures_are_as_fine_as_was_asked_and_one_for_each_page(
    qtbot: QtBot, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = asked(stage, "print_page")
    dialog.options.paper.setCurrentIndex(dialog.options.paper.findData("A4"))
    pages_in(qtbot, dialog)
    save_to(monkeypatch, tmp_path / "fine.png", "PNG picture, 300")
    dialog.picture.click()
    assert written(qtbot, dialog) == "Saved “fine.png”."
    assert QImage(str(tmp_path / "fine.png")).width() == 3508
    choose(dialog, Kind.ROADMAP, Kind.LEDGER)
    count = len(pages_in(qtbot, dialog).pages)
    save_to(monkeypatch, tmp_path / "all", "SVG")
    dialog.picture.click()
    assert written(qtbot, dialog) == f"Saved {count} pictures, “all-1.svg” to “all-{count}.svg”."
    assert len(list(tmp_path.glob("all-*.svg"))) == count
    close(dialog)


def test_the_clipboard_holds_a_picture_of_the_page_that_is_shown(qtbot: QtBot, stage: Stage) -> None:
    dialog = asked(stage, "print_page")
    page = pages_in(qtbot, dialog).pages[0]
    QGuiApplication.clipboard().clear()
    dialog.copy.click()
    image = QGuiApplication.clipboard().image()
    assert image.width() == round(page.width * 150 / 72) and image.height() == round(page.height * 150 / 72)
    colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    assert len(colours) > 5
    assert dialog.foot.words.text() == "Page 1 is on the clipboard as a picture."
    close(dialog)


def test_a_printer_gets_the_chosen_pages(
    qtbot: QtBot, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printers: list[QPrinter] = []

    def accept(dialog: QPrintDialog) -> int:
        printer = dialog.printer()
        printers.append(printer)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        if len(printers) > 1:
            printer.setPrintRange(QPrinter.PrintRange.CurrentPage)
        return 1

    monkeypatch.setattr(QPrintDialog, "exec", accept)
    dialog = asked(stage, "print_page")
    choose(dialog, Kind.ROADMAP, Kind.LEDGER)
    count = len(pages_in(qtbot, dialog).pages)
    dialog.print.click()
    assert written(qtbot, dialog) == f"“Northwind” is on its way to the printer, {count} pages."
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == count and printers[0].resolution() == 300
    dialog.view.go_to(count - 1)
    dialog.foot.say("")
    dialog.print.click()
    assert written(qtbot, dialog) == "“Northwind” is on its way to the printer, 1 page."
    assert "Consult ledger" in " ".join(text_of(tmp_path / "printed.pdf").split())
    close(dialog)


def test_a_printer_that_takes_nothing_is_said(
    qtbot: QtBot, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def accept(dialog: QPrintDialog) -> int:
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(tmp_path / "nowhere" / "printed.pdf"))
        return 1

    monkeypatch.setattr(QPrintDialog, "exec", accept)
    dialog = asked(stage, "print_page")
    pages_in(qtbot, dialog)
    dialog.print.click()
    assert "could not be painted" in written(qtbot, dialog)
    assert dialog.print.isEnabled()
    close(dialog)


def test_the_proof_says_what_there_is_and_leads_to_its_page(qtbot: QtBot, stage: Stage) -> None:
    dialog = asked(stage, "print_page")
    document = pages_in(qtbot, dialog)
    made = dialog.making.made
    assert made is not None and dialog.proof.verdict.text() == made.proof.verdict
    assert f"{len(document.pages)} page" in dialog.proof.line.text()
    assert "smallest type" in dialog.proof.line.text() and "legend" in dialog.proof.line.text()
    dialog.options.projects.tick([DATA])
    pages_in(qtbot, dialog)
    made = dialog.making.made
    assert made is not None and made.proof.left_out, "projects that are left out are said"
    assert dialog.proof.sign.text() in ("!", "✕") and dialog.proof.more.isVisible()
    dialog.proof.more.click()
    assert dialog.proof.points.isVisible() and dialog.proof.points.count() >= len(made.proof.left_out)
    close(dialog)


def test_keys_turn_pages_and_zoom(qtbot: QtBot, stage: Stage) -> None:
    dialog = asked(stage, "print_page")
    choose(dialog, Kind.ROADMAP, Kind.INCREMENTS, Kind.LEDGER)
    count = len(pages_in(qtbot, dialog).pages)
    view = dialog.view
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view.page == 1 and dialog.pages.number.value() == 2
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.page == count - 1 and dialog.thumbnails.currentIndex().row() == count - 1
    QTest.keyClick(view, Qt.Key.Key_Home)
    dialog.pages.number.setValue(3)
    assert view.page == 2
    before = view.zoom
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom > before and view.page == 2
    dialog.pages.whole.click()
    assert view.zoom == pytest.approx(before)
    close(dialog)


def test_only_pages_in_sight_are_painted(qtbot: QtBot, stage: Stage) -> None:
    dialog = asked(stage, "print_page")
    choose(dialog, Kind.DETAIL)
    options = dialog.options
    options.spread.setCurrentIndex(options.spread.findData(Spread.PAGES))
    options.wide.setValue(20)
    options.high.setValue(3)
    document = pages_in(qtbot, dialog)
    assert len(document.pages) >= 20
    qtbot.waitUntil(lambda: len(dialog.images) > 0, timeout=60_000)
    assert len(dialog.images) < 5
    close(dialog)


def test_each_page_of_the_window_prints_its_own_sheet(qtbot: QtBot, stage: Stage) -> None:
    for page, kind in (
        ("show_timeline", Kind.ROADMAP),
        ("show_priorities", Kind.PRIORITIES),
        ("show_agreement", Kind.ROADMAP),
    ):
        stage.do(page)
        dialog = asked(stage, "print_page")
        assert dialog.options.form().kinds == (kind,)
        close(dialog)
    stage.do("show_checkpoints")
    stage.window.pages.shown.choose(OPEN)
    for command, kind in (("print_page", Kind.REVIEW), ("print_consult", Kind.REVIEW), ("print_ledger", Kind.LEDGER)):
        dialog = asked(stage, command)
        form = dialog.options.form()
        assert form.kinds == (kind,) and (kind is Kind.LEDGER or form.checkpoint == OPEN)
        assert pages_in(qtbot, dialog).pages
        close(dialog)


def test_a_review_sheet_says_what_changed_without_the_database_in_another_thread(qtbot: QtBot, stage: Stage) -> None:
    stage.do("show_checkpoints")
    stage.window.pages.shown.choose(OPEN)
    dialog = asked(stage, "print_consult")
    words = words_of(pages_in(qtbot, dialog))
    assert "What changed since you last looked" in words
    assert dialog is dialog_of(stage) and dialog._subject._known
    close(dialog)
