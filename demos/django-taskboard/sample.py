"""What the sample consists of, and a task as a feed has it."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel
from taskboard.cassandra_models import Line, Status

BOARDS = {"compiler": "The compiler", "engine": "The engine", "network": "The network"}
PEOPLE = ("ada", "grace", "linus")
VERBS = ("Draw", "Measure", "Test", "Rebuild", "Document", "Order", "Review", "Simplify")
THINGS = {
    "compiler": ("tokens", "grammar", "symbol table", "linker", "error messages", "listing"),
    "engine": ("mill", "store", "card reader", "brass wheels", "crank", "printing press"),
    "network": ("spanning tree", "packet format", "checksum", "bridge", "name service", "timetable"),
}


class Card(BaseModel):
    """A task's row, before Django has it."""

    id: UUID
    board: Literal["compiler", "engine", "network"]
    title: Line
    status: Status
    owner: Literal["ada", "grace", "linus"]
    moved: datetime
