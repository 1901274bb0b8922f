"""Feeds that are broken, and rows that mean no good: in the readers of all demos, and at the command line."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from demokit import feeds
from demokit.rows import LONGEST, FeedError
from hypothesis import strategies as draw
from pytest_bdd import parsers, then, when

from steps.demo_app import DEMOS
from steps.demo_imports import run_importer
from steps.demo_loader import load
from steps.hostile import CORPUS, HOSTILE, LONGEST_MESSAGE
from steps.hostile_forms import MARKUP
from steps.properties import examples

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from demokit.seeding import Reader

    from coodie.livingdoc.attach import LivingDoc
    from steps.cells import Table
    from steps.demo_app import DemoApp

Rows = list[dict[str, Any]]
DRAWN = 40
# What JSON can hold where a text, a number or a list is meant.
OTHERS: tuple[Any, ...] = (
    *(None, True, 0, -1, 2**31, 2**63, 10**400, 0.1, 1e308, float("inf"), float("nan")),
    *([], [[]], [None], {}, {"a": []}, "0001-01-01", "9999-12-31T23:59:59.999999", "1e999999", "-0", "1_0"),
)
VALUES = (*CORPUS, *MARKUP, *OTHERS)


@dataclass(frozen=True)
class Feeding:
    """A demo's reader, and the rows of the feed that lies beside it."""

    name: str
    reader: Reader
    rows: Rows

    def text(self, rows: Rows | None = None) -> str:
        """Write rows as a table."""
        stream = io.StringIO(newline="")
        writer = csv.DictWriter(stream, list(self.rows[0]))
        writer.writeheader()
        writer.writerows(self.rows if rows is None else rows)
        return stream.getvalue()

    def read(self, path: Path) -> feeds.Feed:
        """Read a file as the demo does."""
        return feeds.read(path, self.reader.columns, self.reader.parse, self.reader.optional)


def feeding(folder: Path) -> Feeding:
    """Load the reader and the feed of a demo."""
    [broken] = folder.glob("*-broken.csv")
    with broken.with_name(broken.name.replace("-broken", "")).open(encoding="utf-8", newline="") as stream:
        return Feeding(folder.name, load(folder, "seed")["seed"].READER, list(csv.DictReader(stream)))


@pytest.fixture
def demo_feeds() -> list[Feeding]:
    """The feeds of all demos."""
    return [feeding(path.parent) for path in sorted(DEMOS.glob("*/Makefile"))]


def _table(change: Callable[[list[str]], list[str]]) -> Callable[[Feeding], tuple[str, bytes]]:
    return lambda feed: ("feed.csv", "".join(change(feed.text().splitlines(keepends=True))).encode())


def _json(change: Callable[[str], str]) -> Callable[[Feeding], tuple[str, bytes]]:
    return lambda feed: ("feed.json", change(json.dumps(feed.rows, indent=1)).encode())


BROKEN: dict[str, Callable[[Feeding], tuple[str, bytes]]] = {
    "it is empty": lambda _: ("feed.csv", b""),
    "it has a header and no rows": _table(lambda lines: lines[:1]),
    "its first column has another name": _table(lambda lines: [f"x{lines[0]}", *lines[1:]]),
    "its first column is there twice": _table(
        lambda lines: [lines[0].split(",")[0] + "," + lines[0], *lines[1:]]
    ),
    "the quotes of its second row stay open": _table(lambda lines: [*lines[:2], f'"{lines[1]}']),
    "its second row goes on for two megabytes": _table(lambda lines: [*lines[:2], "a" * 2 * LONGEST]),
    "it is saved in Latin 1": lambda feed: ("feed.csv", (feed.text() + "é").encode("latin-1")),
    "it is saved in UTF-16": lambda feed: ("feed.csv", feed.text().encode("utf-16")),
    "it is a spreadsheet": lambda _: ("feed.xlsx", b"PK\3\4"),
    "the list has no end": _json(lambda text: text.rstrip("]")),
    "a comma is missing between rows": _json(lambda text: text.replace("},", "}", 1)),
    "a value has no quotes": _json(lambda text: text.replace('": "', '": ', 1)),
    "there are 50,000 brackets within brackets": _json(lambda _: "[" * 50_000),
    "a number has 10,000 digits": _json(lambda text: text.replace('": "', f'": {"9" * 10_000}, "x": "', 1)),
}


