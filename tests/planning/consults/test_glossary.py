"""Words are explained where they stand, and those that need it are found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from roadmapper.domain.agreement import Term
from roadmapper.domain.entity import EntityId
from roadmapper.planning.consults.glossary import places_in, suggestions, terms_in, texts_about, uses_of
from tests.domain.samples import PROJECT, day, increment, item, look, plan_of


def term(word: str, meaning: str = "Something plain.", *, passed_over: bool = False) -> Term:
    return Term(EntityId(f"t-{word.casefold()}"), word, meaning, passed_over)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The API of the shop", ["API"]),
        ("the api.", ["API"]),
        ("Therapist and capital", []),
        ("APIs are not the word", []),
        ("Single sign-on through the API", ["single sign-on", "API"]),
        ("API-first", ["API"]),
    ],
)
def test_a_term_is_found_as_a_whole_word_whatever_its_case(text: str, found: list[str]) -> None:
    plan = plan_of(term("API"), term("single sign-on"), term("SSO", ""), term("shop", passed_over=True))
    assert [t.word for t in terms_in(plan, [text])] == found


def test_a_word_with_signs_of_its_own_is_found() -> None:
    plan = plan_of(term("C++"), term("A/B test"))
    assert [t.word for t in terms_in(plan, ["An A/B test of C++ (both)"])] == ["A/B test", "C++"]


def test_what_nobody_has_explained_is_suggested_the_most_frequent_first() -> None:
    plan = plan_of(
        replace(increment("a", 0, 4), title="CRM and OAuth2", usable_outcome="The CRM knows them."),
        replace(item("s"), title="Middleware for the ERP", outcome="Sold in EUR, says the CMO."),
        look("k", day(2), question="Does the CRM help, via SMS?"),
        term("ERP"),
        term("OAuth2", "", passed_over=True),
    )
    assert [(s.word, s.count) for s in suggestions(plan)] == [("CRM", 3), ("Middleware", 1)]
    assert suggestions(plan)[1].text == "Middleware for the ERP"


def test_the_texts_of_a_project_are_those_that_the_cmo_reads() -> None:
    plan = plan_of(increment("a", 0, 4), item("s"), look("k", day(2), question="Well?"))
    assert texts_about(plan, PROJECT.id) == ["Shop", "Title a", "Marketing can use a.", "Well?", "Item s"]


def test_of_two_terms_that_overlap_the_longer_is_explained_wherever_it_stands() -> None:
    terms = [term("API"), term("API key"), term("key", ""), term("shop", passed_over=True)]
    text = "An API key for the api of the shop, a key"
    found = [(text[p.start : p.start + p.length], p.term.word) for p in places_in(terms, text)]
    assert found == [("API key", "API key"), ("api", "API")]


def test_where_a_term_is_used_is_told_once_for_each_text() -> None:
    plan = plan_of(
        replace(increment("a", 0, 4), title="The API", usable_outcome="The API"),
        look("k", day(2), question="Is the api enough? An API!"),
        replace(item("s"), title="Capital"),
    )
    assert uses_of(plan, " API ") == ["The API", "Is the api enough? An API!"]
    assert uses_of(plan, "(x") == []
