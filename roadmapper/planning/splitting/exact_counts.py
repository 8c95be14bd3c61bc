"""Exact counts: the least time, and the fewest groups, as CP-SAT models. Imported in the worker process alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ortools.sat.python import cp_model

from roadmapper.planning.splitting.exact_crews import add_crews, piece_of
from roadmapper.planning.splitting.model import Task
from roadmapper.planning.splitting.spans import spans


def soonest_model(
    task: Task, hint: Sequence[int], until: int, at_least: int
) -> tuple[cp_model.CpModel, list[cp_model.IntVar], cp_model.IntVar]:
    """Return the model of the least time for all items of *task*, with their starts and the boundary they end at.

    *hint* is a schedule that ends by *until*; no schedule ends before *at_least*.
    """
    model = cp_model.CpModel()
    pieces = [piece_of(model, item, span, True) for item, span in zip(task.items, spans(task, until), strict=True)]
    makespan = model.new_int_var(at_least, until, "")
    followed = {before for item in task.items for before, _ in item.after}
    for key, piece in enumerate(pieces):
        for before, lag in piece.item.after:
            model.add(piece.start >= pieces[before].end + lag)
        if key not in followed:
            model.add(makespan >= piece.end)
        model.add_hint(piece.start, hint[key])
    model.add_hint(makespan, until)
    add_crews(model, task, pieces)
    model.minimize(makespan)
    return model, [piece.start for piece in pieces], makespan


def packing_model(weeks: Sequence[int], room: int, at_least: int) -> cp_model.CpModel:
    """Return the model of the fewest groups of *room* weeks when nothing must come first: an arc flow, strong in bound.

    A group is a way from 0 to *room* by arcs that are as long as a task, or one week long where there is nothing
    (Valerio de Carvalho 1999).
    """
    model = cp_model.CpModel()
    there = Counter(length for length in weeks if length)
    arrive: list[list[cp_model.IntVar]] = [[] for _ in range(room + 1)]
    leave: list[list[cp_model.IntVar]] = [[] for _ in range(room + 1)]
    for length in (0, *there):
        arcs = []
        for week in range(room - max(length, 1) + 1):
            arc = model.new_int_var(0, there[length] or len(weeks), "")
            leave[week].append(arc)
            arrive[week + max(length, 1)].append(arc)
            arcs.append(arc)
        if length:
            model.add(sum(arcs) == there[length])
    count = model.new_int_var(at_least, len(weeks), "")
    for week in range(1, room):
        model.add(sum(arrive[week]) == sum(leave[week]))
    model.add(sum(leave[0]) == count)
    model.minimize(count)
    return model


def pieces_model(
    weeks: Sequence[int], after: Sequence[Sequence[int]], room: int, at_least: int, hint: Sequence[int]
) -> tuple[cp_model.CpModel, list[cp_model.IntVar], cp_model.IntVar]:
    """Return the model of the fewest groups of *room* weeks each, with the group of each task and their number.

    *hint* is a grouping, counted from 0.
    """
    model = cp_model.CpModel()
    most = max(hint) + 1
    groups = [model.new_int_var(0, most - 1, "") for _ in weeks]
    count = model.new_int_var(at_least, most, "")
    rows = []
    for key, group in enumerate(groups):
        row = [model.new_bool_var("") for _ in range(most)]
        model.add_exactly_one(row)
        model.add(sum(number * literal for number, literal in enumerate(row)) == group)
        model.add(count >= group + 1)
        model.add_hint(group, hint[key])
        for number, literal in enumerate(row):
            model.add_hint(literal, number == hint[key])
        rows.append(row)
    for number in range(most):
        model.add(sum(length * row[number] for length, row in zip(weeks, rows, strict=True)) <= room)
    for key, befores in enumerate(after):
        for before in befores:
            model.add(groups[before] <= groups[key])
            for number in range(most - 1):  # one that comes later is not in an earlier group
                model.add(sum(rows[key][: number + 1]) <= sum(rows[before][: number + 1]))
    model.add_hint(count, most)
    model.minimize(count)
    return model, groups, count
