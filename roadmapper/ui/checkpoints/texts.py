"""Texts: labels for what users wrote, however long its words are, with what its words mean as a tooltip."""

from __future__ import annotations

import re
from collections.abc import Iterable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from roadmapper.domain.agreement import Term
from roadmapper.ui.widgets.labels import PlainLabel, tip

LONGEST_WORD = 40
_LONG = re.compile(rf"(\S{{{LONGEST_WORD}}})(?=\S)")
BREAK = "\u200b"


def breakable(text: str) -> str:
    """Return *text* with places to break in words so long that they would not fit on a line."""
    return _LONG.sub(rf"\1{BREAK}", text)


def meanings(text: str, terms: Iterable[Term]) -> str:
    """Return what the explained words that stand in *text* mean, one on each line."""
    found = (t for t in terms if re.search(rf"(?<!\w){re.escape(t.word)}(?!\w)", text, re.IGNORECASE))
    return "\n".join(f"{t.word} = {t.meaning}" for t in found)


class Words(PlainLabel):
    """Wrapped plain text that never asks for more width than a few letters."""

    def __init__(self, text: str = "", parent: QWidget | None = None, terms: Iterable[Term] = ()) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.explain(terms)

    @override
    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(breakable(text))

    def explain(self, terms: Iterable[Term]) -> None:
        """Say as a tooltip what words of the text mean."""
        self.setToolTip(tip(meanings(self.text(), terms)))

    @override
    def minimumSizeHint(self) -> QSize:
        """Return a few letters of one line: what does not fit takes as many lines as the width asks for."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance("mmmmmm"), metrics.height())
