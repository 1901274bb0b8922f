"""Rows of a CSV or JSON file of any size, one at a time: nothing is held but the row and a buffer."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from demokit.feeds import FeedError

Row = tuple[int, dict[str, Any]]
BUFFER = 65_536
BLANK = " \t\r\n,"


def read(path: Path) -> Iterator[Row]:
    """Give each row with the line it stands in; what makes the file unreadable is a `FeedError`."""
    if path.suffix.lower() not in {".csv", ".json"}:
        raise FeedError(f"{path.name} ends in {path.suffix!r}. Import a .csv or a .json file.")
    try:
        yield from _csv(path) if path.suffix.lower() == ".csv" else _json(path)
    except UnicodeDecodeError as error:
        raise FeedError(f"{path.name} is not UTF-8. Save it as UTF-8 and start again.") from error


def columns(path: Path) -> list[str]:
    """Return the names of the columns, from the header or the first object."""
    if path.suffix.lower() == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return [name for name in next(csv.reader(stream), []) if name]
    return [str(name) for _, row in _first(path) for name in row]


def count(path: Path) -> int:
    """Count the rows, reading the file once."""
    return sum(1 for _ in read(path))


def _first(path: Path) -> list[Row]:
    found = next(read(path), None)
    return [] if found is None else [found]


def _csv(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream, restkey="surplus", strict=True)
        try:
            for row in reader:
                yield reader.line_num, row
        except csv.Error as error:
            raise FeedError(
                f"{path.name}, line {reader.line_num}: {error}. Close the quotes there."
            ) from error


def _json(path: Path) -> Iterator[Row]:
    """Read a list of objects, or one object after the other."""
    decoder, line, is_list = json.JSONDecoder(), 1, False
    with path.open(encoding="utf-8-sig") as stream:
        text = stream.read(BUFFER)
        while True:
            rest = text.lstrip(BLANK)
            line += text.count("\n", 0, len(text) - len(rest))
            text = rest
            if text[:1] == "[" and not is_list:
                text, is_list = text[1:], True
                continue
            if is_list and text[:1] == "]":
                return
            try:
                row, end = decoder.raw_decode(text)
            except json.JSONDecodeError as error:
                if more := stream.read(BUFFER):
                    text += more
                    continue
                if not text and not is_list:
                    return
                where = line + text.count("\n", 0, error.pos)
                raise FeedError(f"{path.name}, line {where}: {error.msg}. Correct it there.") from error
            yield line, row if isinstance(row, dict) else {"surplus": row}
            line += text.count("\n", 0, end)
            text = text[end:]
