"""Damage one cell of a copy on purpose, so that one sees it found: `python corrupt.py value`."""

import sys
from collections.abc import Callable
from typing import Any, Literal, get_args

import click
import migrate
from demokit import database
from pydantic import BaseModel
from rich.console import Console
from tables import PARTS, Key, Row, copy_of, key_of, rows, told

from coodie.exceptions import CoodieError

Kind = Literal["value", "ttl", "writetime", "row"]
TWO_HOURS, SECOND = 7200, 1_000_000


class Damage(BaseModel):
    """What was done to a copy, and where."""

    kind: Kind
    table: str
    row: str
    column: str
    done: str


class NoCopyError(ValueError):
    """There is nothing to damage."""

    def __init__(self) -> None:
        super().__init__("Nothing is copied yet. Copy the tables first, then damage a copy.")


def corrupt(kind: Kind) -> Damage:
    """Damage the first row of a copy along the token ring; the original stays as it is."""
    if not migrate.is_copied():
        raise NoCopyError
    return KINDS[kind]()


def _value() -> Damage:
    name, key, row = _first("reader")
    now = row.values["name"][:-1] + chr(ord(row.values["name"][-1]) + 1)
    # With the time of the cell that is there: of two such cells, servers keep the greater one.
    copy_of(name).find(**key).timestamp(row.times["name"].written).update(name=now)
    return _told("value", name, key, "name", f"{row.values['name']} is now {now}")


def _ttl() -> Damage:
    name, key, row = _first("hold")
    time = row.times["branch"]
    expires = copy_of(name).find(**key).timestamp(time.written).ttl((time.rest or 0) + TWO_HOURS)
    expires.update(branch=row.values["branch"])
    return _told("ttl", name, key, "branch", "expires two hours later")


def _writetime() -> Damage:
    name, key, row = _first("loan")
    moved = copy_of(name).find(**key).timestamp(row.times["title"].written + SECOND)
    moved.update(title=row.values["title"])
    return _told("writetime", name, key, "title", "was written a second later")


def _row() -> Damage:
    name, key, _ = _first("item")
    copy_of(name).find(**key).delete()
    return _told("row", name, key, "", "is not there any more")


KINDS: dict[Kind, Callable[[], Damage]] = {"value": _value, "ttl": _ttl, "writetime": _writetime, "row": _row}


def _first(name: str) -> tuple[str, dict[str, Any], Row]:
    copy = copy_of(name)
    first: tuple[Key, Row] | None = next((each for part in range(PARTS) for each in rows(copy, part)), None)
    if first is None:
        raise NoCopyError
    return name, dict(zip(key_of(copy), first[0], strict=True)), first[1]


def _told(kind: Kind, name: str, key: dict[str, Any], column: str, done: str) -> Damage:
    return Damage(
        kind=kind, table=name, row=told(copy_of(name), tuple(key.values())), column=column, done=done
    )


@click.command(help="Damage one cell of a copy, or drop a row, for verify.py to find.")
@click.argument("kind", type=click.Choice(get_args(Kind)))
def main(kind: Kind) -> None:
    """Damage a copy and say where."""
    out, err = Console(), Console(stderr=True)
    try:
        with migrate.connected():
            damage = corrupt(kind)
    except (database.NoServerError, NoCopyError, CoodieError) as error:
        err.print(str(error), style="bold red", highlight=False, markup=False, soft_wrap=True)
        sys.exit(migrate.FAILED)
    where = f" column {damage.column}" if damage.column else ""
    out.print(
        f"{damage.table}_copy {damage.row}{where}: {damage.done}",
        highlight=False,
        markup=False,
        soft_wrap=True,
    )


if __name__ == "__main__":
    main()
