"""Rights: what whoever works here may change on this page; the workspace refuses the rest anyway."""

from __future__ import annotations

from roadmapper.domain.role import WRITES
from roadmapper.ui.editor import Editor


def may_write(editor: Editor, table: str) -> bool:
    """Return whether a roadmap is open and whoever works here may change this table of it."""
    writes = WRITES[editor.role]
    return editor.editable and (writes is None or table in writes)
