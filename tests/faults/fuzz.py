"""What is thrown at the doors: bytes for the importer and the opener, and what must hold whatever they are.

Each function returns in a word what came of it, or raises what must never be: another error than Refused, a hang, a
plan that changed, a file that changed.
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from roadmapper.domain.criterion import Voice
from roadmapper.domain.investment import Investment
from roadmapper.domain.project import Team
from roadmapper.domain.refusal import Refused
from roadmapper.exchange.csv import cell_of_spreadsheet, read_table, spreadsheet_cell
from roadmapper.exchange.investments import import_investments, investment_fields
from roadmapper.exchange.portfolio import ACTIVITY_FIELDS, PROJECT_FIELDS, import_portfolio
from roadmapper.exchange.rows import source
from roadmapper.planning.ranking.model import Budget, Weights
from roadmapper.planning.ranking.ranking import rank as ranked
from roadmapper.storage.roadmap_file import open_file
from roadmapper.ui.dialogs.scope_paste import clip_of
from roadmapper.workspace.edits.investments import put_investments
from roadmapper.workspace.edits.roadmaps import put_all
from tests.domain.samples import full_plan
from tests.storage.files import made_file

PATIENCE = 2.0
PLAN = full_plan()
PROJECTS = "id,title,start,finish,team,people,outcome\np1,Alpha,2027-01-04,2027-12-31,Red,4,Sell more\n"
ITEMS = (
    "id,project,title,usable,effort,after,revenue,start,days,due,gate,optional,ramp,people,team\n"
    "s1,p1,Basket,yes,4.5,,3000,2027-01-04,20,2027-12-31,no,,2,2,Red\n"
    "s2,p1,“Pay, later”,no,1,s1+2w,,,,,yes,x,,,\n"
)
INVESTMENTS = (
    "id;title;sentence;owner;revenue;revenue low;revenue high;effort;team;effort Web;cost;confidence;"
    "estimated;status;needs;criterion.Fit\n"
    "i1;Basket;It sells.;Ann;CHF 310,500;250 k;0.5 m CHF;4,5;Red;2;1.2m;80 %;2027-01-04;chosen;i2;3\n"
    'i2;"Pay; later";;;12500;;;1;;;;;;idea;;\n'
    'i3;Till;;;;;;;;;;;;delivered;"Pay; later";\n'
)
WORDS = ('"', ",", ";", "\t", "\n", "\r", "\0", "é", "\ufeff", "=1+1", "+2w", "9/9/2027", "-5", "1e9", "٣", "a" * 300)


class Broken(AssertionError):
    """A promise that was not kept."""


def timed(deed: Callable[[], str]) -> str:
    """Do *deed* within the patience of a user."""
    start = time.process_time()  # what other programs take meanwhile is not ours
    what = deed()
    took = time.process_time() - start
    if took > PATIENCE:
        raise Broken(f"{what} took {took:.1f} s")
    return what


def import_bytes(projects: bytes, items: bytes) -> str:
    """Import two files of these bytes; the plan is only ever a new one, and what is taken can be put into it."""
    with TemporaryDirectory() as folder:
        one, two = Path(folder, "p.csv"), Path(folder, "i.csv")
        one.write_bytes(projects)
        two.write_bytes(items)
        return timed(lambda: _imported(one, two))


def _imported(one: Path, two: Path) -> str:
    before = PLAN.roadmap, dict(PLAN.scope_items), dict(PLAN.projects)
    try:
        found = import_portfolio(
            PLAN, source(read_table(one), PROJECT_FIELDS), source(read_table(two), ACTIVITY_FIELDS), 1
        )
        put_all(PLAN, found.entities)
    except Refused as refusal:
        _polite(str(refusal))
        return "refused"
    finally:
        if before != (PLAN.roadmap, dict(PLAN.scope_items), dict(PLAN.projects)):
            raise Broken("the plan was changed")
    for rejected in found.rejected:
        _polite(rejected.why)
    return "taken" if found.entities else "nothing taken"


def import_investment_bytes(data: bytes) -> str:
    """Import a file of investments of these bytes; the plan is only ever a new one, and what is taken can be put."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "v.csv")
        path.write_bytes(data)
        return timed(lambda: _imported_investments(path))


def _imported_investments(path: Path) -> str:
    before = PLAN.roadmap, dict(PLAN.investments), dict(PLAN.teams)
    try:
        found = import_investments(PLAN, source(read_table(path), investment_fields(PLAN)), 9)
    except Refused as refusal:
        _polite(str(refusal))
        return "refused"
    finally:
        if before != (PLAN.roadmap, dict(PLAN.investments), dict(PLAN.teams)):
            raise Broken("the plan was changed")
    for rejected in found.rejected:
        _polite(rejected.why)
    # What is taken one row at a time must go in all together: no refusal is expected any more.
    after = put_investments(put_all(PLAN, found.of(Team)), found.of(Investment))
    ranked(after, Weights.of(after, Voice.AGREED), Budget.of(after))
    return "taken" if found.entities else "nothing taken"


