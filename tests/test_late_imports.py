"""Imports that are put off until they are needed keep the rooms' order too: import-linter cannot see them."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
LAYERS = next(
    contract["layers"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    if contract["type"] == "layers"
)
PLACE = {room.strip(): place for place, layer in enumerate(LAYERS) for room in layer.split("|")}
# Each with its reason: what it costs at the start, or what the machine may lack.
DOORS = {"app", "desk", "cli", "ui", "storage", "planning", "reports"}
WITH_QT = {("cli", "roadmapper.reports.output")}


def late_imports() -> Iterator[tuple[Path, str]]:
    """Yield every file with each module that it names to import_module."""
    for path in sorted((ROOT / "roadmapper").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "import_module":
                (argument,) = node.args
                assert isinstance(argument, ast.Constant), f"{path}: the name of the module must stand there in full"
                yield path, str(argument.value)


def room_of(module: str) -> str:
    return module.split(".")[1]


def room_in(path: Path) -> str:
    return path.relative_to(ROOT / "roadmapper").parts[0].removesuffix(".py")


def test_a_late_import_leads_to_the_left_or_stays_in_its_room() -> None:
    found = list(late_imports())
    assert found
    for path, module in found:
        if module.startswith("roadmapper."):
            room, other = room_in(path), room_of(module)
            assert PLACE[other] > PLACE[room] or other == room, f"{path} imports {module}"


def test_late_imports_stand_only_at_the_doors() -> None:
    assert {room_in(path) for path, _ in late_imports()} <= DOORS


def test_only_the_printing_command_reaches_qt_from_a_room_without_it() -> None:
    without = {"domain", "planning", "workspace", "storage", "exchange", "machine", "cli"}
    reached = {
        (room_in(path), module)
        for path, module in late_imports()
        if room_in(path) in without and module.startswith(("roadmapper.ui", "roadmapper.reports", "PySide6"))
    }
    assert reached == WITH_QT


def test_every_module_named_late_is_there() -> None:
    for path, module in late_imports():
        if module.startswith("roadmapper."):
            place = ROOT.joinpath(*module.split("."))
            assert place.with_suffix(".py").exists() or place.is_dir(), f"{path} names {module}"
