"""Salvage: what can still be read of a damaged or strange roadmap file, row by row, never touching it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from time import monotonic

from roadmapper.domain.delta import Delta
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import NOUNS, Entity, Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.storage import journal
from roadmapper.storage.mending import mended
from roadmapper.storage.roadmap_file import made
from roadmapper.storage.rows import COLUMNS, MODULUS, UNTOUCHED, Row, delta_from, entities, row, row_digest
from roadmapper.storage.trouble import Unreadable

PAGE = 4096
MOST_SECONDS = 20.0
MOST_BYTES = 500_000_000
LONGEST_CELL = 50_000_000
MOST_ROWS = 400_000
STEPS = 10_000
_READS = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}
_ERRORS = (sqlite3.Error, OverflowError, UnicodeDecodeError, MemoryError)
_HASHED = ("seq", "at", "who", "label", "kind", "target", "delta", "content", "previous", "hash")


@dataclass(frozen=True, slots=True)
class Salvage:
    """What was saved. *whole* when it is proven to be what was written last; *lost* counts rows of each table."""

    plan: Plan | None
    whole: bool
    taken: Mapping[str, int] = field(default_factory=dict)
    lost: Mapping[str, int] = field(default_factory=dict)
    mended: int = 0

    def lines(self) -> list[str]:
        """Return what was read and what was lost, a sentence each."""
        if self.plan is None:
            return [tr("Nothing can be read of it.")]
        untold = ("roadmaps", "baselines")
        things = ", ".join(f"{n} {words(name)}" for name, n in self.taken.items() if name not in untold)
        said = [tr("Read: {things}.").format(things=things or tr("the settings of the roadmap"))]
        if self.plan.baselines:
            said.append(
                trn(
                    "{n} baseline is lost: the history, of which it names a point, begins anew.",
                    "{n} baselines are lost: the history, of which they name points, begins anew.",
                    len(self.plan.baselines),
                )
            )
        if self.whole and self.plan.baselines:
            return [*said, tr("Nothing else is missing: it is, to the last letter, what was written.")]
        if self.whole:
            return [*said, tr("Nothing is missing: it is, to the last letter, what was written.")]
        if "roadmaps" in self.lost:
            said.append(tr("The settings of the roadmap are lost: look at them."))
        gone = ", ".join(f"{n} {words(name)}" for name, n in self.lost.items() if name != "roadmaps")
        if gone:
            said.append(tr("Not readable, or without what it belongs to: {things}.").format(things=gone))
        if self.mended:
            said.append(
                trn(
                    "{n} row pointed to something lost and points to nothing now.",
                    "{n} rows pointed to something lost and point to nothing now.",
                    self.mended,
                )
            )
        return [*said, tr("Whether anything else is missing, the file does not tell any more: compare.")]


def words(table: str) -> str:
    """Return what the rows of a table are called."""
    return {
        "teams": tr("teams"),
        "days_off": tr("stretches of days off"),
        "projects": tr("projects"),
        "increments": tr("increments"),
        "scope_items": tr("scope items"),
        "links": tr("links"),
        "checkpoints": tr("consults"),
        "decisions": tr("decisions"),
        "measures": tr("measures"),
        "readings": tr("readings"),
        "criteria": tr("criteria"),
        "judgements": tr("pairwise answers"),
        "investments": tr("investments"),
        "conditions": tr("conditions"),
        "looks": tr("looks"),
        "agreements": tr("versions of the agreement"),
        "signatures": tr("signatures"),
        "terms": tr("words of the glossary"),
        "purchases": tr("outside purchases"),
        "baselines": tr("baselines"),
        "paragraphs": tr("paragraphs of the story"),
    }.get(table, table)


def salvage(path: Path) -> Salvage:
    """Return what can be read of the file, which is not touched; its plan is None where nothing can.

    The tables and the journal hold everything twice: what is gone from one is taken from the other, and where they
    differ, the journal row, whose own hash vouches for it, says what was written. Raises Unreadable where the disk
    does not let anybody read.
    """
    with TemporaryDirectory(prefix="roadmapper-") as folder:
        copy = Path(folder) / "copy"
        try:
            if path.stat().st_size > MOST_BYTES:
                raise Unreadable(tr("“{name}” is too large to be looked through.").format(name=path.name))
            copyfile(path, copy)
        except OSError as error:
            raise Unreadable(tr("“{path}” could not be read: {why}.").format(path=path, why=error.strerror)) from error
        best = _looked_through(copy).salvage()
        if not best.whole and copy.stat().st_size > PAGE:
            _with_our_schema(copy, Path(folder) / "fresh")
            other = _looked_through(copy).salvage()
            best = max(best, other, key=lambda s: (s.whole, sum(s.taken.values()) - sum(s.lost.values())))
    return best


class _Found:
    """Rows as they were read: what the tables hold, and the journal rows whose hash holds."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[EntityId, Entity]] = {name: {} for name in NOUNS}
        self.bad = dict.fromkeys(NOUNS, 0)
        self.deltas: dict[int, Delta[Entity]] = {}
        self.last = 0
        self.digest: int | None = None
        self.torn = False

    def salvage(self) -> Salvage:
        by_journal, sure = self._replayed()
        best: dict[str, dict[EntityId, Entity]] = {}
        for name in NOUNS:
            best[name] = {k: e for k, e in self.tables[name].items() if not (k in sure and k not in by_journal[name])}
            for key, entity in by_journal[name].items():
                if key in sure or key not in best[name]:
                    best[name][key] = entity
        whole = self._is_what_was_written(best)
        if not whole and self._is_what_was_written(self.tables):
            best, whole = self.tables, True
        if not any(best.values()):
            return Salvage(None, False, {}, self._losses())
        plan, gone, changed = mended(best)
        lost = self._losses()
        if not best["roadmaps"]:
            lost["roadmaps"] = 1
        for name, count in gone.items():
            lost[name] = lost.get(name, 0) + count
        taken = {name: len(table) for name, table in plan.tables().items() if table}
        return Salvage(plan, whole and not gone and not changed, taken, {} if whole else lost, changed)

    def _replayed(self) -> tuple[dict[str, dict[EntityId, Entity]], set[EntityId]]:
        """Return what the journal says there is, and of which ids it says so beyond doubt: no later row is missing."""
        there: dict[str, dict[EntityId, Entity]] = {name: {} for name in NOUNS}
        sure: set[EntityId] = set()
        expected = 1
        for seq in sorted(self.deltas):
            if seq != expected:
                sure.clear()
            expected = seq + 1
            for change in self.deltas[seq].changes:
                sure.add(change.key)
                if change.after is None:
                    there[change.table].pop(change.key, None)
                else:
                    there[change.table][change.key] = change.after
        # A last row that was there, but whose hash does not hold, may have changed anything.
        return there, set() if self.torn or self.last >= expected else sure

    def _is_what_was_written(self, tables: Mapping[str, Mapping[EntityId, Entity]]) -> bool:
        if self.digest is None or self.torn:
            return False
        total = sum(row_digest(name, row(entity)) for name, table in tables.items() for entity in table.values())
        return total % MODULUS == self.digest

    def _losses(self) -> dict[str, int]:
        return {name: self.bad[name] for name in NOUNS if self.bad[name]}