@then("the feed of each demo, broken in one of these ways, is refused with these words")
def is_refused(demo_feeds: list[Feeding], tmp_path: Path, livingdoc: LivingDoc, datatable: Table) -> None:
    """Break each feed, and compare what its reader says of it; `…` stands for anything."""
    for how, words in datatable[1:]:
        for feed in demo_feeds:
            name, data = BROKEN[how](feed)
            path = tmp_path / name
            path.write_bytes(data)
            with pytest.raises(FeedError) as caught:
                feed.read(path)
            assert words in str(caught.value), (feed.name, how, str(caught.value))
            assert str(caught.value).startswith(name)
    livingdoc.attach_text(
        "inputs", f"{len(datatable) - 1} broken files for each of {len(demo_feeds)} readers"
    )


@then(
    "each hostile text, and each other value, in each column of each demo's feed is read, or a reason of one line"
)
def is_read_or_rejected(demo_feeds: list[Feeding], tmp_path: Path, livingdoc: LivingDoc) -> None:
    """Put each value into each column of a good row, and what Hypothesis makes of all in several."""
    told = []
    for feed in demo_feeds:
        rows = list(_hostile_rows(feed))
        columns = draw.sampled_from(feed.reader.columns)

        @examples(DRAWN)
        @hypothesis.given(draw.dictionaries(columns, HOSTILE | draw.sampled_from(VALUES), min_size=1))
        def drawn(values: dict[str, Any]) -> None:
            rows.append({**feed.rows[0], **values})  # noqa: B023 - it is called here and now

        drawn()
        path = tmp_path / f"{feed.name}.json"
        path.write_text(json.dumps(rows), "utf-8")
        found = feed.read(path)
        for one in found.rejected:
            assert 0 < len(one.reason) <= LONGEST_MESSAGE, (feed.name, one.reason[:200])
            assert one.reason.isprintable(), (feed.name, ascii(one.reason))
        kept = feeds.write_rejected(path, found.rejected, feed.reader.columns, tmp_path)
        assert len(json.loads(kept.read_text("utf-8"))) == len(found.rejected)
        told.append(f"{feed.name}: {len(rows)} rows, {len(found.rejected)} of them rejected")
        plain = [row for row in rows if all(isinstance(value, str) for value in row.values())]
        table = tmp_path / f"{feed.name}.csv"
        table.write_text(feed.text(plain), "utf-8", errors="replace")
        feed.read(table)
    livingdoc.attach_text("inputs", "\n".join(told))


@when(parsers.parse("somebody feeds it its own feed, of which {how}"), target_fixture="fed")
def feeds_broken(
    demo_app: DemoApp, livingdoc: LivingDoc, tmp_path: Path, how: str
) -> subprocess.CompletedProcess[str]:
    """Run `make seed FEED=…` with a file that is broken."""
    path = _broken(demo_app, tmp_path, how)
    done = demo_app.make("seed", f"FEED={path}")
    livingdoc.attach_text("make seed FEED=…", done.stdout + done.stderr)
    return done


@when(parsers.parse("somebody imports its own feed, of which {how}"), target_fixture="fed")
def imports_broken(
    demo_app: DemoApp, livingdoc: LivingDoc, tmp_path: Path, how: str
) -> subprocess.CompletedProcess[str]:
    """Run the importer with a file that is broken."""
    done = run_importer(demo_app, str(_broken(demo_app, tmp_path, how)))
    livingdoc.attach_text("importer.py …", done.stdout + done.stderr)
    return done


@then(parsers.parse('it fails with "{words}"'))
def it_fails(fed: subprocess.CompletedProcess[str], words: str) -> None:
    """Look for the words in what a command wrote that did not succeed."""
    said = " ".join((fed.stdout + fed.stderr).split())
    assert fed.returncode != 0
    assert words in said
    assert "Traceback" not in said


@then("a feed of hostile rows is written, but for those that are rejected with a reason")
def hostile_rows_are_written(demo_app: DemoApp, tmp_path: Path, livingdoc: LivingDoc) -> None:
    """Run `make seed FEED=…` with a value in each column of a good row, one after the other."""
    feed = feeding(demo_app.folder)
    path = tmp_path / "hostile.json"
    path.write_text(json.dumps(list(_hostile_rows(feed))), "utf-8")
    found = feed.read(path)
    assert found.documents
    done = demo_app.make("seed", f"FEED={path}")
    said = done.stdout + done.stderr
    livingdoc.attach_text("make seed FEED=hostile.json", said)
    assert f"{len(found.documents):,} rows written" in said
    assert f"{len(found.rejected):,} rows were rejected" in said
    assert "The other rows were written." in said


def _hostile_rows(feed: Feeding) -> Iterator[dict[str, Any]]:
    return ({**feed.rows[0], column: value} for column in feed.reader.columns for value in VALUES)


def _broken(app: DemoApp, folder: Path, how: str) -> Path:
    name, data = BROKEN[how](feeding(app.folder))
    path = folder / name
    path.write_bytes(data)
    return path
