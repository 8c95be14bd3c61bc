"""Scheduling: the full forward pass and the push from one moved bar, beside a bare loop over the same links."""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

if not __package__:  # started as a file and not as a module: the project lies one folder up
    sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.measure import Figure, tell
from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment, Link
from roadmapper.domain.plan import Entity, Plan
from roadmapper.domain.project import Project
from roadmapper.domain.roadmap import Roadmap
from roadmapper.planning.pushing import days_of, earliest, later_starts, network_of, pushed

START = date(2027, 1, 4)
LAYERS = 100
MOVES = (1, 2, 5, 7, 14, 28, 56)


def main() -> None:
    """Print the figures beside their floors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--runs", type=int, default=9, help="counted runs of each full pass (default 9)")
    parser.add_argument("--moves", type=int, default=1_000, help="bars moved one by one (default 1000)")
    parser.add_argument("--increments", type=int, default=10_000, help="increments (default 10000)")
    parser.add_argument("--links", type=int, default=20_000, help="links (default 20000)")
    parser.add_argument("--seed", type=int, default=1, help="of the random plan and the moves (default 1)")
    chosen = parser.parse_args()
    random = Random(chosen.seed)
    loose = layered_plan(random, chosen.increments, chosen.links)
    floor = [1] * len(loose.links)
    full(loose, floor, chosen.runs, as_json=chosen.json)
    days = earliest(loose)
    tight = loose.with_entities(replace(loose.increments[key], span=span) for key, span in days.items())
    one_by_one(tight, random, chosen.moves, as_json=chosen.json)


def layered_plan(random: Random, count: int, links: int) -> Plan:
    """Return *count* increments in layers, each link from a layer into one of the next few; no link is kept yet."""
    keys = [EntityId(f"i{n:05}") for n in range(count)]
    wide = max(count // LAYERS, 1)
    entities: list[Entity] = [Roadmap("A network", START)]
    entities += (
        Project(EntityId(f"p{n}"), f"Project {n}", DateSpan(START, START + timedelta(728))) for n in range(wide)
    )
    for n, key in enumerate(keys):
        begin = START + timedelta(7 * (n // wide) + random.randrange(0, 28))
        span = DateSpan(begin, begin + timedelta(random.randrange(5, 84)))
        entities.append(Increment(key, EntityId(f"p{n % wide}"), f"Increment {n}", span))
    made: set[tuple[int, int]] = set()
    while len(made) < links:
        two = random.randrange(wide, count)
        one = random.randrange(max(two // wide - 3, 0) * wide, two // wide * wide)
        made.add((one, two))
    for n, (one, two) in enumerate(sorted(made)):
        entities.append(Link(EntityId(f"k{n}"), keys[one], keys[two], random.choice((0, 0, 0, 7))))
    return Plan.of(*entities)


def full(plan: Plan, floor: Sequence[int], runs: int, *, as_json: bool) -> None:
    """Tell how long a full pass takes: with the network prepared, and with the plan still to be read."""
    network = network_of(plan)
    days = days_of(plan, network)
    least = timed(lambda: bare(floor), runs)
    passes = timed(lambda: later_starts(network, days, ""), runs)
    # A plan with another table of increments: their days are read anew, and the new spans made.
    fresh = [plan.with_entities([plan.increments[network.ids[n]]]) for n in range(runs + 1)]
    whole = timed(lambda: earliest(fresh.pop()), runs)
    size = f"{len(plan.increments)} increments, {len(plan.links)} links"
    moved = len(later_starts(network, days, ""))
    tell(
        [
            Figure(f"full pass, {size}, {moved} of them moved", runs, 1_000 * passes, "ms", 1_000 * least),
            Figure("full pass from the plan to new spans", runs, 1_000 * whole, "ms", 1_000 * least),
        ],
        as_json=as_json,
    )


def one_by_one(plan: Plan, random: Random, moves: int, *, as_json: bool) -> None:
    """Tell how long a push from one moved bar takes, in a plan in which every link is kept and many have no slack.

    Moves whose slack takes them up whole, so that nothing is pushed, do not count.
    """
    network_of(plan)
    keys = sorted(plan.increments)
    seconds: list[float] = []
    floors: list[float] = []
    counts: list[int] = []
    while len(counts) < moves:
        key = random.choice(keys)
        spans = {key: plan.increments[key].span.shifted(random.choice(MOVES))}
        begun = time.perf_counter()
        found = pushed(plan, spans)
        took = time.perf_counter() - begun
        if not found:
            continue
        seconds.append(took)
        counts.append(len(found))
        network = network_of(plan)
        along = [1] * sum(len(network.after[network.places[k]]) for k in (key, *found) if k in network.places)
        begun = time.perf_counter()
        bare(along)
        floors.append(time.perf_counter() - begun)
    for name, share in (("median", 0.5), ("p95", 0.95)):
        pushes, took, least = (sorted(each)[int(share * (moves - 1))] for each in (counts, seconds, floors))
        words = f"push from one moved bar, {name} ({pushes} pushed)"
        tell([Figure(words, moves, 1_000 * took, "ms", 1_000 * least)], as_json=as_json)
    middle, most = statistics.median(counts), max(counts)
    summary = {"name": "pushed by one move", "median": middle, "most": most}
    print(json.dumps(summary) if as_json else f"pushed by one move: median {middle:g}, most {most}")


def bare(links: Sequence[int]) -> int:
    """Do next to nothing for each link: the least that any pass in this language costs."""
    total = 0
    for link in links:
        total += link
    return total


def timed(deed: Callable[[], object], runs: int) -> float:
    """Return the median seconds of *runs* runs, after one that does not count."""
    seconds = []
    for _ in range(runs + 1):
        begun = time.perf_counter()
        deed()
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds[1:])


if __name__ == "__main__":
    main()
