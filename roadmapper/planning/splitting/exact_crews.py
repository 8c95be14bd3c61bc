"""Exact crews: the people of the teams as rows of a CP-SAT model. Imported in the worker process alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ortools.sat.python import cp_model

from roadmapper.planning.splitting.model import Crew, Item, Task
from roadmapper.planning.splitting.spans import Span


@dataclass(frozen=True)
class Piece:
    """An item in a model: the week in which it starts, the boundary at which it is done, whether it is there at all."""

    item: Item
    span: Span
    start: cp_model.IntVar
    end: cp_model.LinearExprT
    present: cp_model.LiteralT


def piece_of(model: cp_model.CpModel, item: Item, span: Span, present: cp_model.LiteralT) -> Piece:
    """Return the piece that stands for *item*; one that is absent starts after the last week of its span."""
    weeks = range(span.first, max(span.first, span.last + item.optional) + 1)
    start = model.new_int_var(weeks[0], weeks[-1], "")
    lengths = {_end(span, week) - week for week in weeks}
    if len(lengths) == 1:
        return Piece(item, span, start, start + lengths.pop(), present)
    end = _looked_up(model, start, weeks, [_end(span, week) for week in weeks])
    return Piece(item, span, start, end, present)


def _end(span: Span, week: int) -> int:
    """Return when it is done, also for the week that means it is absent."""
    return span.ends[week] if week <= span.last else week + span.ends[span.last] - span.last


def _weeks(piece: Piece) -> range:
    return range(piece.span.first, max(piece.span.first, piece.span.last + piece.item.optional) + 1)


def _looked_up(
    model: cp_model.CpModel, start: cp_model.IntVar, weeks: Sequence[int], table: Sequence[int]
) -> cp_model.IntVar:
    found = model.new_int_var(min(table), max(table), "")
    model.add_element(start - weeks[0], table, found)
    return found


def add_crews(model: cp_model.CpModel, task: Task, pieces: Sequence[Piece]) -> None:
    """Keep every crew from being needed by more people than are there.

    Two rows a crew: all items at its full number; and those that need fewer than all, beside those who are away.
    """
    for number, crew in enumerate(task.crews):
        users = [(piece, need) for piece in pieces for key, need in piece.item.needs if key == number and need]
        users = [(piece, need) for piece, need in users if piece.span.first <= piece.span.last]
        if not users:
            continue
        dead = 0 in crew.there
        intervals = [(_alive(model, piece, crew) if dead else _plain(model, piece), need) for piece, need in users]
        model.add_cumulative([i for i, _ in intervals], [need for _, need in intervals], crew.people)
        partial = [(interval, need) for interval, need in intervals if need < crew.people]
        away = [there for there in crew.there if there]  # in weeks with nobody there nobody is needed
        absent = [(week, crew.people - there) for week, there in enumerate(away) if there < crew.people]
        if absent and partial:
            gone = [(model.new_fixed_size_interval_var(week, 1, ""), people) for week, people in absent]
            both = [*partial, *gone]
            model.add_cumulative([i for i, _ in both], [people for _, people in both], crew.people)


def _plain(model: cp_model.CpModel, piece: Piece) -> cp_model.IntervalVar:
    return _interval(model, piece, piece.start, piece.end, {_end(piece.span, week) - week for week in _weeks(piece)})


def _alive(model: cp_model.CpModel, piece: Piece, crew: Crew) -> cp_model.IntervalVar:
    """Return the piece on a calendar without the weeks in which the whole crew is away."""
    weeks = _weeks(piece)
    top = max(_end(piece.span, week) for week in weeks)
    passed = [0, *accumulate(int(crew.there_in(week) > 0) for week in range(top))]
    begins = [passed[week] for week in weeks]
    ends = [passed[_end(piece.span, week)] for week in weeks]
    lengths = {end - begin for begin, end in zip(begins, ends, strict=True)}
    start = _looked_up(model, piece.start, weeks, begins)
    end = start + min(lengths) if len(lengths) == 1 else _looked_up(model, piece.start, weeks, ends)
    return _interval(model, piece, start, end, lengths)


def _interval(
    model: cp_model.CpModel,
    piece: Piece,
    start: cp_model.LinearExprT,
    end: cp_model.LinearExprT,
    lengths: set[int],
) -> cp_model.IntervalVar:
    if len(lengths) == 1:
        (length,) = lengths
        if piece.present is True:
            return model.new_fixed_size_interval_var(start, length, "")
        return model.new_optional_fixed_size_interval_var(start, length, piece.present, "")
    size = model.new_int_var(min(lengths), max(lengths), "")
    return model.new_optional_interval_var(start, size, end, piece.present, "")


def energies(task: Task, spans: Sequence[Span], until: int) -> Iterator[tuple[list[tuple[int, int]], list[int]]]:
    """Yield for each crew the person-weeks that each item takes at least, and the people of each week."""
    for number, crew in enumerate(task.crews):
        there = [min(crew.people, crew.there_in(week)) for week in range(until)]
        use = []
        for key, item in enumerate(task.items):
            need = sum(people for used, people in item.needs if used == number)
            span = spans[key]
            if need and span.first <= span.last:
                weeks = range(span.first, span.last + 1)
                use.append((key, min(sum(min(need, p) for p in there[s : span.ends[s]]) for s in weeks)))
        if use:
            yield use, there
