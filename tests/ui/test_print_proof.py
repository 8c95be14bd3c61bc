"""The proof in the print dialog: the whole verdict, and a page for each point that has one."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from roadmapper.reports.pages import Document, Page
from roadmapper.reports.proof import Collision, Proof
from roadmapper.ui.paper.proof_view import ProofView, points_of


def test_the_whole_verdict_stands_there_where_it_is_narrow_and_each_point_has_its_page(qtbot: QtBot) -> None:
    view = ProofView()
    qtbot.addWidget(view)
    hit = Collision("2", "a word")
    proof = Proof(2, ("A4",), 6.0, (), (), ("This is left out.",), (), (), (hit,), (hit,))
    document = Document("T", tuple(Page(100, 100, (), "S", number) for number in ("1", "2")))
    view.show_proof(proof, document)
    view.resize(260, view.heightForWidth(260))
    view.show()
    assert view.verdict.text() == proof.verdict
    assert view.verdict.height() >= view.verdict.heightForWidth(view.verdict.width())
    assert view.verdict.height() > 2 * view.verdict.fontMetrics().height()
    assert "1 word struck by a line" in view.line.text()
    assert [page for _, page in points_of(proof, document)] == [1, 1, None]
    assert [words for words, _ in points_of(proof, document)][1] == "Page 2: a line runs through “a word”."
