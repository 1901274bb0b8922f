"""The guide: each feature in both programs, as their files have it, executed side by side when asked to."""

import ast
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any, Literal, NamedTuple
from uuid import UUID, uuid4

import coodie_program
import cqlengine_program
import engine
from coodie_models import Hold, Item, Loan, Reader
from demokit import highlight
from demokit.settings import Settings
from markupsafe import Markup
from pydantic import BaseModel, Field

from coodie.execution import observe
from coodie.observation import describe

Name = Literal[
    "connection",
    "columns",
    "keys",
    "queries",
    "batches",
    "conditions",
    "user-types",
    "polymorphism",
    "time-to-live",
]
FOLDER = Path(__file__).resolve().parent
PATIENCE = 120
ONE_AT_A_TIME = threading.Lock()  # what cqlengine sends is overheard on its one session
APART = """
import json, sys, {program} as program
from uuid import UUID
program.connect([sys.argv[1]], int(sys.argv[2]), sys.argv[3])
print(json.dumps(program.columns(UUID(sys.argv[4]))))
"""


class Feature(NamedTuple):
    """A chapter: its title, what changes, the models and the function that show it."""

    title: str
    words: str
    models: tuple[str, ...]
    function: str


FEATURES: dict[Name, Feature] = {
    "connection": Feature(
        "Connection",
        "One call each. What coodie is not told it finds in the environment (`COODIE_HOSTS`, `COODIE_KEYSPACE`). "
        "Each class syncs its own table, and returns what was sent; with `dry_run=True` nothing is.",
        (),
        "connect",
    ),
    "columns": Feature(
        "Columns",
        "A column is an annotated field. What was not required may be `None`; `default=` becomes `= …`. Values come "
        "back as Python's own types, and moments with their time zone, which cqlengine leaves out.",
        ("Reader",),
        "columns",
    ),
    "keys": Feature(
        "Keys",
        "`partition_key=True` becomes `PrimaryKey(n)`, a further `primary_key=True` becomes `ClusteringKey()`. "
        "The markers say what is key and in which order, and the order of the fields is free.",
        ("Loan",),
        "keys",
    ),
    "queries": Feature(
        "Queries",
        "`Model.objects` is `Model.find()`, and lookups keep their names. A query is read by a loop, or by a call "
        "that says what it reads, `all()`, `first()`, `count()`; never by looking at it.",
        (),
        "queries",
    ),
    "batches": Feature(
        "Batches",
        "`batch=` is an argument of every write. In both, nothing is sent when the block ends with an exception.",
        (),
        "batches",
    ),
    "conditions": Feature(
        "Conditions",
        "Lightweight transactions. What the server decided is returned, `LWTResult(applied, existing)`: that "
        "somebody was faster is an answer, not an exception. `coodie convert` leaves this to a person.",
        (),
        "conditions",
    ),
    "user-types": Feature(
        "User types",
        "A type is a Pydantic model, made and registered with the table that uses it; types that it is made of first.",
        ("Address",),
        "user_types",
    ),
    "polymorphism": Feature(
        "Polymorphism",
        "The column that tells the kind has the marker `Discriminator()`; each class says its word in `Settings`.",
        ("Item", "Book", "Film"),
        "polymorphism",
    ),
    "time-to-live": Feature(
        "Time to live",
        "Table options keep their names. `ttl=` is an argument of every write, and what is left can be asked for.",
        ("Hold",),
        "time_to_live",
    ),
}


class Ran(BaseModel):
    """What one program gave, what it sent, and how long that took."""

    result: Any
    statements: list[str] = Field(description="None where the program ran in a process of its own")
    ms: float


class Both(BaseModel):
    """A feature in both programs."""

    feature: Name
    cqlengine: Ran
    coodie: Ran
    equal: bool


class Sides(NamedTuple):
    """The code of a feature."""

    cqlengine: Markup
    coodie: Markup


def run(name: Name, settings: Settings) -> Both:
    """Execute a feature in both programs, each with rows of its own, which are removed afterwards."""
    with ONE_AT_A_TIME:
        if name == "connection":
            old, new = (_apart(program, settings) for program in ("cqlengine_program", "coodie_program"))
        else:
            old = _run(getattr(cqlengine_program, FEATURES[name].function), engine.sent)
            new = _run(getattr(coodie_program, FEATURES[name].function), _observed)
    return Both(feature=name, cqlengine=old, coodie=new, equal=old.result == new.result)


def sides(name: Name) -> Sides:
    """Return the code of a feature: the models it is about, and the function."""
    feature = FEATURES[name]
    left, right = (
        "\n\n\n".join(
            [
                *(_source(f"{program}_models.py")[model] for model in feature.models),
                _source(f"{program}_program.py")[feature.function],
            ]
        )
        for program in ("cqlengine", "coodie")
    )
    return Sides(highlight.code(left, "python"), highlight.code(right, "python"))


def _source(file: str) -> dict[str, str]:
    """Return the source of each class and function of a file."""
    text = (FOLDER / file).read_text("utf-8")
    nodes = (node for node in ast.parse(text).body if isinstance(node, ast.ClassDef | ast.FunctionDef))
    return {node.name: ast.get_source_segment(text, node) or "" for node in nodes}


def _run(function: Callable[[UUID], Any], listening: Any) -> Ran:
    who = uuid4()
    try:
        with listening() as statements:
            started = perf_counter()
            result = function(who)
            ms = (perf_counter() - started) * 1000
    finally:
        _tidy(who)
    return Ran(result=result, statements=statements, ms=ms)


def _apart(program: str, settings: Settings) -> Ran:
    """Connect in a process of its own, because a connection is one for the whole process."""
    who, (hosts, port) = uuid4(), engine.place(settings)
    started = perf_counter()
    done = subprocess.run(  # noqa: S603 - this demo's own program
        [
            sys.executable,
            "-c",
            APART.format(program=program),
            hosts[0],
            str(port),
            settings.keyspace,
            str(who),
        ],
        cwd=FOLDER,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    ms = (perf_counter() - started) * 1000
    _tidy(who)
    if done.returncode:
        raise RuntimeError(f"{program} did not connect: {done.stderr[-500:]}")
    return Ran(result=json.loads(done.stdout), statements=[], ms=ms)


def _tidy(who: UUID) -> None:
    Reader.find(id=who).delete()
    Loan.find(branch=str(who), day=coodie_program.DAY).delete()
    Hold.find(title=str(who)).delete()
    Item.find(shelf=str(who)).delete()


@contextmanager
def _observed() -> Iterator[list[str]]:
    texts: list[str] = []
    with observe(lambda seen: texts.append(" ".join(describe(seen)["cql"].split()))):
        yield texts
