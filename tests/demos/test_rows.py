"""Rows of files of any size: the kit's reader holds a buffer and no file, and says of a broken one where it breaks."""

import codecs
import json
from pathlib import Path

import pytest
from demokit import rows
from demokit.rows import LONGEST, FeedError
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("buffer", [1, 2, 7, 64, 65_536])
def test_a_list_is_read_whatever_the_buffer_cuts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, buffer: int
) -> None:
    monkeypatch.setattr(rows, "BUFFER", buffer)
    objects = [{"id": number, "name": 'a "]", [b]'} for number in range(20)]
    path = write(tmp_path, "a.json", json.dumps(objects, indent=1))
    assert [row for _, row in rows.read(path)] == objects
    assert [line for line, _ in rows.read(path)] == [2 + 4 * number for number in range(20)]
    assert rows.count(path) == 20
    assert rows.columns(path) == ["id", "name"]


@pytest.mark.parametrize("buffer", [1, 65_536])
def test_one_object_after_the_other_is_read_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, buffer: int
) -> None:
    monkeypatch.setattr(rows, "BUFFER", buffer)
    path = write(tmp_path, "a.json", '{"id": 1}\n{"id": 2}\n\n789\n[]')
    assert list(rows.read(path)) == [
        (1, {"id": 1}),
        (2, {"id": 2}),
        (4, {"surplus": 789}),
        (5, {"surplus": []}),
    ]


@pytest.mark.parametrize(
    ("name", "text"), [("a.json", ""), ("a.json", "[]"), ("a.json", " [ ] "), ("a.csv", "")]
)
def test_nothing_is_no_row(tmp_path: Path, name: str, text: str) -> None:
    path = write(tmp_path, name, text)
    assert (rows.count(path), rows.columns(path)) == (0, [])


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_lines_of_a_csv_are_counted_with_those_inside_quotes(tmp_path: Path, mark: bytes) -> None:
    path = write(tmp_path, "a.csv", mark + b'id,name\n1,"two\nlines"\n2,b,c,d\n')
    assert list(rows.read(path)) == [
        (3, {"id": "1", "name": "two\nlines"}),
        (4, {"id": "2", "name": "b", "surplus": "c,d"}),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_ends_a_line(tmp_path: Path, end: str) -> None:
    assert list(rows.read(write(tmp_path, "a.csv", f"id{end}1{end}2"))) == [
        (2, {"id": "1"}),
        (3, {"id": "2"}),
    ]


def test_zeros_are_characters_like_others(tmp_path: Path) -> None:
    assert list(rows.read(write(tmp_path, "a.csv", "id\na\0b\n"))) == [(2, {"id": "a\0b"})]
    assert list(rows.read(write(tmp_path, "a.json", '[{"id": "a\\u0000b"}]'))) == [(1, {"id": "a\0b"})]


BROKEN: dict[str, tuple[str, str | bytes, str]] = {
    "what is no JSON": ("a.json", '[{"id": 1},\n {"id": oops}]', "line 2: Expecting value. Correct"),
    "a list that breaks off behind a comma": ("a.json", '[{"id": 1},\n', "line 2: Expecting value"),
    "a list without an end": ("a.json", '[{"id": 1}', "line 1: a row is followed by a comma or"),
    "no comma": ("a.json", '[{"id": 1}\n {"id": 2}]', "line 2: a row is followed by a comma"),
    "two commas": ("a.json", '[{"id": 1},\n,{"id": 2}]', "line 2: Expecting value"),
    "a comma at the end": ("a.json", '[{"id": 1},\n]', "line 2: Expecting value"),
    "more behind the list": ("a.json", "[{}]\n[{}]", "line 2: there is more behind the end"),
    "a comma between objects": ("a.json", "{},\n{}", "line 1: Expecting value"),
    "an object that breaks off": ("a.json", '[{"id": 1}, {"id"\n', "Correct the JSON"),
    "a text that breaks off": ("a.json", '[\n{"id": "on', "line 2: Unterminated string"),
    "brackets within brackets": ("a.json", "[" * 60_000, "line 1: there are too many brackets"),
    "a number without an end": (
        "a.json",
        '[{"id": ' + "9" * 50_000 + "}]",
        "a number of thousands of digits",
    ),
    "an object without an end": (
        "a.json",
        '[{"id": "' + "a" * (LONGEST + 200_000),
        "has more than 1,048,576",
    ),
    "NUL where JSON should be": ("a.json", "\0", "line 1: Expecting value"),
    "quotes that stay open": ("a.csv", 'id,name\n1,b\n2,"open\n\n', "line 3: the row that begins there"),
    "quotes that stay open for long": (
        "a.csv",
        'id,name\n2,"open\n' + "1,b\n" * 100_000,
        "line 2: the row that begins there cannot be read, field larger than",
    ),
    "quotes within quotes": ("a.csv", 'id,name\n1,"a"b"\n', "line 2: .* double those within"),
    "a header that stays open": ("a.csv", '"id,name\n1,b\n', "line 1: the row that begins there"),
    "a line without an end": ("a.csv", "id,name\n" + "1," * LONGEST, "line 2 has more than 1,048,576"),
    "a header without an end": ("a.csv", "id," * LONGEST, "line 1 has more than 1,048,576"),
    "a column twice": ("a.csv", "id,name,id\n1,b,2\n", "line 1: 'id' stands there twice"),
    "Latin 1": ("a.csv", "id,name\n1,b\n2,é\n".encode("latin-1"), "line 3: this is not UTF-8. Save"),
    "UTF-16": ("a.csv", "id,name\n1,b\n".encode("utf-16"), "line 1: this is not UTF-8"),
    "UTF-16 in JSON": ("a.json", '[{"id": 1}]'.encode("utf-16"), "line 1: this is not UTF-8"),
    "half of a character at the end": ("a.csv", b"id,name\n1,b\n2,\xc3", "line 3: this is not UTF-8"),
    "another kind of file": ("a.xlsx", "", "ends in '.xlsx'. Choose a .csv or a .json file"),
}


@pytest.mark.parametrize(("name", "text", "said"), BROKEN.values(), ids=list(BROKEN))
def test_a_broken_file_is_refused_by_name_and_line(
    tmp_path: Path, name: str, text: str | bytes, said: str
) -> None:
    path = write(tmp_path, name, text)
    with pytest.raises(FeedError, match=said) as caught:
        list(rows.read(path))
    assert str(caught.value).startswith(path.name)


def test_what_is_no_file_is_refused_too(tmp_path: Path) -> None:
    with pytest.raises(FeedError, match=r"a\.csv cannot be read: No such file"):
        rows.columns(tmp_path / "a.csv")
    (tmp_path / "b.csv").mkdir()
    with pytest.raises(FeedError, match=r"b\.csv cannot be read: Is a directory"):
        rows.count(tmp_path / "b.csv")


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["a.csv", "a.json"]),
    st.binary(max_size=200)
    | st.text(st.sampled_from('[]{},:"\\\n\r\0 a1.-tnu\ufeffé'), max_size=80).map(str.encode),
)
@example("a.json", b"[1")
@example("a.json", b"{}1e400{}")
def test_any_bytes_are_rows_or_refused(tmp_path: Path, name: str, data: bytes) -> None:
    path = write(tmp_path, name, data)
    try:
        found = list(rows.read(path))
    except FeedError as error:
        assert str(error).startswith(name)  # noqa: PT017 - most are no error
    else:
        assert rows.count(path) == len(found)
        assert all(1 <= line <= data.count(b"\n") + data.count(b"\r") + 1 for line, _ in found)
