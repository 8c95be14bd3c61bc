"""What the tests on screen share: a real window on a real file, in the colours of the program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from roadmapper.domain.role import Role
from roadmapper.ui import file_deeds
from roadmapper.ui.dialogs.rescue_dialog import RescueDialog
from roadmapper.ui.theme import Theme
from tests.ui.consulting import Consulting, consulting, consults_plan
from tests.ui.stage import Stage, dressed, made, stage_at


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    """The theme, put on once."""
    return dressed(qapp)


@pytest.fixture
def empty_stage(theme: Theme, tmp_path: Path) -> Iterator[Stage]:
    """A window without a file."""
    with stage_at(tmp_path, theme) as stage:
        yield stage


@pytest.fixture
def stage(empty_stage: Stage) -> Stage:
    """A window on a roadmap with three lanes."""
    return made(empty_stage).begin()


@pytest.fixture
def ada(empty_stage: Stage) -> Consulting:
    """Ada, the CMO, at the page."""
    return consulting(empty_stage, plan=consults_plan())


@pytest.fixture
def planner(empty_stage: Stage) -> Consulting:
    """Ada as a planner."""
    return consulting(empty_stage, Role.PLANNER, consults_plan())


@pytest.fixture(autouse=True)
def nobody_rescues(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let whoever is asked about a damaged file leave it as it is, unless a test says otherwise."""
    monkeypatch.setattr(RescueDialog, "exec", lambda dialog: 0)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the backup after opening be made at once: nobody looks at a screen here."""
    monkeypatch.setattr(file_deeds, "MOMENT_MS", 0)
