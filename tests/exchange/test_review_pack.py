"""A review pack is answered in any browser, on its own, and only for the picture that it was made from."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from time import monotonic, sleep

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from typing_extensions import override

from roadmapper.domain import consult
from roadmapper.domain.agreement import Term
from roadmapper.domain.entity import TEXT_LENGTH, EntityId
from roadmapper.domain.increment import Status
from roadmapper.domain.measure import Measure, Reading
from roadmapper.domain.refusal import Refused
from roadmapper.exchange.pack_answer import Answer, check, conditions_in, decoded, read
from roadmapper.exchange.review_pack import Origin
from roadmapper.workspace.edits.checkpoints import delete_checkpoint
from roadmapper.workspace.edits.decisions import decide, mark_seen
from roadmapper.workspace.edits.increments import move_increments
from roadmapper.workspace.workspace import Workspace
from tests.domain.samples import day, increment, look
from tests.exchange.browsing import browser, complaints, needs_browser, requests
from tests.exchange.reviewing import CHECK, NOW, TODAY, answer_text, at_work, consulting_plan, origin_of, pack_of
from tests.storage.files import made_file

HOSTILE = "</script><script>document.title='run'</script><img src=x onerror=\"document.title='run'\">‮evil\"'&\n{{x}}"
ORIGIN = Origin("a" * 64, 3, "b" * 64)
COMMENT = "Guest opt-out must also stop the “paper” catalogue.\nAnd 100% of it > now, {x} www.example.org 😀  twice"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return made_file(tmp_path, consulting_plan())


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Chrome, Path]]:
    folder = tmp_path_factory.mktemp("browser")
    with browser(folder) as driver:
        yield driver, folder


def shown(chromium: tuple[Chrome, Path], page: str) -> Chrome:
    driver, folder = chromium
    file = folder / "pack.html"
    file.write_text(page, encoding="utf-8")
    driver.get(file.as_uri())
    return driver


def filled(driver: Chrome, answer: str, comment: str = "", name: str = "Ada Lovelace") -> str:
    """Fill in the form and return the text that it makes; empty where it makes none."""
    if answer:
        driver.find_element(By.CSS_SELECTOR, f"input[value='{answer}']").click()
    for field, words in (("comment", comment), ("who", name)):
        element = driver.find_element(By.ID, field)
        driver.execute_script("arguments[0].value = arguments[1]", element, words)
    driver.find_element(By.CSS_SELECTOR, "button[type=submit]").click()
    result = driver.find_element(By.ID, "result")
    return str(driver.find_element(By.ID, "text").get_property("value")) if result.is_displayed() else ""


def downloaded(folder: Path, name: str) -> bytes:
    until = monotonic() + 10
    while not (folder / name).exists() and monotonic() < until:
        sleep(0.05)
    return (folder / name).read_bytes()


def checked(work: Workspace, answer: Answer) -> tuple[consult.Decision, list[str]]:
    return check(answer, work.plan, work.hash_at, work.length, NOW)


def answered(work: Workspace, **other: object) -> Answer:
    return read(answer_text(origin_of(work), **other))


@needs_browser
def test_a_pack_is_answered_in_a_browser_and_its_answer_becomes_a_decision(
    chromium: tuple[Chrome, Path], path: Path
) -> None:
    with at_work(path) as work:
        work.run("Seen", mark_seen, "Ada", NOW, work.length)
        work.run("Move", move_increments, [EntityId("store")], 14)
        driver = shown(chromium, pack_of(work))
        body = driver.find_element(By.TAG_NAME, "main").text
        for words in (
            "Consent centre: go-live decision",
            "Marketing can use sign.",
            "Customers choose, on one page, what you may send",
            "the plug that lets the shop and the e-mail tool talk to it",
            "What changed since you last looked, 3 Mar 2027",
            "starts 2 weeks later",
            "39 %",
            "Shall the API go live?",
        ):
            assert words in body, words
        assert driver.find_elements(By.CSS_SELECTOR, "svg[role=img] polyline")
        text = filled(driver, "approve with changes", COMMENT)
        answer = read(text)
        assert (answer.comment, answer.name, answer.seen) == (COMMENT, "Ada Lovelace", work.length)
        assert read(decoded(downloaded(chromium[1], "answer-chk-1.json"))) == answer
        assert max(len(line) for line in text.splitlines()) < 60 and text.isascii()
        decision, notes = check(answer, work.plan, work.hash_at, work.length, datetime.now(UTC))
        assert not notes and decision.role == "reviewer"
        work.run("Decide", decide, decision, conditions_in(decision.comment), TODAY)
        assert work.plan.latest_decisions[CHECK].answer is consult.Answer.APPROVE_WITH_CHANGES
        assert sorted(c.text for c in work.plan.conditions.values()) == sorted(COMMENT.split("\n"))
    assert complaints(driver) == [] and requests(driver) == []


@needs_browser
def test_the_form_asks_for_what_is_missing_and_makes_no_answer_till_then(
    chromium: tuple[Chrome, Path], path: Path
) -> None:
    with at_work(path) as work:
        driver = shown(chromium, pack_of(work))
    for answer, comment, name, said in (
        ("", "", "Ada", "Choose an answer"),
        ("reject", " \n ", "Ada", "what should change, or why not"),
        ("approve with changes", "x" * 1001, "Ada", "1000 characters"),
        ("approve", "", "   ", "your name"),
    ):
        assert filled(driver, answer, comment, name) == ""
        assert said in driver.find_element(By.ID, "problem").text
    assert read(filled(driver, "approve", "", "Ada")).answer is consult.Answer.APPROVE
    driver.find_element(By.ID, "comment").send_keys("later")
    assert not driver.find_element(By.ID, "result").is_displayed(), "what was changed afterwards is not in the answer"


@needs_browser
def test_nothing_of_a_hostile_plan_runs_or_reaches_the_network(chromium: tuple[Chrome, Path], tmp_path: Path) -> None:
    long = ("long " * 40 + HOSTILE) * 30
    plan = consulting_plan(
        increment("bad", 3, 4, title=HOSTILE, usable_outcome=long[:1000], status=Status.DELIVERED),
        Term(EntityId("t2"), "evil", long[:1000]),
        Measure(EntityId("m3"), HOSTILE[:200], "<b>", 0, 1),
        Reading(EntityId("q1"), EntityId("m3"), day(0), -1e15),
        Reading(EntityId("q2"), EntityId("m3"), day(1), 1e15),
        look("chk-3", day(9), increment=EntityId("bad"), question=long[:1000]),
    )
    plan = plan.with_entities([replace(plan.roadmap, title=HOSTILE)])
    file = made_file(tmp_path, plan)
    with at_work(file) as work:
        driver = shown(chromium, pack_of(work, who=HOSTILE, checkpoint=EntityId("chk-3")))
        assert "onerror" in driver.find_element(By.TAG_NAME, "main").text
        assert len(driver.find_elements(By.TAG_NAME, "script")) == 1 and not driver.find_elements(By.TAG_NAME, "img")
        comment = (HOSTILE + "x" * TEXT_LENGTH)[:TEXT_LENGTH]
        answer = read(filled(driver, "reject", comment, "<b>Ada</b>"))
        assert (answer.comment, answer.name) == (comment, "<b>Ada</b>")
        assert driver.title != "run"
        assert driver.execute_script("return document.documentElement.scrollWidth <= window.innerWidth"), (
            "no text is wider than the page"
        )
    assert complaints(driver) == [] and requests(driver) == []


@needs_browser
def test_a_script_that_got_into_a_pack_all_the_same_would_not_run(chromium: tuple[Chrome, Path], path: Path) -> None:
    with at_work(path) as work:
        page = pack_of(work)
    bad = (
        "<script>document.title='run'</script><img src='http://127.0.0.1:9/x' onerror=\"document.title='run'\"></main>"
    )
    driver = shown(chromium, page.replace("</main>", bad))
    assert driver.title != "run"
    assert any("Content Security Policy" in words for words in complaints(driver))
    requests(driver)


def test_a_pack_names_no_address_and_escapes_every_text(tmp_path: Path) -> None:
    file = made_file(tmp_path, consulting_plan(increment("bad", 3, 4, title=HOSTILE, status=Status.DELIVERED)))
    with at_work(file) as work:
        page = pack_of(work)
        assert page == pack_of(work), "the same picture makes the same page"
    tags: list[tuple[str, list[str]]] = []

    class Tags(HTMLParser):
        @override
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.append((tag, [name for name, _ in attrs]))

    Tags().feed(page)
    names = {name for _, attributes in tags for name in attributes}
    assert not {n for n in names if n in ("src", "href", "action", "style", "srcset", "data") or n.startswith("on")}
    assert [tag for tag, _ in tags].count("script") == 1 and not {"img", "link", "iframe", "b"} & {t for t, _ in tags}
    assert not re.search(r"url\(|@import|https?:", page) and "&lt;/script&gt;" in page


def test_a_changed_picture_has_another_digest(path: Path) -> None:
    def digest(page: str) -> str:
        (found,) = re.findall(r'data-picture="([0-9a-f]{64})"', page)
        return str(found)

    with at_work(path) as work:
        work.run("Seen", mark_seen, "Ada", NOW, work.length)
        before = digest(pack_of(work))
        work.run("Move", move_increments, [EntityId("store")], 7)
        assert digest(pack_of(work)) != before


def as_it_is(text: str) -> str:
    return text


def crlf(text: str) -> str:
    return "\ufeff" + text.replace("\n", "\r\n")


def quoted(text: str) -> str:
    return "On Tuesday Ada wrote:\n" + "".join(f"> > {line}\n" for line in text.splitlines()) + "> -- \n> Ada {CMO}\n"


def wrapped(text: str) -> str:
    lines = (textwrap.wrap(line, 40, break_long_words=False, break_on_hyphens=False) for line in text.splitlines())
    return "Hello,\n\n" + "\n".join(part for line in lines for part in line) + "\n\nRegards"


def chopped(text: str) -> str:
    return "\n".join(part for line in text.splitlines() for part in textwrap.wrap(line, 30, drop_whitespace=False))


def on_one_line(text: str) -> str:
    return " ".join(text.split())


def beautified(text: str) -> str:
    return re.sub(r'"([^"]*)"', "“\\1”", text).replace("  ", "\u00a0 ")


def twice(text: str) -> str:
    return text + "\n\n-----Original message-----\n" + quoted(text)


@pytest.mark.parametrize("harm", [as_it_is, crlf, quoted, wrapped, on_one_line, beautified, twice])
def test_an_answer_is_read_out_of_whatever_a_mail_makes_of_it(harm: Callable[[str], str]) -> None:
    text = answer_text(ORIGIN, answer="approve with changes", comment=COMMENT)
    assert read(harm(text)).comment == COMMENT


def test_an_answer_whose_long_words_were_chopped_is_read_too() -> None:
    assert read(chopped(answer_text(ORIGIN))) == read(answer_text(ORIGIN))


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_an_answer_is_read_in_any_coding_a_text_program_saves(coding: str) -> None:
    text = "Grüße – Ada\n" + answer_text(ORIGIN, comment="Ja – größer.")
    assert read(decoded(text.encode(coding))).comment == "Ja – größer."


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: "", "There is no answer"),
        (lambda t: t.replace("roadmapper-answer", "other"), "There is no answer"),
        (lambda t: t[:-3], "There is no answer"),
        (lambda t: t + t.replace("Ada", "Bob").replace(read(t).name, "Bob"), "altered|more than one"),
        (lambda t: t.replace('"approve"', '"reject"'), "altered"),
        (lambda t: t.replace('"version": 1', '"version": 2'), "newer Roadmapper"),
        (lambda t: t.replace('"version": 1', '"version": true, "extra": "x"'), "altered"),
        (lambda t: t.replace('"seen": 3', '"seen": 3.0'), "altered"),
        (lambda t: t.replace('"seen": 3', '"seen": [[[3]]]'), "altered"),
        (lambda t: t.replace('"Ada"', "7"), "altered"),
        (lambda t: "x" * 2_000_001, "too long"),
        (lambda t: "{" * 100_000 + t[:-2], "There is no answer"),
    ],
)
def test_what_is_no_whole_answer_is_refused_in_a_sentence(change: Callable[[str], str], said: str) -> None:
    with pytest.raises(Refused, match=said) as refusal:
        read(change(answer_text(ORIGIN)))
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    "other",
    [
        {"roadmap": "A" * 64},
        {"head": "b" * 63},
        {"picture": ""},
        {"seen": 0},
        {"seen": 10**12},
        {"answer": "perhaps"},
        {"comment": "x" * 8001},
        {"comment": "bell \a"},
        {"name": "  "},
        {"name": "two\nlines"},
        {"name": "x" * 201},
        {"checkpoint": ""},
        {"checkpoint": "x" * 65},
        {"when": "2027-02-30T00:00:00Z"},
        {"when": "1027-02-03T00:00:00Z"},
        {"when": "2027-02-03 00:00"},
    ],
)
def test_a_value_that_no_form_makes_is_refused(other: dict[str, object]) -> None:
    with pytest.raises(Refused):
        read(answer_text(ORIGIN, **other))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
def test_any_comment_comes_back_as_it_was_written(comment: str) -> None:
    assert read(quoted(answer_text(ORIGIN, comment=comment))).comment == comment


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    for words in (text, answer_text(ORIGIN).replace("approve", text), '{"roadmapper-answer"' + text + "}"):
        try:
            read(words)
        except Refused:
            continue


def test_an_answer_to_another_roadmap_is_refused(path: Path, tmp_path: Path) -> None:
    other = made_file(tmp_path, consulting_plan(), "other.roadmap")
    with at_work(path) as work, at_work(other) as elsewhere, pytest.raises(Refused, match="another roadmap"):
        checked(elsewhere, answered(work))


def test_an_answer_to_a_picture_that_this_file_never_had_is_refused(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.roadmap"
    copy.write_bytes(path.read_bytes())
    with at_work(path) as work, at_work(copy) as elsewhere:
        work.run("Move", move_increments, [EntityId("store")], 7)
        elsewhere.run("Move", move_increments, [EntityId("store")], 14)
        for wrong in (answered(work), answered(elsewhere, seen=1), answered(elsewhere, seen=99)):
            with pytest.raises(Refused, match="another picture"):
                checked(elsewhere, wrong)
        assert checked(elsewhere, answered(elsewhere))


def test_an_answer_stays_good_when_the_plan_changes_and_says_so(path: Path) -> None:
    with at_work(path) as work:
        answer = answered(work)
        work.run("Move", move_increments, [EntityId("store")], 7)
        decision, notes = checked(work, answer)
        assert decision.seen == answer.seen == work.length - 1
        assert notes == ["The plan has been changed since: the decision is about the picture that was seen."]


def test_an_answer_to_a_checkpoint_that_is_gone_is_refused(path: Path) -> None:
    with at_work(path) as work:
        answer = answered(work)
        work.run("Delete", delete_checkpoint, CHECK)
        with pytest.raises(Refused, match="deleted since"):
            checked(work, answer)


def test_a_pack_is_answered_once(path: Path) -> None:
    with at_work(path) as work:
        answer, second = answered(work), answered(work, answer="reject", comment="No.", when="2027-03-03T08:00:00Z")
        decision, _ = checked(work, answer)
        work.run("Decide", decide, decision, [], TODAY)
        for again in (answer, second):
            with pytest.raises(Refused, match="answered by Ada already"):
                checked(work, again)


def test_an_answer_does_not_overrule_a_later_one(path: Path) -> None:
    with at_work(path) as work:
        answer = answered(work)
        later = consult.Decision(EntityId("d"), CHECK, consult.Answer.APPROVE, "Bob", NOW - timedelta(1), work.length)
        work.run("Decide", decide, replace(later, when=NOW - timedelta(hours=1)), [], TODAY)
        with pytest.raises(Refused, match="Bob answered this checkpoint"):
            checked(work, answer)


def test_a_clock_that_is_ahead_counts_as_now(path: Path) -> None:
    with at_work(path) as work:
        assert checked(work, answered(work, when="2199-01-01T00:00:00Z"))[0].when == NOW
