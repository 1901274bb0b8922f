"""Real data from a CSV or JSON file: each row with its line, and the rejected ones in a file of their own."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

# What the file of rejected rows adds; a corrected one can be fed as it is.
ADDED: Final = ("line", "reason")


class FeedError(ValueError):
    """The file as a whole cannot be read; the message names cause and remedy."""


class RowError(ValueError):
    """One row cannot be used."""


@dataclass(frozen=True)
class Rejected:
    """A row that was left out, where it stands and why."""

    line: int
    reason: str
    row: Mapping[str, Any]


@dataclass(frozen=True)
class Feed:
    """What a file gave."""

    documents: list[Any]
    rejected: list[Rejected]


def read(
    path: Path,
    columns: Sequence[str],
    parse: Callable[[Mapping[str, Any]], Sequence[Any]],
    optional: Sequence[str] = (),
) -> Feed:
    """Read a file whose rows have `columns`, and may have the `optional` ones.

    `parse` makes a row's documents or raises what is wrong with it.
    """
    documents: list[Any] = []
    rejected: list[Rejected] = []
    for line, row in _rows(path, columns):
        try:
            documents.extend(parse(_checked(row, columns, optional)))
        except (ValueError, ArithmeticError, TypeError) as error:
            rejected.append(Rejected(line, reason(error), row))
    if not documents and not rejected:
        raise FeedError(f"{path.name} has no rows. Write one below the header: {','.join(columns)}")
    return Feed(documents, rejected)


def reason(error: Exception) -> str:
    """Say in one line why a row was rejected."""
    if isinstance(error, ValidationError):
        return "; ".join(
            f"{'.'.join(map(str, part['loc'])) or 'row'}: {part['msg'].removeprefix('Value error, ')}"
            for part in error.errors()
        )
    return str(error)


def write_rejected(feed: Path, rejected: Sequence[Rejected], columns: Sequence[str], folder: Path) -> Path:
    """Write the rejected rows beside their reasons, in the feed's own format."""
    target = folder / f"{feed.stem.removesuffix('.rejected')}.rejected{feed.suffix.lower()}"
    rows = [{"line": one.line, "reason": one.reason, **_plain(one.row)} for one in rejected]
    if target.suffix == ".json":
        target.write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    else:
        with target.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, [*ADDED, *columns, "surplus"], extrasaction="ignore", restval="")
            writer.writeheader()
            writer.writerows(rows)
    return target


def _rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise FeedError(
            f"{path.name} is not UTF-8 (byte {error.start}). Save it as UTF-8 and try again."
        ) from error
    except OSError as error:
        raise FeedError(f"{path.name} cannot be read: {error.strerror}.") from error
    match path.suffix.lower():
        case ".csv":
            return _csv_rows(path.name, text, columns)
        case ".json":
            return _json_rows(path.name, text)
        case other:
            raise FeedError(f"{path.name} ends in {other!r}. A feed is a .csv or a .json file.")


def _csv_rows(name: str, text: str, columns: Sequence[str]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        missing = [column for column in columns if column not in (reader.fieldnames or [])]
        if missing:
            raise FeedError(
                f"{name}, line 1: the header lacks {', '.join(missing)}. Make it {','.join(columns)}, in any order."
            )
        for row in reader:
            yield (
                reader.line_num,
                {
                    "surplus" if key is None else key: ",".join(value) if key is None else value
                    for key, value in row.items()
                },
            )
    except csv.Error as error:
        raise FeedError(
            f"{name}, line {reader.line_num}: {error}. Close the quotes there and try again."
        ) from error


def _json_rows(name: str, text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    decoder = json.JSONDecoder()
    position = len(text) - len(text.lstrip())
    if text[position : position + 1] != "[":
        raise FeedError(f"{name} must hold a list of objects: [{{...}}, {{...}}].")
    position += 1
    while True:
        while text[position : position + 1] in {" ", "\t", "\r", "\n", ","}:
            position += 1
        line = text.count("\n", 0, position) + 1
        if text[position:].strip() == "]":
            return
        try:
            row, position = decoder.raw_decode(text, position)
        except json.JSONDecodeError as error:
            raise FeedError(
                f"{name}, line {error.lineno}: {error.msg}. Correct the JSON there and try again."
            ) from error
        yield line, row if isinstance(row, dict) else {"surplus": row}


def _checked(row: Mapping[str, Any], columns: Sequence[str], optional: Sequence[str]) -> dict[str, Any]:
    if row.get("surplus"):
        raise RowError(
            f"there is more than the columns {', '.join(columns)}; quote values that contain commas"
        )
    missing = [column for column in columns if row.get(column) is None]
    if missing:
        raise RowError(f"{', '.join(missing)}: missing")
    return {column: row[column] for column in (*columns, *(name for name in optional if name in row))}


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in ADDED}
