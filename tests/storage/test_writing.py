"""A file of another format is written whole or not at all, and never in place of a roadmap."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from roadmapper.domain.entity import EntityId
from roadmapper.domain.refusal import Refused
from roadmapper.storage.writing import write_whole
from roadmapper.workspace.edits.increments import move_increments
from roadmapper.workspace.waiting import Waiting
from roadmapper.workspace.workspace import Workspace
from tests.domain.samples import increment, plan_of
from tests.storage.files import made_file, opened, raw


def test_a_written_file_is_there_whole_for_everybody_and_alone(tmp_path: Path) -> None:
    path = tmp_path / ("ü" * 80 + ".html")
    for data in (b"one" * 1000, b"two"):
        write_whole(path, data)
        assert path.read_bytes() == data and list(tmp_path.iterdir()) == [path]
    mask = os.umask(0)
    os.umask(mask)
    assert path.stat().st_mode & 0o777 == 0o666 & ~mask


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    roadmap = made_file(tmp_path, plan_of())
    folder, file = tmp_path / "folder", tmp_path / "file"
    folder.mkdir()
    file.write_bytes(b"old")
    for path in (roadmap, folder, file / "below", tmp_path / "nowhere" / "x", tmp_path / ("x" * 300)):
        with pytest.raises(Refused) as refusal:
            write_whole(path, b"new")
        assert str(path) in str(refusal.value)
    assert file.read_bytes() == b"old" and roadmap.read_bytes().startswith(b"SQLite")
    assert {p.name for p in tmp_path.iterdir()} == {"folder", "file", roadmap.name}


def test_the_hash_of_a_row_is_told_once_it_is_written(tmp_path: Path) -> None:
    path = made_file(tmp_path, plan_of(increment("a", 0, 4)))
    with opened(path) as file:
        work = Workspace(file.plan, Waiting(file.repository))
        work.run("Move", move_increments, [EntityId("a")], 7)
        told = [work.hash_at(n) for n in range(4)]
        assert told[2] == file.repository.head
    assert told == [None, *(row[0] for row in raw(path, "SELECT hash FROM journal ORDER BY seq")), None]