def _looked_through(copy: Path) -> _Found:
    found = _Found()
    until = monotonic() + MOST_SECONDS
    with suppress(*_ERRORS), closing(_connection(copy, until)) as db:
        tables = _plain_tables(db)
        for name in NOUNS:
            if name in tables:
                with suppress(*_ERRORS):
                    _take_table(db, name, tables[name], found)
        if set(_HASHED) <= tables.get(journal.TABLE, set()):
            with suppress(*_ERRORS):
                _take_journal(db, found)
    return found


def _connection(copy: Path, until: float) -> sqlite3.Connection:
    """Open a copy so that nothing in it can do more than be read: no writing, no views, no functions, no end."""
    db = sqlite3.connect(f"{copy.as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    db.execute("PRAGMA trusted_schema=OFF")
    db.execute("PRAGMA cell_size_check=ON")
    db.execute("PRAGMA mmap_size=0")
    db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_CELL)
    db.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    db.text_factory = bytes
    db.set_progress_handler(lambda: int(monotonic() > until), STEPS)
    return db


def _plain_tables(db: sqlite3.Connection) -> dict[str, set[str]]:
    """Return the columns of the tables that bear our names and are nothing but tables: no view, nothing generated."""
    found: dict[str, set[str]] = {}
    names = {
        _text(name)
        for kind, name, declared in db.execute("SELECT type, name, sql FROM sqlite_schema")
        if _text(kind) == "table" and not _text(declared).lstrip().casefold().startswith("create virtual")
    }
    for name in (*NOUNS, journal.TABLE):
        if name in names:
            with suppress(*_ERRORS):
                columns = db.execute("SELECT name, hidden FROM pragma_table_xinfo(?)", (name,)).fetchall()
                if not any(hidden for _, hidden in columns):
                    found[name] = {_text(column) for column, _ in columns}
    db.set_authorizer(_only_read)
    return found


def _only_read(action: int, *_: str | None) -> int:
    return sqlite3.SQLITE_OK if action in _READS else sqlite3.SQLITE_DENY


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value or "")


