"""Rows of a CSV or JSON file of any size, one at a time: nothing is held but the row and a buffer.

Whatever a file holds, it is read to its end, or refused with a `FeedError` that names the file, the line and a remedy.
"""

from __future__ import annotations

import csv
import json
import re
from codecs import getincrementaldecoder
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Row = tuple[int, dict[str, Any]]
BUFFER: Final = 65_536
LONGEST: Final = 1 << 20  # characters of a row; what has more lacks line ends, quotes or brackets
CUT: Final = 16  # characters; nearer to the end of the buffer, what looks wrong may only not be read yet
SURPLUS: Final = "surplus"  # what a row has beyond its columns, or in place of them
_BLANK = re.compile(r"[ \t\r\n]*")


class FeedError(ValueError):
    """The file as a whole cannot be read; the message names cause and remedy."""


def read(path: Path) -> Iterator[Row]:
    """Give each row of a table, of a list of objects, or of one object after the other, with the line it stands in."""
    with _named(path):
        if _is_csv(path):
            yield from _csv(path)
        else:
            with path.open(encoding="utf-8-sig") as stream:
                yield from _Objects(path.name, stream).rows()


def columns(path: Path) -> list[str]:
    """Return the names of the columns, from the header or the first object."""
    with _named(path):
        if _is_csv(path):
            with path.open(encoding="utf-8-sig", newline="") as stream:
                return _header(path.name, csv.DictReader(_lines(path.name, stream), strict=True))
    return [name for _, row in _first(path) for name in row if name != SURPLUS]


def count(path: Path) -> int:
    """Count the rows, reading the file once."""
    return sum(1 for _ in read(path))


def _first(path: Path) -> list[Row]:
    found = next(read(path), None)
    return [] if found is None else [found]


def _is_csv(path: Path) -> bool:
    suffix = path.suffix.lower()
    if suffix not in {".csv", ".json"}:
        raise FeedError(f"{path.name} ends in {path.suffix!r}. Choose a .csv or a .json file.")
    return suffix == ".csv"


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Say of what makes the file unreadable which file and which line it is."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise FeedError(
            f"{path.name}, line {_undecodable(path)}: this is not UTF-8. Save the file as UTF-8 and try again."
        ) from error
    except OSError as error:
        raise FeedError(f"{path.name} cannot be read: {error.strerror}.") from error


def _undecodable(path: Path) -> int:
    decoder, line = getincrementaldecoder("utf-8")(), 1
    with path.open("rb") as stream:
        while piece := stream.read(BUFFER):
            try:
                decoder.decode(piece)
            except UnicodeDecodeError as error:
                return line + error.object.count(b"\n", 0, error.start)
            line += piece.count(b"\n")
    return line  # it ends within a character


def _csv(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(_lines(path.name, stream), restkey=SURPLUS, strict=True)
        _header(path.name, reader)
        begun = reader.line_num + 1
        try:
            for row in reader:
                if isinstance(row.get(SURPLUS), list):
                    row[SURPLUS] = ",".join(row[SURPLUS])
                yield reader.line_num, row
                begun = reader.line_num + 1
        except csv.Error as error:
            raise _unquoted(path.name, begun, error) from error


def _header(name: str, reader: csv.DictReader[str]) -> list[str]:
    try:
        found = list(reader.fieldnames or ())
    except csv.Error as error:
        raise _unquoted(name, 1, error) from error
    named = [column for column in found if column]
    for column, times in Counter(named).items():
        if times > 1:
            raise FeedError(f"{name}, line 1: {column[:60]!r} stands there twice. Name each column once.")
    return named


def _unquoted(name: str, line: int, error: csv.Error) -> FeedError:
    return FeedError(
        f"{name}, line {line}: the row that begins there cannot be read, {error}. Close the quotes of its values, "
        "and double those within them."
    )


def _lines(name: str, stream: TextIO) -> Iterator[str]:
    number = 0
    while line := stream.readline(LONGEST + 1):
        number += 1
        if len(line) > LONGEST:
            raise FeedError(
                f"{name}, line {number} has more than {LONGEST:,} characters. Give each row a line of its own."
            )
        yield line


class _Objects:
    """The rows of a JSON file, of which a piece is held; `_at` is where the next one begins in it."""

    def __init__(self, name: str, stream: TextIO) -> None:
        self._name, self._stream = name, stream
        self._decoder = json.JSONDecoder()
        self._text, self._at, self._line = "", 0, 1

    def rows(self) -> Iterator[Row]:
        """Give each row with its line."""
        if self._next() != "[":
            while self._next():
                yield self._row()
            return
        mark = self._take()
        while mark != "]":
            if mark == "[" and self._next() == "]":
                self._take()
                break
            yield self._row()
            mark = self._take()
            if mark not in {",", "]"}:
                raise self._wrong(self._line, "a row is followed by a comma or, the last one, by ]")
        if self._next():
            raise self._wrong(self._line, "there is more behind the end of the list")

    def _row(self) -> Row:
        self._next()
        while True:
            try:
                row, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                near = len(self._text) - error.pos < CUT or error.msg.startswith("Unterminated")
                if near and self._more():
                    continue
                raise self._wrong(self._line_of(error.pos), error.msg) from error
            except RecursionError as error:
                raise self._wrong(self._line, "there are too many brackets within brackets") from error
            except ValueError as error:
                raise self._wrong(self._line, "there is a number of thousands of digits") from error
            if end < len(self._text) or isinstance(row, dict | list | str) or not self._more():
                break  # a number that ends with the buffer may go on behind it
        line = self._line
        self._move(end)
        return line, row if isinstance(row, dict) else {SURPLUS: row}

    def _next(self) -> str:
        """Return the first character that is not blank, and stay before it; nothing at the end."""
        while True:
            blank = _BLANK.match(self._text, self._at)
            self._move(self._at if blank is None else blank.end())
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def _take(self) -> str:
        mark = self._next()
        self._move(self._at + len(mark))
        return mark

    def _move(self, to: int) -> None:
        self._line, self._at = self._line_of(to), to

    def _line_of(self, place: int) -> int:
        return self._line + self._text.count("\n", self._at, place)

    def _more(self) -> bool:
        if len(self._text) - self._at > LONGEST:
            raise self._wrong(self._line, f"the row that begins there has more than {LONGEST:,} characters")
        piece = self._stream.read(BUFFER)
        if piece:
            self._text, self._at = self._text[self._at :] + piece, 0
        return bool(piece)

    def _wrong(self, line: int, what: str) -> FeedError:
        return FeedError(f"{self._name}, line {line}: {what}. Correct the JSON there and try again.")
