"""A table is read as it comes, and nothing in it is guessed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapper.domain.refusal import Refused
from roadmapper.exchange.csv import DateOrder, date_order, day_from, number_from, read_table, recognised, whole_from


def written(folder: Path, text: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / "table.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_usual_dialect_is_read_alike(tmp_path: Path, sign: str, encoding: str, end: str) -> None:
    text = end.join([f"id{sign}Títle", f'1{sign}"Größe {sign} ""A"""', f"2{sign} plain "]) + end
    table = read_table(written(tmp_path, text, encoding))
    assert table.columns == ("id", "Títle")
    assert [dict(r.cells) for r in table.rows] == [
        {"id": "1", "Títle": f'Größe {sign} "A"'},
        {"id": "2", "Títle": "plain"},
    ]
    assert [r.line for r in table.rows] == [2, 3]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_cell_may_hold_line_breaks_and_lines_are_counted_as_an_editor_does(tmp_path: Path, end: str) -> None:
    text = end.join(["id,title", f'1,"two{end}lines"', "2,x", "3", "", "4,y"])
    table = read_table(written(tmp_path, text))
    assert table.rows[0].cells["title"] == "two\nlines"
    assert [(r.cells["id"], r.line) for r in table.rows] == [("1", 3), ("2", 4), ("4", 7)]
    assert table.crooked == (5,)


def test_crooked_rows_are_named_and_the_others_read(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, "a,b\n1,2\n1\n1,2,3\n3,4\n,\n"))
    assert [r.cells["a"] for r in table.rows] == ["1", "3"]
    assert table.crooked == (3, 4)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b",,\n1,2,3", "is empty"),
        (b"a,b,a\n1,2,3", "two columns called"),
        ("a,b\nx,Größe\n".encode("latin-1"), "line 2: the text is not UTF-8"),
        (b"\xff\xfea", "not UTF-8"),
        (b'a,b\n1,"never closed', "line 2: this is not a table"),
        (b'a,b\n1,"x"y\n', "line 2: this is not a table"),
        (b"a,b\n1," + b"x" * 200_000, "line 2: this is not a table"),
        (b"a\n" + b"1\n" * 100_001, "more than 100,000 rows"),
    ],
)
def test_what_is_no_table_is_refused_with_file_and_line(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words) as refused:
        read_table(written(tmp_path, content))
    assert "table.csv" in str(refused.value)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.csv", tmp_path / ("x" * 300)):
        with pytest.raises(Refused, match="could not be read"):
            read_table(path)


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_a_table_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content)
    try:
        table = read_table(path)
    except Refused:
        return
    assert all(tuple(r.cells) == table.columns for r in table.rows)


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["2027-01-04", "", "2027-12-31"], DateOrder.ISO),
        (["13/01/2027", "01/02/2027"], DateOrder.DAY_FIRST),
        (["1.2.2027", "31.12.2027"], DateOrder.DAY_FIRST),
        (["01/13/2027", "01/02/2027"], DateOrder.MONTH_FIRST),
        (["01/02/2027", "03/04/2027"], None),
        (["13/01/2027", "01/13/2027", "01/02/2027"], None),
        (["soon", "later"], DateOrder.ISO),
        ([], DateOrder.ISO),
    ],
)
def test_how_a_column_writes_its_days_is_seen_or_asked_never_guessed(
    values: list[str], order: DateOrder | None
) -> None:
    assert date_order(values) == order


def test_a_day_is_read_in_the_order_of_its_column() -> None:
    day = date(2027, 2, 1)
    assert day_from("2027-02-01", DateOrder.ISO) == day_from("2027-02-01", DateOrder.MONTH_FIRST) == day
    assert day_from("2027-02-01T00:00:00", DateOrder.ISO) == day
    assert day_from("1.2.2027", DateOrder.DAY_FIRST) == day_from("02/01/2027", DateOrder.MONTH_FIRST) == day


@pytest.mark.parametrize(
    "text",
    ["2027-02-30", "30/02/2027", "13/13/2027", "0000-01-01", "1/2/27", "soon", "", "2027-2-1", "2027-02-01T10:00"],
)
@pytest.mark.parametrize("order", DateOrder)
def test_what_is_no_day_is_refused(text: str, order: DateOrder) -> None:
    with pytest.raises(Refused, match="is not a date"):
        day_from(text, order)


def test_a_slashed_day_in_an_iso_column_is_refused() -> None:
    with pytest.raises(Refused):
        day_from("01/02/2027", DateOrder.ISO)


def test_numbers_are_read_with_a_point_or_a_comma() -> None:
    assert [number_from(t) for t in ("1.5", "1,5", "+.5", "1 000", "12\u00a0000.0", "-3")] == [
        1.5,
        1.5,
        0.5,
        1000,
        12000,
        -3,
    ]
    assert whole_from("12.0") == 12
    for text in ("", "x", "1.5.2", "1e5", "nan", "inf", "0x10", "1" * 31, "--1", "1,000,000"):
        with pytest.raises(Refused, match="not a number"):
            number_from(text)
    with pytest.raises(Refused, match="not a whole number"):
        whole_from("1.5")


def test_columns_are_recognised_by_name_however_they_are_spelt() -> None:
    names = {"id": ("project_id", "id"), "title": ("title", "project")}
    assert recognised(["Project ID", "PROJECT"], names) == {"id": "Project ID", "title": "PROJECT"}
    assert recognised(["project", "other"], names) == {"title": "project"}
    assert recognised([" Id ", "id", "Title!"], names) == {"id": " Id ", "title": "Title!"}
    assert recognised([], names) == {}
