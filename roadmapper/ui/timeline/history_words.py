"""HistoryWords: how a step of the journal is said - its day, its time, who, what, and of what kind it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import NO_BREAK, day_text, weekday_text
from roadmapper.workspace.history import Noted

ICONS = {
    "start": "timeline",
    "edit": "edit",
    "undo": "undo",
    "redo": "redo",
    "decision": "checkpoints",
    "restore": "history",
}
"""The icon of each kind of step."""
GONE_BACK = "Go back to {when}"
RESTORED = "Restore the state of {when}"
"""What a step is called that brought an earlier state back; translated where it is said."""


def kind_of(step: Noted) -> str:
    """Return the kind of a step, a key of ICONS: an edit that brought an earlier state back is a restore."""
    marks = (tr(words).partition("{")[0] for words in (GONE_BACK, RESTORED))
    return "restore" if step.kind == "edit" and step.label.startswith(tuple(marks)) else step.kind


def kind_words(kind: str) -> str:
    """Return a kind of step in plain words, as far as what was done does not say it."""
    return {
        "start": tr("begun"),
        "decision": tr("stays for good"),
        "restore": tr("an earlier state brought back"),
    }.get(kind, "")


def what_words(step: Noted) -> str:
    """Return what was done: the label of the step, with what became of it."""
    if step.kind == "undo":
        return tr("Undo: {label}").format(label=step.label)
    if step.kind == "redo":
        return tr("Redo: {label}").format(label=step.label)
    return step.label


def below_words(step: Noted, *, undone: bool) -> str:
    """Return the second line of a step: when, who, of what kind, and whether it was taken back since."""
    kind = kind_of(step)
    said = [time_text(step.at), step.who or tr("not saved yet"), kind_words(kind)]
    if undone:
        said.append(tr("taken back since"))
    return " · ".join(s for s in said if s)


def time_text(at: datetime) -> str:
    """Return the time of an instant as the clock on the wall shows it."""
    return f"{at.astimezone():%H:%M}"


def moment_text(at: datetime) -> str:
    """Return an instant as the clock on the wall shows it, such as ``3 Mar 2027, 14:05``."""
    return f"{day_text(at.astimezone().date())},{NO_BREAK}{time_text(at)}"


def heading_text(at: datetime) -> str:
    """Return the day of an instant with its weekday."""
    return weekday_text(at.astimezone().date())


def taken_back(steps: Iterable[Noted]) -> set[int]:
    """Return the rows that do not hold any more: those taken back and not repeated. *steps* is the whole journal."""
    gone: set[int] = set()
    for step in steps:
        if step.target is not None:
            (gone.add if step.kind == "undo" else gone.discard)(step.target)
    return gone


def is_found(step: Noted, words: Iterable[str]) -> bool:
    """Return whether each of *words*, in lower case, is somewhere in what is said of a step."""
    text = f"{what_words(step)} {step.who} {heading_text(step.at)} {kind_words(kind_of(step))}".casefold()
    text = text.replace(NO_BREAK, " ")
    return all(word in text for word in words)
