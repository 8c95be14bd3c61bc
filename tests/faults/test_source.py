"""The source itself: what would let harm in, or bring dates off by one, is not written anywhere."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = [ROOT / "main.py", *sorted((ROOT / "roadmapper").rglob("*.py"))]
FOREIGN = {"pickle", "marshal", "shelve", "dill", "jsonpickle"}
UNSAFE = {"QDataStream", "restoreState", "setHtml", "insertHtml", "appendHtml", "RichText", "AutoText", "QErrorMessage"}
SQL = {"text", "exec_driver_sql", "execute", "executemany", "executescript"}
OWN_WORDS = {"engine.py": "PRAGMA", "salvage.py": "self._query + order"}
"""Files that put together words of our own, names of our schema and constants: never a text of anybody else's."""


def called(node: ast.Call) -> str:
    """Return the last name of what is called."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def put_together(node: ast.expr) -> bool:
    """Return whether a text is put together here: an f-string with something in it, ``+``, ``%`` or ``format``."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Add | ast.Mod)
    return isinstance(node, ast.Call) and called(node) == "format"


def imports(tree: ast.AST, path: Path) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import) and {a.name.split(".")[0] for a in node.names} & FOREIGN:
            yield node.lineno
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in FOREIGN:
            yield node.lineno


def run_texts(tree: ast.AST, path: Path) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            bare = isinstance(node.func, ast.Name) and node.func.id in ("eval", "exec", "compile", "__import__")
            shell = any(k.arg == "shell" and not _is(k.value, False) for k in node.keywords)
            system = isinstance(node.func, ast.Attribute) and ast.unparse(node.func) in ("os.system", "os.popen")
            if bare or shell or system:
                yield node.lineno


def _is(node: ast.expr, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value


def rich_text(tree: ast.AST, path: Path) -> Iterator[int]:
    for node in ast.walk(tree):
        name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
        if name in UNSAFE:
            yield node.lineno  # type: ignore[attr-defined]


def bare_labels(tree: ast.AST, path: Path) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in ("QLabel", "QMessageBox") and path.name != "labels.py":
            yield node.lineno


def sql(tree: ast.AST, path: Path) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "flow.text":
            continue  # a paragraph on paper
        if isinstance(node, ast.Call) and called(node) in SQL and node.args and put_together(node.args[0]):
            told = ast.unparse(node.args[0])
            if OWN_WORDS.get(path.name, "no") not in told:
                yield node.lineno


def untold_words(tree: ast.AST, path: Path) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in ("tr", "trn") and node.args and put_together(node.args[0]):
            yield node.lineno


def naive_clocks(tree: ast.AST, path: Path) -> Iterator[int]:
    aware = {
        id(node.func.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "astimezone"
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            now = node.func.attr == "now" and not node.args and not node.keywords and id(node) not in aware
            if now or node.func.attr in ("utcnow", "utcfromtimestamp"):
                yield node.lineno


RULES: dict[str, tuple[Callable[[ast.AST, Path], Iterator[int]], str]] = {
    "nothing foreign is unpickled": (imports, "import pickle"),
    "no text is run": (run_texts, "subprocess.run(words, shell=True)"),
    "no rich text and no foreign stream": (rich_text, "browser.setHtml(title)"),
    "labels and messages are plain": (bare_labels, "QLabel(title)"),
    "no text is put together into SQL": (sql, 'db.execute(f"SELECT {name}")'),
    "no text is put together before it is translated": (untold_words, 'tr(f"Split {title}")'),
    "no clock without a zone": (naive_clocks, "datetime.now()"),
}


@pytest.mark.parametrize("rule", RULES)
def test_the_source_keeps(rule: str) -> None:
    find, harm = RULES[rule]
    found = [f"{p.relative_to(ROOT)}:{n}" for p in FILES for n in find(ast.parse(p.read_text("utf-8")), p)]
    assert found == []
    assert list(find(ast.parse(harm), Path("any.py"))) == [1]  # it would be seen
