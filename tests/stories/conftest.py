"""What the stories share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stories.command_line import CommandLine


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """The command line in an empty folder."""
    return CommandLine(tmp_path, capsys)
