"""Glossary: which words of a text are explained, and which should be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from roadmapper.domain.agreement import Term
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan

_WORD = re.compile(r"[^\W_](?:[\w'’/&.+-]*[\w+])?")
_ACRONYM = re.compile(r"(?=(?:.*[A-Z]){2})[A-Z][A-Za-z0-9&/+-]{1,9}")
# Words that a marketing department uses itself, though they look like the engineers'.
_OWN = "cio cmo it hr ceo cfo kpi roi faq sms pdf tv dm pr ok eu uk us usa id q1 q2 q3 q4 vat b2b b2c"
# What IT people say without noticing; every one of them was a question in some meeting.
_THEIRS = """
    middleware backend frontend endpoint endpoints refactoring refactor deployment deploy schema latency caching cache
    microservice microservices container containers kubernetes docker webhook webhooks payload pipeline pipelines
    staging rollback migration migrations repository token tokens oauth idempotent throughput failover cluster
    sharding queue broker topic batch etl ingestion regression sprint backlog stub mock sandbox tenant provisioning
    orchestration federation namespace monolith legacy headless datastore lakehouse
"""
_KNOWN = frozenset(_OWN.split())
_JARGON = frozenset(_THEIRS.split())


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word that the CMO will read and nobody has explained: how often, and one of the texts it stands in."""

    word: str
    count: int
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where an explained term stands in a text."""

    start: int
    length: int
    term: Term


def places_in(terms: Iterable[Term], text: str) -> list[Place]:
    """Return where explained terms stand in *text* as whole words, in its order; of two that overlap, the longer."""
    found = [
        Place(match.start(), len(match.group()), term)
        for term in terms
        if term.meaning.strip() and not term.passed_over
        for match in _pattern(term.word).finditer(text)
    ]
    kept: list[Place] = []
    for place in sorted(found, key=lambda p: (-p.length, p.start, p.term.id)):
        if all(place.start >= k.start + k.length or k.start >= place.start + place.length for k in kept):
            kept.append(place)
    return sorted(kept, key=lambda p: p.start)


def uses_of(plan: Plan, word: str) -> list[str]:
    """Return the texts that the CMO reads and in which *word* stands as a whole word, each once."""
    pattern = _pattern(word)
    return list(dict.fromkeys(text for text in _read(plan) if pattern.search(text)))


def terms_in(plan: Plan, texts: Iterable[str]) -> list[Term]:
    """Return the explained terms that stand in *texts* as whole words, whatever their case, by first appearance."""
    text = "\n".join(texts)
    found = []
    for term in plan.terms.values():
        if term.meaning.strip() and not term.passed_over:
            place = _pattern(term.word).search(text)
            if place:
                found.append((place.start(), -len(term.word), term.id, term))
    return [term for *_, term in sorted(found, key=lambda f: f[:3])]


def texts_about(plan: Plan, project: EntityId) -> list[str]:
    """Return the texts of a project that the CMO reads."""
    found = [plan.projects[project].title, plan.projects[project].outcome]
    for increment in plan.increments_by_project.get(project, ()):
        found += [increment.title, increment.usable_outcome]
    found += (c.question for c in plan.checkpoints_by_project.get(project, ()))
    for item in plan.scope_by_project.get(project, ()):
        found += [item.title, item.outcome]
    return [text for text in found if text]


def suggestions(plan: Plan) -> list[Suggestion]:
    """Return the words that should be explained, the most frequent first: acronyms, and what engineers say."""
    explained = {part.casefold() for t in plan.terms.values() for part in (t.word, *_WORD.findall(t.word))}
    counts: Counter[str] = Counter()
    shown: dict[str, tuple[str, str]] = {}
    for text in _read(plan):
        for word in _WORD.findall(text):
            key = word.casefold()
            if key in explained or key in _KNOWN or key == plan.roadmap.currency.casefold():
                continue
            if key in _JARGON or _ACRONYM.fullmatch(word):
                counts[key] += 1
                shown.setdefault(key, (word, text))
    ordered = sorted(counts.items(), key=lambda c: (-c[1], c[0]))
    return [Suggestion(shown[key][0], count, shown[key][1]) for key, count in ordered]


def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word.strip())}(?!\w)", re.IGNORECASE)


def _read(plan: Plan) -> Iterator[str]:
    for project in plan.projects_in_order:
        yield from texts_about(plan, project.id)
    yield from (i.sentence for i in plan.investments.values() if i.sentence)