def _take_table(db: sqlite3.Connection, name: str, columns: set[str], found: _Found) -> None:
    # A column that the file lacks, being of an older version, is as if never touched.
    there = [c for c in COLUMNS[name] if c in columns]
    if any(c not in columns and c not in UNTOUCHED[name] for c in COLUMNS[name]):
        return
    scan = _Scan(db, name, there)
    for _, cells in scan.rows():
        try:
            named = dict(zip(there, map(_cell, cells), strict=True))
            whole: Row = [named[c] if c in named else UNTOUCHED[name][c] for c in COLUMNS[name]]
            found.tables[name] |= entities(name, [whole])
        except (Refused, ValueError, TypeError, LookupError, ArithmeticError):
            found.bad[name] += 1
    found.bad[name] += scan.bad


def _cell(value: object) -> str | int | float | None:
    if isinstance(value, bytes):
        return value.decode()
    if value is None or isinstance(value, (int, float)):
        return value
    raise ValueError("no cell")


def _take_journal(db: sqlite3.Connection, found: _Found) -> None:
    scan = _Scan(db, journal.TABLE, list(_HASHED))
    for number, cells in scan.rows():
        if number > found.last:
            found.last, found.digest = number, None
            with suppress(ValueError, TypeError):
                found.digest = int(str(_cell(cells[7])), 16)
        with suppress(Refused, ValueError, TypeError, LookupError, ArithmeticError):
            values = [_cell(c) for c in cells]
            if journal.hash_of(values[:-1]) == values[-1] and values[0] == number:
                found.deltas[number] = delta_from(str(values[6]))
    # Whether the last rows are among those that cannot be read, nobody knows: the tables may then be ahead.
    found.torn = scan.bad > 0 and not scan.reached_the_end


class _Scan:
    """All rows of a table that can be read; around what cannot, ever smaller ranges of row numbers are tried."""

    def __init__(self, db: sqlite3.Connection, table: str, columns: list[str]) -> None:
        listed = ", ".join(f'"{c}"' for c in columns)
        # Names of our own schema only: nothing that the file says goes into SQL.
        self._query = f'SELECT rowid, {listed} FROM "{table}" WHERE rowid BETWEEN ? AND ? ORDER BY rowid'  # noqa: S608
        self._db = db
        self.bad = 0
        self.reached_the_end = True

    def rows(self) -> Iterator[tuple[int, tuple[object, ...]]]:
        first, last = -(2**63), 2**63 - 1
        low = first
        for number, cells in self._try(low, last, ""):
            yield number, cells
            low = number + 1
        if self._whole:
            return
        self.bad = 1
        high = last
        held: list[tuple[int, tuple[object, ...]]] = []
        for number, cells in self._try(low, last, " DESC"):
            held.append((number, cells))
            high = number - 1
        self.reached_the_end = bool(held)
        if held or low > first:
            # Without an end in sight only what follows closely is tried: rows are numbered one by one.
            low, high = (max(low, 1), high if held else low + 10_000) if low < 1 or not held else (low, high)
            self.bad = 0
            yield from self._between(low, min(high, low + MOST_ROWS), held_end=bool(held))
            self.bad = max(self.bad, 1)
        yield from held

    def _between(self, low: int, high: int, *, held_end: bool) -> Iterator[tuple[int, tuple[object, ...]]]:
        stack = [(low, high)]
        while stack:
            one, two = stack.pop()
            if one > two:
                continue
            got = one - 1
            for number, cells in self._try(one, two, ""):
                yield number, cells
                got = number
            if self._whole:
                continue
            if got + 1 >= two:
                self.bad += held_end
                continue
            middle = (got + 1 + two) // 2
            stack += [(middle + 1, two), (got + 1, middle)]

    def _try(self, low: int, high: int, order: str) -> Iterator[tuple[int, tuple[object, ...]]]:
        self._whole, before = True, None
        try:
            for number, *cells in self._db.execute(self._query + order, (low, high)):
                if before is not None and (number >= before if order else number <= before):
                    self._whole = False  # a damaged tree may lead in a circle, and SQLite follows it for ever
                    return
                before = number
                yield number, tuple(cells)
        except _ERRORS as error:
            if getattr(error, "sqlite_errorname", "") == "SQLITE_INTERRUPT":
                raise
            self._whole = False


def _with_our_schema(copy: Path, fresh: Path) -> None:
    """Give a copy whose declarations cannot be read, or not to their end, those of a new file, in the same places.

    That helps a file that this version made, for its tables lie where they lie in any other; what comes of the rest
    does not pass for rows.
    """
    fresh.touch()
    with made(fresh, ""):
        pass
    with closing(sqlite3.connect(fresh)) as db:
        roots = {number for (number,) in db.execute("SELECT rootpage FROM sqlite_schema")}
    pages = fresh.read_bytes()
    size = max(-(-copy.stat().st_size // PAGE) * PAGE, len(pages))
    with copy.open("rb+") as file:
        file.truncate(size)
        for number in range(1, len(pages) // PAGE + 1):
            if number not in roots:
                file.seek((number - 1) * PAGE)
                file.write(pages[(number - 1) * PAGE : number * PAGE])
        file.seek(28)
        file.write((size // PAGE).to_bytes(4, "big"))
