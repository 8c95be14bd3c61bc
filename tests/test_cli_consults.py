"""Consults without a screen: listed, decided on, handed out, read in again, put into a calendar."""

from __future__ import annotations

import io
import re
import sys
from datetime import date
from pathlib import Path

import pytest

from roadmapper.cli.commands import run
from roadmapper.domain.entity import EntityId
from roadmapper.domain.role import Role
from roadmapper.workspace.edits.increments import move_increments
from roadmapper.workspace.session import Session
from tests.domain.samples import day, look
from tests.exchange.reviewing import answer_text, at_work, consulting_plan, origin_of
from tests.storage.files import made_file
from tests.stories.command_line import ROOT, CommandLine

GO_LIVE = "Consent centre: go-live decision"


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    made_file(tmp_path, consulting_plan())
    return CommandLine(tmp_path, capsys)


def test_consults_are_listed_by_what_they_wait_for(line: CommandLine) -> None:
    said = line.good("consults", "FILE").replace("\u00a0", " ").splitlines()
    assert said[0] == "Due (1)" and said[2] == "Coming (1)"
    assert said[1] == f"  2 Mar 2027 · {GO_LIVE} · Shop · 1 day late (chk-1)"
    assert said[3] == "  15 Mar 2027 · Store data joined: mid-way look · Shop · in 12 days (chk-2)"
    assert said[4].startswith("Longest stretch without a consult: 8 weeks 1 day.")
    assert "chk-2" not in line.good("consults", "FILE", "--due")


def test_the_json_of_consults_has_the_documented_shape(line: CommandLine) -> None:
    line.good("decide", "FILE", "chk-1", "approve-with-changes", "--by", "Ada", "--comment", "Guests too.\n\nBy May.")
    told = line.json("consults", "FILE", "--json")
    assert told.keys() == {"today", "longest_silence_days", "silence_limit_days", "consults"}
    assert (told["today"], told["longest_silence_days"], told["silence_limit_days"]) == ("2027-03-03", 57, 42)
    coming, answered = told["consults"]
    assert (coming["id"], coming["state"], coming["days_late"], coming["decision"]) == ("chk-2", "coming", -12, None)
    decision = answered.pop("decision")
    assert sorted(c.pop("text") for c in answered["conditions"]) == ["By May.", "Guests too."]
    assert [sorted(c) for c in answered.pop("conditions")] == [["done", "id", "owner"]] * 2
    assert answered == {
        "id": "chk-1",
        "title": GO_LIVE,
        "date": "2027-03-02",
        "kind": "go-live decision",
        "state": "answered",
        "days_late": 1,
        "project": {"id": "p", "title": "Shop"},
        "increment": {"id": "consent", "title": "Consent centre"},
        "question": "Shall the API go live?",
        "by_rule": False,
    }
    assert decision.pop("when").endswith("+00:00")
    assert decision == {
        "answer": "approve with changes",
        "comment": "Guests too.\n\nBy May.",
        "who": "Ada",
        "role": "reviewer, told to planner",
        "seen": 1,
    }
    assert line.json("consults", "FILE", "--due", "--json")["consults"] == []


