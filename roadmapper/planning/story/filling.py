"""Filling: a paragraph with its placeholders replaced, and whether it was written for figures that have changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from roadmapper.domain.plan import Plan
from roadmapper.domain.story import Figure, Paragraph
from roadmapper.domain.wording import tr
from roadmapper.planning.story.figures import Current, figure_of

_PLACEHOLDER = re.compile(r"\{([^{}\n]{1,220})\}")


@dataclass(frozen=True, slots=True)
class Filled:
    """What is printed of a paragraph.

    *used* are its placeholders in the order in which they stand, *unknown* those that stand for nothing and are
    printed as they were typed, *stale* says of each figure that has changed since the text was confirmed what it was.
    """

    paragraph: Paragraph
    title: str
    text: str
    used: tuple[Current, ...]
    unknown: tuple[str, ...]
    stale: tuple[str, ...]


def filled(plan: Plan, paragraph: Paragraph) -> Filled:
    """Return *paragraph* with the figures of *plan* in it."""
    current: dict[str, Current] = {}
    unknown: dict[str, None] = {}
    for name in placeholders(paragraph):
        found = figure_of(plan, name)
        if found is None:
            unknown[name] = None
        else:
            current[name] = found

    def put(match: re.Match[str]) -> str:
        return current[match[1]].words if match[1] in current else match[0]

    return Filled(
        paragraph,
        _PLACEHOLDER.sub(put, paragraph.title),
        _PLACEHOLDER.sub(put, paragraph.text),
        tuple(current.values()),
        tuple(unknown),
        tuple(_changed(paragraph, current)),
    )


def confirmed(plan: Plan, paragraph: Paragraph) -> Paragraph:
    """Return *paragraph* as right for the figures of *plan*: from now on a change of one of them makes it stale."""
    used = filled(plan, paragraph).used
    return replace(paragraph, figures=tuple(Figure(c.name, c.value) for c in used))


def placeholders(paragraph: Paragraph) -> Iterator[str]:
    """Yield the names in braces, in the order in which they stand, each once."""
    names = (match[1] for text in (paragraph.title, paragraph.text) for match in _PLACEHOLDER.finditer(text))
    yield from dict.fromkeys(names)


def _changed(paragraph: Paragraph, current: dict[str, Current]) -> Iterator[str]:
    """Yield a sentence for each figure that is no longer what it was; a new placeholder has not been confirmed."""
    known = {figure.name: figure.value for figure in paragraph.figures}
    for name, now in current.items():
        if name not in known:
            yield tr("“{name}” was not there when the text was confirmed").format(name=name)
        elif known[name] != now.value:
            yield tr("“{name}” is {words} now and was another figure when the text was confirmed").format(
                name=name, words=now.words
            )