def paste_text(text: str) -> str:
    """Paste a text into the scope table."""
    try:
        clip = timed(lambda: str(len(clip_of(text, "eur").lines)))
    except Refused as refusal:
        _polite(str(refusal))
        return "refused"
    return "pasted" if clip != "0" else "nothing pasted"


def round_trip(text: str) -> str:
    """Write a text for a spreadsheet and read it again."""
    written = spreadsheet_cell(text)
    if cell_of_spreadsheet(written) != text:
        raise Broken(f"{text!r} came back as another text")
    return "as text" if written != text else "as it is"


@cache
def a_file() -> bytes:
    """Return the bytes of a roadmap file."""
    with TemporaryDirectory() as folder:
        return made_file(Path(folder)).read_bytes()


def open_bytes(data: bytes) -> str:
    """Open a file of these bytes, verify it, and see that not one of them was changed."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "plan.roadmap")
        path.write_bytes(data)
        before = sha256(data).digest()
        what = timed(lambda: _opened(path))
        if data[60:64] == a_file()[60:64] and sha256(path.read_bytes()).digest() != before:
            raise Broken("the file was changed")
        return what


def _opened(path: Path) -> str:
    try:
        file = open_file(path, "fuzz", path.parent / "backups", read_only=True)
    except Refused as refusal:
        _polite(str(refusal))
        return "refused"
    try:
        if file.plan != PLAN:
            raise Broken("another plan was opened as if it were sound")
        file.repository.verify()
        file.repository.steps()
        file.repository.delta(1)
    except Refused as refusal:
        _polite(str(refusal))
        return "refused later"
    finally:
        file.close()
    return "sound"


def _polite(sentence: str) -> None:
    if not sentence or len(sentence) > 2_000:
        raise Broken(f"a sentence of {len(sentence)} characters: {sentence[:80]!r}")


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return *data* with a few bytes changed, doubled, moved or left out."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(found)) if found else 0
        deed = chance.randrange(6)
        if deed == 0 and found:
            found[at] ^= 1 << chance.randrange(8)
        elif deed == 1 and found:
            found[at] = chance.randrange(256)
        elif deed == 2:
            found[at:at] = chance.choice(WORDS).encode() * chance.choice((1, 1, 3, 50))
        elif deed == 3:
            del found[at : at + chance.choice((1, 4, 100))]
        elif deed == 4:
            to = chance.randrange(len(found)) if found else 0
            found[to:to] = found[at : at + chance.choice((1, 10, 200))]
        elif found:
            size = chance.choice((2, 4))
            found[at : at + size] = chance.choice((0, 1, 0x7F, 0xFF, 0xFFFF)).to_bytes(size, "big")
    return bytes(found[:2_000_000])


def flipped(chance: random.Random) -> bytes:
    """Return a roadmap file with bytes overwritten in place, so that SQLite gets past the head more often."""
    found = bytearray(a_file())
    for _ in range(chance.choice((1, 1, 1, 3, 10))):
        at = chance.choice((chance.randrange(len(found)), chance.randrange(100, 4096), chance.randrange(100)))
        found[at] = chance.choice((found[at] ^ (1 << chance.randrange(8)), chance.randrange(256)))
    return bytes(found)


def declared(chance: random.Random) -> bytes:
    """Return a roadmap file in which something was declared that no roadmap declares, or a row was changed."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "plan.roadmap")
        path.write_bytes(a_file())
        table = chance.choice(("roadmaps", "teams", "projects", "scope_items", "journal", "links"))
        deeds = (
            f"CREATE VIEW v{chance.randrange(9)} AS SELECT * FROM {table}",
            f"CREATE INDEX x ON {table} (id, id)",
            f"CREATE TRIGGER t AFTER INSERT ON {table} BEGIN DELETE FROM teams; END",
            f"ALTER TABLE {table} ADD COLUMN more TEXT",
            f"DROP TABLE {table}",
            f"UPDATE {table} SET title = zeroblob({chance.randrange(3000)})",
            f"DELETE FROM {table}",
            f"PRAGMA user_version={chance.choice((-1, 0, 1, 3, 99))}",
            "PRAGMA journal_mode=WAL",
            "PRAGMA auto_vacuum=FULL; VACUUM",
            "PRAGMA encoding='UTF-16'; VACUUM",
        )
        with closing(sqlite3.connect(path)) as db:
            db.execute("PRAGMA ignore_check_constraints=ON")
            with suppress(sqlite3.Error):
                db.executescript(chance.choice(deeds))
            db.commit()
        return path.read_bytes()
