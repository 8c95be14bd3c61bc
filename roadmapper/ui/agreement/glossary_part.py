"""GlossaryPart: the words both sides share, where they are used, and which still lack a meaning."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from roadmapper.domain.agreement import Term
from roadmapper.domain.entity import EntityId, new_id
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.glossary import suggestions, uses_of
from roadmapper.ui.agreement.panel import Panel
from roadmapper.ui.agreement.register_panel import RegisterPanel
from roadmapper.ui.agreement.registers import Words
from roadmapper.ui.agreement.suggested import SuggestionsBox
from roadmapper.ui.agreement.two_sides import TwoSides
from roadmapper.ui.editor import Editor
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.choice import Choice
from roadmapper.ui.widgets.explained import ExplainedLabel
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.workspace.edits.words import put_terms

MOST_USES = 3


class GlossaryPart(TwoSides):
    """The table at the left; where the current word is used, and what is suggested, at the right."""

    def __init__(self, editor: Editor, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._editor = editor
        self.which = Choice()
        self.which.addItem(tr("Words of the glossary"))
        self.which.addItem(tr("Words that need no explanation"))
        self.which.setAccessibleName(tr("Which words are shown"))
        purpose = tr(
            "IT words in plain words. They are shown wherever the CMO reads such a word, and below what is printed."
        )
        self.panel = RegisterPanel(self._words, purpose, tr("+ Word"), editor, theme, self)
        self.panel.head.insertWidget(1, self.which)
        self.table = self.panel.table
        self.suggested = SuggestionsBox(theme)
        self.uses = Panel(tr("Where it is used"))
        self.use_words = PlainLabel().styled(colour=theme.palette.secondary)
        self.uses.column.addWidget(self.use_words)
        self.use_texts = [ExplainedLabel() for _ in range(MOST_USES)]
        for text in self.use_texts:
            self.uses.column.addWidget(text)
        self.fill(self.panel, [self.suggested, self.uses])
        self.which.currentIndexChanged.connect(self.show_plan)
        self.table.looked_at.connect(self._show_uses)
        self.suggested.explain.connect(self._explain)
        self.suggested.pass_over.connect(self._pass_over)
        self.setFocusProxy(self.panel)

    def show_plan(self) -> None:
        """Read the plan anew."""
        self.panel.refresh()
        found = suggestions(self._editor.plan)
        self.suggested.show_words(found, writable=self.panel.model.writable)
        self._show_uses()

    def _words(self) -> Words:
        return Words(self._editor.plan, passed_over=self.which.currentIndex() == 1)

    def _show_uses(self) -> None:
        """Show in which texts the current word stands."""
        plan, key = self._editor.plan, self.panel.model.key(self.table.currentIndex().row())
        term = None if key is None else plan.terms.get(key)
        found = [] if term is None else uses_of(plan, term.word)
        if term is None:
            words = tr("Choose a word to see in which texts it stands.")
        else:
            none = tr("“{word}” stands in no text that the CMO reads.").format(word=term.word)
            many = trn("“{word}” stands in {n} text:", "“{word}” stands in {n} texts:", len(found), word=term.word)
            words = many if found else none
        self.use_words.setText(words)
        for number, label in enumerate(self.use_texts):
            label.setVisible(number < len(found))
            label.explain(found[number] if number < len(found) else "", plan.terms.values())

    def _explain(self, word: str) -> None:
        """Add a word, and have its meaning typed."""
        self.which.setCurrentIndex(0)
        self.panel.text.clear()
        term = self._put(word, tr("Add “{word}” to the glossary"), passed_over=False)
        if term is not None:
            self.panel.refresh()
            self.table.go_to(term, 1, edit=True)

    def _pass_over(self, word: str) -> None:
        self._put(word, tr("“{word}” needs no explanation"), passed_over=True)

    def _put(self, word: str, label: str, *, passed_over: bool) -> EntityId | None:
        try:
            term = Term(new_id("term"), word, passed_over=passed_over)
        except Refused as refusal:
            self._editor.refused.emit(str(refusal))
            return None
        done = self._editor.run(label.format(word=word), put_terms, [term])
        return term.id if done else None
