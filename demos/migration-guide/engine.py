"""The old program's side: its connection, its tables, its rows, and its values as coodie has them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cqlengine_models
import cqlengine_program
from cassandra.cqlengine import connection
from cassandra.cqlengine.usertype import UserType
from cassandra.util import Date, OrderedMap, SortedSet
from demokit.database import contact_points
from demokit.settings import Settings

FOLDER = Path(__file__).resolve().parent
MODELS: dict[str, Any] = {
    "reader": cqlengine_models.Reader,
    "loan": cqlengine_models.Loan,
    "hold": cqlengine_models.Hold,
}
KINDS: tuple[Any, ...] = (cqlengine_models.Book, cqlengine_models.Film)
DAY = 86_400
os.environ.setdefault("CQLENG_ALLOW_SCHEMA_MANAGEMENT", "1")  # or cqlengine warns whenever it makes a table


def place(settings: Settings) -> tuple[list[str], int]:
    """Return hosts and port, which cqlengine takes apart."""
    pairs = [point.rpartition(":") for point in contact_points(settings)]
    return [host or port for host, _, port in pairs], int(pairs[0][2]) if pairs[0][0] else 9042


def connect() -> None:
    """Connect as the old program does, which makes its tables too."""
    settings = Settings.load(FOLDER)
    cqlengine_program.connect(*place(settings), settings.keyspace)


def disconnect() -> None:
    """End the connection."""
    connection.unregister_connection("default")


def save(document: Any) -> None:
    """Write what a document of coodie's holds, as the old program would have: later changes at a later time."""
    values = document.model_dump(exclude_none=True, exclude={"kind"})
    later = {name: values.pop(name) for name in ("version", "told") if name in values}
    if home := values.get("home"):
        values["home"] = cqlengine_models.Address(**home)
    row = getattr(cqlengine_models, type(document).__name__).create(**values)
    if later.get("version", 1) > 1:
        row.update(version=later["version"])
    if later.get("told"):
        row.ttl(DAY).update(told=True)


def read(table: str, partition: dict[str, Any]) -> Iterator[Any]:
    """Read the rows of a partition.

    A family is read class by class: asked for its top by key, cqlengine leaves out the columns of the others.
    """
    if table in MODELS:
        yield from MODELS[table].objects(**partition)
    for kind in KINDS if table == "item" else ():
        yield from kind.objects(**partition, kind=kind.__discriminator_value__).allow_filtering()


def plain(value: Any) -> Any:
    """Return a value that cqlengine has read as coodie reads it: the same, in Python's own types.

    cqlengine's moments have no time zone and mean UTC, its dates and collections are classes of the driver's.
    """
    match value:
        case Date():
            return value.date()
        case datetime():
            return value.replace(tzinfo=UTC)
        case SortedSet():
            return {plain(each) for each in value}
        case OrderedMap() | dict():
            return {plain(key): plain(each) for key, each in value.items()}
        case UserType():
            return {name: plain(getattr(value, name)) for name in value._fields}
        case _:
            return value


@contextmanager
def sent() -> Iterator[list[str]]:
    """Collect the statements that cqlengine sends meanwhile."""
    texts: list[str] = []

    def note(future: Any) -> None:
        texts.append(" ".join(str(getattr(future.query, "query_string", future.query)).split()))

    session = connection.get_session()
    session.add_request_init_listener(note)
    try:
        yield texts
    finally:
        with suppress(ValueError):
            session.remove_request_init_listener(note)
