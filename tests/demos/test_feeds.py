import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from demokit import feeds
from demokit.feeds import Rejected
from demokit.rows import FeedError

COLUMNS = ("name", "price")


def parse(row: Mapping[str, Any]) -> list[tuple[str, float]]:
    return [(row["name"], float(row["price"]))]


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_good_rows_become_documents(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "price,name\n1.5,lamp\n2,desk\n")
    assert feeds.read(path, COLUMNS, parse) == feeds.Feed([("lamp", 1.5), ("desk", 2.0)], [])


def test_a_byte_order_mark_and_columns_that_nobody_asked_for_do_no_harm(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "\ufeffname,price,colour\r\nlamp,1,red\r\n")
    assert feeds.read(path, COLUMNS, parse).documents == [("lamp", 1.0)]


def test_a_broken_row_is_left_out_with_its_line_and_reason(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", 'name,price\n"two\nlines",1\nlamp,free\ndesk\ndesk,1,2\nchair,3\n')
    found = feeds.read(path, COLUMNS, parse)
    assert [name for name, _ in found.documents] == ["two\nlines", "chair"]
    assert [(one.line, one.reason.split(";")[0]) for one in found.rejected] == [
        (4, "could not convert string to float: 'free'"),
        (5, "price: missing"),
        (6, "there is more than the columns name, price"),
    ]


def test_rows_of_json_have_lines_too(tmp_path: Path) -> None:
    path = write(tmp_path, "a.json", '[\n {"name": "lamp", "price": 1},\n {"name": "desk"},\n 7\n]')
    found = feeds.read(path, COLUMNS, parse)
    assert found.documents == [("lamp", 1.0)]
    assert [(one.line, one.reason.split(";")[0]) for one in found.rejected] == [
        (3, "price: missing"),
        (4, "there is more than the columns name, price"),
    ]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.csv", "", "the header lacks name, price"),
        ("a.csv", "name,cost\nlamp,1\n", "the header lacks price"),
        ("a.csv", "name,price\n", "has no rows"),
        ("a.csv", 'name,price\n"lamp,1\n', "Close the quotes"),
        ("a.csv", b"name,price\n\xff,1\n", "not UTF-8"),
        ("a.json", '[{"name": oops}]', "line 1"),
        ("a.json", "[\n{}", "line 2"),
        ("a.json", "[]", "has no rows"),
        ("a.xlsx", "", "a .csv or a .json file"),
    ],
)
def test_a_file_that_cannot_be_read_says_cause_and_remedy(
    tmp_path: Path, name: str, text: str | bytes, said: str
) -> None:
    with pytest.raises(FeedError, match=said):
        feeds.read(write(tmp_path, name, text), COLUMNS, parse)


def test_rejected_rows_are_kept_and_can_be_fed_again(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "name,price\nlamp,free\ndesk,1,2\n")
    rejected = feeds.read(path, COLUMNS, parse).rejected
    kept = feeds.write_rejected(path, rejected, COLUMNS, tmp_path)
    assert kept.name == "a.rejected.csv"
    with kept.open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["line"] for row in rows] == ["2", "3"]
    corrected = write(tmp_path, kept.name, kept.read_text().replace("free", "3").replace(",2\n", ",\n"))
    assert feeds.read(corrected, COLUMNS, parse) == feeds.Feed([("lamp", 3.0), ("desk", 1.0)], [])
    assert feeds.write_rejected(corrected, rejected, COLUMNS, tmp_path) == kept


def test_rejected_rows_of_json_stay_json(tmp_path: Path) -> None:
    kept = feeds.write_rejected(Path("a.json"), [Rejected(3, "why", {"name": "desk"})], COLUMNS, tmp_path)
    assert json.loads(kept.read_text()) == [{"line": 3, "reason": "why", "name": "desk"}]
