"""Tampering: whatever was changed behind the program's back, `check` names the row, when it was written and by whom."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from roadmapper.cli.commands import run
from roadmapper.domain.entity import EntityId
from roadmapper.storage.plan_repository import PlanRepository
from roadmapper.storage.roadmap_file import create, open_file
from roadmapper.workspace.edits.roadmaps import put_all
from roadmapper.workspace.session import Session
from roadmapper.workspace.workspace import Workspace
from tests.domain.samples import full_plan
from tests.storage.files import behind_the_guards, raw
from tests.ui.stage import RESOURCES, TODAY


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with five journal rows: Ann made it, Ben renamed a team in row 2, and so on."""
    path = tmp_path / "plan.roadmap"
    create(path, full_plan(), "New roadmap", "Ann")
    for n, who in enumerate(("Ben", "Cem", "Dia", "Eva"), 2):
        file = open_file(path, who, tmp_path / "backups")
        team = replace(file.plan.teams[EntityId("team" if n == 2 else "nobody")], title=f"Team of {who}")
        Workspace(file.plan, file.repository).run(f"Rename {n}", put_all, [team])
        file.close()
    return path


def checked(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    session = Session("me", RESOURCES, path.parent / "data", lambda: TODAY)
    before = path.read_bytes()
    status = run(["check", str(path)], session)
    assert path.read_bytes() == before
    said = capsys.readouterr()
    return status, said.out + said.err


TODAY_UTC = f"{datetime.now(UTC):%Y-%m-%d} "
TAMPERED = {
    "the label of a row": (
        "UPDATE journal SET label = 'Nothing' WHERE seq = 3",
        r"row 3 of its journal, of DAY.* UTC by Cem, was changed after it was written",
    ),
    "the author of a row": (
        "UPDATE journal SET who = 'Mallory' WHERE seq = 4",
        r"row 4 of its journal, of DAY.* UTC by Mallory, was changed after it was written",
    ),
    "a row in the middle is gone": (
        "DELETE FROM journal WHERE seq = 3",
        r"row 3 of its journal is gone; the next is row 4, of DAY.* UTC by Dia",
    ),
    "the first row is gone": (
        "DELETE FROM journal WHERE seq = 1",
        r"row 1 of its journal is gone; the next is row 2, of DAY.* UTC by Ben",
    ),
    "a row made whole again for itself": (
        "UPDATE journal SET previous = '0' WHERE seq = 4",
        r"row 4 of its journal, of DAY.* UTC by Dia, was changed after it was written",
    ),
    "a decision": (
        "UPDATE decisions SET answer = 'approve'",
        r"“answer” of the row “d” of decisions is not what was written in journal row 1, of DAY.* UTC by Ann",
    ),
    "who decided": (
        "UPDATE decisions SET who = 'CEO'",
        r"“who” of the row “d” of decisions is not what was written in journal row 1, of DAY.* UTC by Ann",
    ),
    "a decision is gone": (
        "DELETE FROM decisions",
        r"the row “d” of decisions, written in journal row 1, of DAY.* UTC by Ann, is gone",
    ),
    "a title": (
        "UPDATE teams SET title = 'Other' WHERE id = 'team'",
        r"“title” of the row “team” of teams is not what was written in journal row 2, of DAY.* UTC by Ben",
    ),
    "a row that nobody wrote": (
        "INSERT INTO teams (id, title) VALUES ('new', 'New')",
        r"nobody wrote the row “new” of teams",
    ),
    "two rows": (
        "UPDATE teams SET people = 99",
        r"“people” of the row “\w+” of teams is not what was written.*, and 1 more row",
    ),
    "the newest rows are gone, the content is not": (
        "DELETE FROM journal WHERE seq > 3",
        r"“title” of the row “nobody” of teams is not what was written in journal row 3, of DAY.* UTC by Cem",
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_tampered_with_is_named_with_its_row_its_day_and_its_author(
    path: Path, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    assert checked(path, capsys)[0] == 0
    statement, words = TAMPERED[what]
    behind_the_guards(path, statement)
    status, said = checked(path, capsys)
    assert status == 1
    assert re.search(words.replace("DAY", TODAY_UTC), said), said
    assert said.count("\n") == 1


def test_newest_rows_taken_off_with_what_they_wrote_are_seen_by_the_head_alone(
    path: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with_all = open_file(path, "me", tmp_path / "backups", read_only=True)
    printed = with_all.repository.head
    with_all.close()
    behind_the_guards(
        path, "DELETE FROM journal WHERE seq > 4", "UPDATE teams SET title = 'Team of Dia' WHERE id = 'nobody'"
    )
    assert checked(path, capsys)[0] == 0  # a chain cannot know of rows that never were: what was printed can
    file = open_file(path, "me", tmp_path / "backups", read_only=True)
    assert file.repository.head != printed
    file.close()


def test_the_guards_of_the_file_itself_refuse_an_honest_mistake(path: Path) -> None:
    for statement in ("UPDATE decisions SET who = 'CEO'", "DELETE FROM decisions", "DELETE FROM journal"):
        with pytest.raises(Exception, match="only followed, never changed"):
            raw(path, statement)


def test_without_the_digest_a_changed_decision_would_be_shown(
    path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    behind_the_guards(path, "UPDATE decisions SET answer = 'approve'")
    monkeypatch.setattr("roadmapper.storage.plan_repository._digest", lambda stored: _head_of(path))
    file = open_file(path, "me", tmp_path / "backups", read_only=True)
    assert [str(d.answer) for d in file.plan.decisions.values()] == ["approve"]
    file.repository.verify()  # the chain alone does not see it
    file.close()
    assert isinstance(file.repository, PlanRepository)


def _head_of(path: Path) -> int:
    ((content,),) = raw(path, "SELECT content FROM journal ORDER BY seq DESC LIMIT 1")
    return int(str(content), 16)
