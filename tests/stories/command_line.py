"""The command line as a user has it: words in, words and an exit code out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from roadmapper.cli.commands import run
from roadmapper.workspace.session import Session

ROOT = Path(__file__).parents[2]
FDA = ROOT.parent / "shared" / "data" / "fda-2013"
needs_fda = pytest.mark.skipif(not FDA.is_dir(), reason="the FDA portfolio is not in ../shared/data/fda-2013")


@dataclass(frozen=True)
class Answer:
    """What the program said."""

    code: int
    out: str
    err: str


class CommandLine:
    """Runs commands in one folder."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.file = folder / "plan.roadmap"
        self._capture = capture
        self._session = Session("planner", ROOT / "resources", folder / "data", lambda: date(2027, 3, 3))

    def __call__(self, *words: str | Path) -> Answer:
        """Run a command whatever comes of it; *FILE* stands for the roadmap."""
        arguments: Sequence[str] = [str(self.file) if w == "FILE" else str(w) for w in words]
        self._capture.readouterr()
        try:
            code = run(list(arguments), self._session)
        except SystemExit as end:
            code = int(end.code or 0)
        said = self._capture.readouterr()
        assert "Traceback" not in said.out + said.err
        if code:
            assert said.err.strip().count("\n") == 0 and said.err.strip(), said.err
        return Answer(code, said.out, said.err)

    def good(self, *words: str | Path) -> str:
        """Run a command that works and return what it says."""
        answer = self(*words)
        assert (answer.code, answer.err) == (0, ""), answer
        return answer.out

    def noted(self, *words: str | Path) -> str:
        """Run a command after which a silence is longer than agreed, see that this is noted, return what it says."""
        answer = self(*words)
        assert answer.code == 0 and "without a consult" in answer.err and answer.err.count("\n") == 1, answer
        return answer.out

    def json(self, *words: str | Path) -> Any:
        """Run a command and return the JSON it says."""
        return json.loads(self.good(*words))

    def refused(self, *words: str | Path, code: int = 1) -> str:
        """Run a command that is refused, see that no byte of the file changes, and return the sentence."""
        before = self.file.read_bytes() if self.file.exists() else None
        answer = self(*words)
        assert answer.code == code, answer
        assert (self.file.read_bytes() if self.file.exists() else None) == before
        assert not list(self.folder.glob(".plan*"))
        return answer.err

    def imported(self) -> str:
        """Make a roadmap of the FDA portfolio."""
        self.good("new", "FILE", "--title", "FDA IT", "--start", "2009-10-01", "--months", "60", "--currency", "USD")
        return self.noted("import", "FILE", "--projects", FDA / "projects.csv", "--activities", FDA / "activities.csv")