def test_a_decision_says_what_follows_from_it(line: CommandLine) -> None:
    said = line.good(
        "decide", "FILE", "consent go-live", "reject", "--by", "Ada", "--comment", "Two forms are one too many."
    )
    recorded = f"Recorded: {GO_LIVE} · Rejected · Ada, reviewer, told to planner"
    assert said.splitlines() == [recorded, "  Held: Consent centre"]
    said = line.good("decide", "FILE", GO_LIVE, "approve-with-changes", "--by", "Ada", "--comment", "Guests too.")
    assert said.splitlines()[1:] == ["  Goes on: Consent centre", "  To be done: Guests too."]
    line.refused("undo", "FILE")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("consent", "reject", "--by", "Ada"), "Say why not"),
        (("consent", "approve-with-changes", "--by", "Ada", "--comment", " \n"), "Say which changes"),
        (("shop", "approve", "--by", "Ada"), "“shop” is ambiguous; it could be “Consent centre: go-live decision”"),
        (("", "approve", "--by", "Ada"), "There is no checkpoint “”"),
        (("nothing", "approve", "--by", "Ada"), "There is no checkpoint “nothing”; there are:"),
        (("consent", "approve", "--by", " "), "The name of who decided is empty"),
        (("consent", "approve", "--by", "Ada", "--comment", "\x1b[2J"), "control characters"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(line: CommandLine, words: tuple[str, ...], said: str) -> None:
    assert said in line.refused("decide", "FILE", *words)


@pytest.mark.parametrize(
    "words",
    [
        ("decide", "FILE", "consent", "maybe", "--by", "Ada"),
        ("decide", "FILE", "consent", "approve"),
        ("decide", "FILE", "approve", "--by", "Ada"),
        ("pack", "FILE", "consent"),
        ("answer", "FILE"),
        ("export", "FILE"),
        ("consults", "FILE", "--late"),
    ],
)
def test_wrong_usage_ends_with_two(line: CommandLine, words: tuple[str, ...]) -> None:
    line.refused(*words, code=2)


def test_a_checkpoint_without_an_increment_goes_by_its_project(line: CommandLine, tmp_path: Path) -> None:
    line.file.unlink()
    made_file(tmp_path, consulting_plan(look("chk-3", day(0))))
    assert "Shop: mid-way look · Approved" in line.good(
        "decide", "FILE", "Shop: mid-way look", "approve", "--by", "Ada"
    )


def test_a_pack_goes_out_and_its_answer_comes_back_once(line: CommandLine, tmp_path: Path) -> None:
    page = tmp_path / "review.html"
    before = line.file.read_bytes()
    assert str(page) in line.good("pack", "FILE", "consent", "-o", page)
    assert line.file.read_bytes() == before and "Shall the API go live?" in page.read_text(encoding="utf-8")
    with at_work(line.file) as work:
        reply = tmp_path / "reply.eml"
        text = answer_text(origin_of(work), answer="approve with changes", comment="Guests too.")
        reply.write_bytes(("> " + text.replace("\n", "\n> ")).replace("\n", "\r\n").encode())
        work.run("Move", move_increments, [EntityId("store")], 7)
    said = line.good("answer", "FILE", reply).splitlines()
    assert said == [
        "The plan has been changed since: the decision is about the picture that was seen.",
        f"Recorded: {GO_LIVE} · Approved with changes · Ada, reviewer",
        "  To be done: Guests too.",
    ]
    assert line.json("consults", "FILE", "--json")["consults"][1]["decision"]["seen"] == 1
    assert "answered by Ada already" in line.refused("answer", "FILE", reply)


def test_an_answer_comes_through_a_pipe(line: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    with at_work(line.file) as work:
        text = answer_text(origin_of(work))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode("utf-16"))))
    assert f"Recorded: {GO_LIVE} · Approved · Ada" in line.good("answer", "FILE", "-")


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\x00", b"Dear all, I approve.", b"{" * 5000])
def test_what_is_no_answer_changes_nothing(line: CommandLine, tmp_path: Path, content: bytes | None) -> None:
    reply = tmp_path / "reply.json"
    if content is not None:
        reply.write_bytes(content)
    assert line.refused("answer", "FILE", reply)


def test_a_reader_of_a_pack_sees_what_changed_since(line: CommandLine, tmp_path: Path) -> None:
    line.good("decide", "FILE", "chk-2", "approve", "--by", "Ada")
    with at_work(line.file) as work:
        work.run("Move", move_increments, [EntityId("store")], 7)
    page = tmp_path / "review.html"
    for words, seen in (((), True), (("--reader", "ADA"), True), (("--reader", "Bob"), False)):
        line.good("pack", "FILE", "chk-1", "-o", page, *words)
        assert ("starts 1 week later" in page.read_text(encoding="utf-8")) is seen
        assert ("You have not looked before" in page.read_text(encoding="utf-8")) is not seen


def test_the_calendar_follows_the_file(line: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "consults.ics"
    assert "2 entries" in line.good("export", "FILE", "-o", out)
    first = out.read_bytes()
    assert first.count(b"BEGIN:VEVENT") == 2 and b"SEQUENCE:1\r\n" in first
    line.good("decide", "FILE", "consent", "approve", "--by", "Ada")
    assert "1 entry" in line.good("export", "FILE", "-o", out)
    assert b"SEQUENCE:2\r\n" in out.read_bytes()
    assert "1 entry" in line.good("export", "FILE", "-o", out, "--checkpoint", "consent")


def test_neither_page_nor_calendar_takes_the_place_of_a_roadmap(line: CommandLine, tmp_path: Path) -> None:
    for words in (("pack", "FILE", "consent"), ("export", "FILE")):
        assert "is a roadmap" in line.refused(*words, "-o", line.file)
        assert "could not be written" in line.refused(*words, "-o", tmp_path / "nowhere" / "out")
    assert {p.name for p in tmp_path.iterdir()} <= {"plan.roadmap", "data"}


@pytest.mark.parametrize(("role", "code"), [(Role.REVIEWER, 0), (Role.MANAGER, 1), (Role.BROKER, 1)])
def test_only_who_plans_or_reviews_decides(
    line: CommandLine, tmp_path: Path, capsys: pytest.CaptureFixture[str], role: Role, code: int
) -> None:
    session = Session("Ada", ROOT / "resources", tmp_path / "data", lambda: date(2027, 3, 3), role=role)
    words = ["decide", str(line.file), "consent", "reject", "--by", "Ada", "--comment", "No."]
    assert run(words, session) == code
    said = capsys.readouterr()
    assert not code or (said.out == "" and f"You work as the {role}: only the reviewer answers" in said.err)
    told = line.json("consults", "FILE", "--json")["consults"][-1]["decision"]
    assert code or told["role"] == "reviewer"  # in person: their own name


def test_who_does_not_plan_is_refused_before_anything_is_told_as_done(
    line: CommandLine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "projects.csv"
    table.write_text("title,start,end\nNew,2027-03-01,2027-06-01\n", encoding="utf-8")
    session = Session("Ada", ROOT / "resources", tmp_path / "data", lambda: date(2027, 3, 3), role=Role.REVIEWER)
    assert run(["import", str(line.file), "--projects", str(table)], session) == 1
    assert run(["split", str(line.file), "Shop"], session) == 1
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("You work as the reviewer: only a planner changes the plan.") == 2


def test_a_pack_says_what_a_reject_holds_and_what_an_approval_means(line: CommandLine, tmp_path: Path) -> None:
    page = tmp_path / "review.html"
    line.good("pack", "FILE", "chk-1", "-o", page)
    text = re.sub("<[^>]*>", "", page.read_text(encoding="utf-8"))
    assert "Go live as planned" in text and "Go live, and do this too" in text
    assert "Reject: Holds 1 increment until you decide anew: “Consent centre”." in text
    line.good("pack", "FILE", "chk-2", "-o", page)
    assert "Go on as planned" in page.read_text(encoding="utf-8")
