"""The words of the tracker, and the user types that lie inside its rows."""

from datetime import date
from typing import Annotated, Literal, get_args

from pydantic import Field

from coodie.usertype import UserType

Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.-]{0,59}$", examples=["fathom-3.2"])]
Line = Annotated[str, Field(min_length=1, max_length=90)]
Message = Annotated[str, Field(min_length=1, max_length=400)]
Version = Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+(-\w+)?$", max_length=24, examples=["3.2.0-rc2"])]
Seconds = Annotated[int, Field(ge=0, le=100_000_000)]
Status = Literal["running", "passed", "failed", "aborted"]
Ended = Literal["passed", "failed", "aborted"]
Investigation = Literal["open", "investigating", "explained", "ignored"]
Severity = Literal["critical", "error", "warning", "normal"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
GRAVE: tuple[Severity, ...] = ("critical", "error")


class Package(UserType):
    """What was installed."""

    name: Line
    version: Version
    revision: Line
    built: date


class NodeSetup(UserType):
    """So many machines of one kind."""

    image: Line
    instance: Line
    nodes: Annotated[int, Field(ge=1, le=1000)]


class CloudSetup(UserType):
    """Where a cluster ran: a type that holds two of another."""

    backend: Line
    region: Line
    database: NodeSetup
    loaders: NodeSetup


class Node(UserType):
    """A machine of a cluster."""

    name: Line
    address: Line
    shards: Annotated[int, Field(ge=1, le=256)]


class Nemesis(UserType):
    """What was broken on purpose, where, and what came of it."""

    name: Line
    target: Node
    minute: Annotated[int, Field(ge=0)]
    seconds: Seconds
    ended: Literal["recovered", "failed", "skipped"]


class Outcome(UserType):
    """How many cases ended how."""

    passed: Annotated[int, Field(ge=0)]
    failed: Annotated[int, Field(ge=0)]
    skipped: Annotated[int, Field(ge=0)] = 0


class Case(UserType):
    """A case that failed, and what it said."""

    name: Line
    message: Message


class Measure(UserType):
    """A column of a result table; which end of it is better decides what is best."""

    name: Name
    unit: Annotated[str, Field(max_length=12)]
    higher_is_better: bool
