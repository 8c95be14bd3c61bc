"""Filling: a paragraph with its placeholders replaced, and whether it was written for figures that have changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from roadmapper.domain.plan import Plan
from roadmapper.domain.story import Figure, Paragraph
from roadmapper.domain.wording import tr
from roadmapper.planning.story.figures import Current, figure_of
from roadmapper.planning.story.saying import value_words

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


def filled(plan: Plan, paragraph: Paragraph, read: dict[str, Current | None] | None = None) -> Filled:
    """Return *paragraph* with the figures of *plan* in it.

    *read* keeps what was read for one paragraph for the others of the same plan: a figure may be a sum over all of it.
    """
    read = {} if read is None else read
    current: dict[str, Current] = {}
    unknown: dict[str, None] = {}
    for name in placeholders(paragraph):
        if name not in read:
            read[name] = figure_of(plan, name)
        found = read[name]
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
        tuple(_changed(plan, paragraph, current)),
    )


def confirmed(plan: Plan, paragraph: Paragraph) -> Paragraph:
    """Return *paragraph* as right for the figures of *plan*: from now on a change of one of them makes it stale."""
    used = filled(plan, paragraph).used
    return replace(paragraph, figures=tuple(Figure(c.name, c.value) for c in used))


def placeholders(paragraph: Paragraph) -> Iterator[str]:
    """Yield the names in braces, in the order in which they stand, each once."""
    names = (match[1] for text in (paragraph.title, paragraph.text) for match in _PLACEHOLDER.finditer(text))
    yield from dict.fromkeys(names)


def parts_of(plan: Plan, text: str) -> Iterator[tuple[str, bool]]:
    """Yield *text* in parts as it is printed, each with whether it is a figure of *plan*."""
    done = 0
    for match in _PLACEHOLDER.finditer(text):
        found = figure_of(plan, match[1])
        if found is not None:
            yield text[done : match.start()], False
            yield found.words, True
            done = match.end()
    yield text[done:], False


def stale_count(plan: Plan) -> int:
    """Return how many paragraphs were written for other figures."""
    read: dict[str, Current | None] = {}
    return sum(bool(filled(plan, paragraph, read).stale) for paragraph in plan.paragraphs.values())


def _changed(plan: Plan, paragraph: Paragraph, current: dict[str, Current]) -> Iterator[str]:
    """Yield a sentence for each figure that reads otherwise than it did; a new placeholder has not been confirmed.

    A figure that changed by less than what is printed of it, such as a few euros of 6.4 million, is still the same.
    """
    known = {figure.name: figure.value for figure in paragraph.figures}
    for name, now in current.items():
        if name not in known:
            yield tr("“{name}” was not there when the text was confirmed").format(name=name)
        elif known[name] != now.value:
            was = value_words(plan, name, known[name])
            if was != now.words:
                yield tr("“{name}” was {was} when the text was confirmed, is {now} now").format(
                    name=name, was=was, now=now.words
                )
