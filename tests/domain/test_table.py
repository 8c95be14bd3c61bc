"""A table is a mapping like any other, only that changing it costs what changes."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from roadmapper.domain.entity import EntityId
from roadmapper.domain.project import Team
from roadmapper.domain.table import Table
from tests.domain.samples import TEAM

changes = st.dictionaries(
    st.integers(0, 9).map(lambda n: EntityId(f"t{n}")),
    st.none() | st.integers(1, 5).map(lambda n: replace(TEAM, people=n)),
    max_size=6,
)


@given(st.lists(changes, max_size=6), st.lists(changes, max_size=4))
def test_a_table_holds_what_a_dict_would_hold(
    made: list[dict[EntityId, Team | None]], more: list[dict[EntityId, Team | None]]
) -> None:
    table, oracle = Table[Team]({}), dict[EntityId, Team]()
    seen = []
    for change in [*made, *more]:
        seen.append((table, dict(oracle)))
        table = table.changed(change)
        oracle = {k: v for k, v in {**oracle, **change}.items() if v is not None}
    seen.append((table, oracle))
    for one, expected in seen:
        assert dict(one) == expected and one == expected and len(one) == len(expected)
        assert [one.get(EntityId(f"t{n}")) for n in range(10)] == [expected.get(EntityId(f"t{n}")) for n in range(10)]
        assert [EntityId(f"t{n}") in one for n in range(10)] == [EntityId(f"t{n}") in expected for n in range(10)]
        for two, other in seen:
            differs = {k for k in {**expected, **other} if expected.get(k) != other.get(k)}
            assert differs <= one.may_differ(two)
            assert (one == two) == (expected == other)


def test_a_table_after_many_changes_is_still_the_same() -> None:
    table = Table[Team]({})
    for n in range(1000):
        table = table.changed({EntityId(f"t{n}"): replace(TEAM, people=1 + n), EntityId(f"t{n - 500}"): None})
    assert sorted(team.people or 0 for team in table.values()) == list(range(501, 1001))
