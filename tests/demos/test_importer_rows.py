"""Rows of files of any size: the batch importer's own reader, which holds a buffer and no file."""

import importlib
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from demokit.feeds import FeedError

from tests.demo_family import DEMOS, forget

FOLDER = DEMOS / "batch-importer"


@pytest.fixture
def rows(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(FOLDER))
    forget(FOLDER)
    yield importlib.import_module("rows")
    forget(FOLDER)


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("buffer", [1, 2, 7, 64, 65_536])
def test_a_list_is_read_whatever_the_buffer_cuts(
    rows: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, buffer: int
) -> None:
    monkeypatch.setattr(rows, "BUFFER", buffer)
    objects = [{"id": number, "name": 'a "]", [b]'} for number in range(20)]
    path = write(tmp_path, "a.json", json.dumps(objects, indent=1))
    assert [row for _, row in rows.read(path)] == objects
    assert [line for line, _ in rows.read(path)] == [2 + 4 * number for number in range(20)]
    assert rows.count(path) == 20
    assert rows.columns(path) == ["id", "name"]


def test_one_object_after_the_other_is_read_too(rows: ModuleType, tmp_path: Path) -> None:
    path = write(tmp_path, "a.json", '{"id": 1}\n{"id": 2}\n\n7\n')
    assert list(rows.read(path)) == [(1, {"id": 1}), (2, {"id": 2}), (4, {"surplus": 7})]


@pytest.mark.parametrize(
    ("name", "text"), [("a.json", ""), ("a.json", "[]"), ("a.json", " [ ] "), ("a.csv", "")]
)
def test_nothing_is_no_row(rows: ModuleType, tmp_path: Path, name: str, text: str) -> None:
    path = write(tmp_path, name, text)
    assert (rows.count(path), rows.columns(path)) == (0, [])


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.json", '[{"id": 1},\n {"id": oops}]', "line 2"),
        ("a.json", '[{"id": 1},\n', "line 2"),
        ("a.json", '[{"id": 1}', "line 1"),
        ("a.csv", 'id,name\n1,"open\n', "line"),
        ("a.xlsx", "", "a .csv or a .json file"),
    ],
)
def test_a_file_that_breaks_off_says_where(
    rows: ModuleType, tmp_path: Path, name: str, text: str, said: str
) -> None:
    with pytest.raises(FeedError, match=said):
        list(rows.read(write(tmp_path, name, text)))


def test_lines_of_a_csv_are_counted_with_those_inside_quotes(rows: ModuleType, tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", 'id,name\n1,"two\nlines"\n2,b,c\n')
    assert list(rows.read(path)) == [
        (3, {"id": "1", "name": "two\nlines"}),
        (4, {"id": "2", "name": "b", "surplus": ["c"]}),
    ]
