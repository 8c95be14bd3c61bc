"""Throws broken bytes at the importer, the clipboard and the opener for some minutes, and counts what came of it.

python -m tests.faults.fuzz_rounds --minutes 10
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable

from tests.faults.fuzz import (
    INVESTMENTS,
    ITEMS,
    PROJECTS,
    WORDS,
    a_file,
    declared,
    flipped,
    import_bytes,
    import_investment_bytes,
    mutated,
    open_bytes,
    paste_text,
    round_trip,
)


def rounds(minutes: float, seed: int) -> Counter[str]:
    """Go on for so many minutes and return how often what came of it."""
    chance = random.Random(seed)
    found: Counter[str] = Counter()
    deeds: dict[str, Callable[[], str]] = {
        "import projects": lambda: import_bytes(mutated(PROJECTS.encode(), chance), ITEMS.encode()),
        "import items": lambda: import_bytes(PROJECTS.encode(), mutated(ITEMS.encode(), chance)),
        "import UTF-16": lambda: import_bytes(PROJECTS.encode("utf-16"), mutated(ITEMS.encode("utf-16"), chance)),
        "import investments": lambda: import_investment_bytes(mutated(INVESTMENTS.encode(), chance)),
        "paste": lambda: paste_text(mutated(ITEMS.encode(), chance).decode(errors="replace")),
        "cell": lambda: round_trip("".join(chance.choices((*WORDS, "'", "@", "＝", " ", "x", "1"), k=4))),
        "open, bytes flipped": lambda: open_bytes(flipped(chance)),
        "open, bytes moved": lambda: open_bytes(mutated(a_file(), chance)),
        "open, declared otherwise": lambda: open_bytes(declared(chance)),
    }
    end = time.monotonic() + minutes * 60
    while time.monotonic() < end:
        for name, deed in deeds.items():
            found[f"{name}: {deed()}"] += 1
    return found


def main() -> None:
    """Go, and say the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=8)
    options = parser.parse_args()
    found = rounds(options.minutes, options.seed)
    for what, count in sorted(found.items()):
        print(f"{count:>9,}  {what}")
    print(f"{found.total():>9,}  in all, seed {options.seed}: no error but our own, none slower than 2 s")


if __name__ == "__main__":
    main()
