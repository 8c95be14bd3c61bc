"""Circles are found, all of them, however many there are."""

from __future__ import annotations

from graphlib import TopologicalSorter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from roadmapper.planning.scheduling import circle_in, circles_in

GRAPHS = st.dictionaries(st.integers(0, 12), st.lists(st.integers(0, 12), max_size=3), max_size=13).map(
    lambda graph: {key: [k for k in keys if k in graph] for key, keys in graph.items()}
)


@given(GRAPHS)
def test_circles_are_found_exactly_where_there_are_any(graph: dict[int, list[int]]) -> None:
    circles = circles_in(graph)
    assert bool(circles) == bool(circle_in(graph))
    members = [key for circle in circles for key in circle[1:]]
    assert len(members) == len(set(members))
    for circle in circles:
        assert circle[0] == circle[-1]
        assert all(before in graph[after] for before, after in pairwise(circle))


@given(GRAPHS)
def test_without_one_member_of_each_circle_in_turn_all_can_be_ordered(graph: dict[int, list[int]]) -> None:
    while circles := circles_in(graph):
        for circle in circles:
            graph.pop(circle[0])
        graph = {key: [k for k in keys if k in graph] for key, keys in graph.items()}
    TopologicalSorter(graph).prepare()


def test_thousands_of_circles_are_found_in_one_pass() -> None:
    graph = {n: [n ^ 1] for n in range(20_000)}
    assert len(circles_in(graph)) == 10_000
