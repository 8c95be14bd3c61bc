"""Lets libFuzzer look for bytes that break the importer, the clipboard or the opener; not part of the tests.

    pip install atheris
    python -m tests.faults.fuzz_atheris -max_total_time=600

What is found is left in a file that can be given as the last argument to see it again. The first byte says which
door the others are thrown at.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from typing import Any

atheris: Any = import_module("atheris")
with atheris.instrument_imports(include=["roadmapper.exchange", "roadmapper.storage", "roadmapper.domain"]):
    fuzz: Any = import_module("tests.faults.fuzz")

FOUND: Counter[str] = Counter()
SHOWN = 20_000


def overwritten(data: bytes) -> bytes:
    """Return a roadmap file in which each three bytes of *data* say where one byte is another."""
    whole = bytearray(fuzz.a_file())
    for at in range(0, len(data) - 2, 3):
        whole[int.from_bytes(data[at : at + 2], "big") % len(whole)] = data[at + 2]
    return bytes(whole)


DOORS: tuple[Callable[[bytes], str], ...] = (
    lambda data: "import projects: " + fuzz.import_bytes(data, fuzz.ITEMS.encode()),
    lambda data: "import items: " + fuzz.import_bytes(fuzz.PROJECTS.encode(), data),
    lambda data: "import rows: " + fuzz.import_bytes(fuzz.PROJECTS.encode(), fuzz.ITEMS.encode() + data),
    lambda data: "import investments: " + fuzz.import_investment_bytes(fuzz.INVESTMENTS.encode() + data),
    lambda data: "paste: " + fuzz.paste_text(data.decode(errors="replace")),
    lambda data: "cell: " + fuzz.round_trip(data.decode(errors="replace")),
    lambda data: "open: " + fuzz.open_bytes(data),
    lambda data: "open, overwritten: " + fuzz.open_bytes(overwritten(data)),
)


def once(data: bytes) -> None:
    """Throw *data* at one door."""
    if data:
        FOUND[DOORS[data[0] % len(DOORS)](data[1:])] += 1
        if FOUND.total() % SHOWN == 0:
            print(FOUND.total(), dict(sorted(FOUND.items())), flush=True)


def main() -> None:
    """Go on until libFuzzer has enough."""
    atheris.Setup(sys.argv, once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
