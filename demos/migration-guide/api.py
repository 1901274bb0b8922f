"""The same as JSON, typed, with examples."""

from typing import Annotated, Any

import conversion
import corrupt
import guide
import library
import migrate
import verify
from demokit.demo import Demo
from demokit.problems import Problem
from fastapi import APIRouter, HTTPException, Path, Query
from jobs import BusyError, Jobs
from models import Difference, Verification
from pydantic import BaseModel, Field
from tables import PARTS, TABLES

BUSY: dict[int | str, dict[str, Any]] = {409: {"model": Problem, "description": "Not now: it says why"}}
AFeature = Annotated[guide.Name, Path(examples=["conditions"])]


class Compared(BaseModel):
    """How far the comparison of a table is, and what it has found: the first hundred differences."""

    table: str
    part: int
    parts: int = PARTS
    rows: int
    differences: int
    first: list[Difference]
    runs: int
    done: bool


class State(BaseModel):
    """What is under way, and what was found."""

    running: bool
    copied: bool = Field(description="Whether there is a copy of each table")
    equal: bool = Field(description="Whether every table was compared to its end, and nothing differs")
    tables: list[Compared]


class DamageIn(BaseModel):
    """What to do to a copy."""

    kind: Annotated[corrupt.Kind, Field(examples=["value"])]


def compared() -> list[Compared]:
    """Read how far each comparison is, the tables in their order: one partition."""
    places = {name: place for place, name in enumerate(TABLES)}
    states = Verification.find(shelf="verifications").all()
    return [
        Compared(**state.model_dump(exclude={"shelf"}))
        for state in sorted(states, key=lambda each: places[each.table])
    ]


def begin_copy(jobs: Jobs) -> None:
    """Start copying, unless something is under way."""

    def tell(name: str, part: int, _rows: int) -> None:
        jobs.total, jobs.done = PARTS * len(TABLES), PARTS * [*TABLES].index(name) + part

    _begin(jobs, "Copying", lambda: migrate.copy(tell))


def begin_comparison(jobs: Jobs) -> None:
    """Start comparing, or go on where it was interrupted."""
    if not migrate.is_copied():
        raise HTTPException(409, "Nothing is copied yet. Copy the tables first, then compare them.")

    def tell(state: Verification) -> None:
        jobs.total, jobs.done = PARTS * len(TABLES), PARTS * [*TABLES].index(state.table) + state.part

    _begin(jobs, "Comparing", lambda: verify.run(tell))


def damaged(sent: DamageIn) -> corrupt.Damage:
    """Damage a copy."""
    try:
        return corrupt.corrupt(sent.kind)
    except corrupt.NoCopyError as error:
        raise HTTPException(409, str(error)) from error


def state(jobs: Jobs) -> State:
    """Tell what is under way and what was found."""
    running, tables = jobs.is_running, compared()
    equal = len(tables) == len(TABLES) and all(each.done and not each.differences for each in tables)
    return State(running=running, copied=migrate.is_copied(), equal=equal, tables=tables)


def ended(jobs: Jobs) -> State:
    """Wait for the end of what was begun."""
    jobs.wait()
    if jobs.error is not None:
        raise HTTPException(500, f"{jobs.name} ended: {jobs.error}")
    return state(jobs)


def _begin(jobs: Jobs, name: str, work: Any) -> None:
    try:
        jobs.start(name, work)
    except BusyError as busy:
        raise HTTPException(409, str(busy)) from busy


def router(demo: Demo, jobs: Jobs) -> APIRouter:
    """Make the routes under `/api`."""
    routes = APIRouter(prefix="/api")

    @routes.get("/loans", tags=["two programs"])
    def loans(asked: Annotated[library.Asked, Query()]) -> library.Desk:
        """Read the newest loans of a branch on a day, with both programs."""
        return library.read(asked)

    @routes.post("/loans", status_code=201, tags=["two programs"])
    def lend(sent: library.LoanIn) -> library.Desk:
        """Write a loan with one of the programs, and read its partition with both."""
        library.lend(sent)
        return library.read(sent)

    @routes.get("/parity", tags=["migrating"])
    def parity() -> list[migrate.Planned]:
        """Plan what coodie would change in cqlengine's tables; nothing is sent."""
        return migrate.parity()

    @routes.put("/copy", responses=BUSY, tags=["migrating"])
    def copy() -> State:
        """Copy every row; answers when it is done."""
        begin_copy(jobs)
        return ended(jobs)

    @routes.put("/verification", responses=BUSY, tags=["migrating"])
    def compare() -> State:
        """Compare every copied row with its original, or go on where that was interrupted; answers when it is done."""
        begin_comparison(jobs)
        return ended(jobs)

    @routes.get("/verification", tags=["migrating"])
    def found() -> State:
        """Read how far the comparison is, and what it has found."""
        return state(jobs)

    @routes.post("/corruption", status_code=201, responses=BUSY, tags=["migrating"])
    def damage(sent: DamageIn) -> corrupt.Damage:
        """Damage a copy on purpose: a value, a time to live, a write time, a row."""
        return damaged(sent)

    @routes.put("/evolution", tags=["migrating"])
    def evolve() -> dict[str, list[str]]:
        """Let the schema go on: a column and an index that cqlengine never knew. Nothing is sent a second time."""
        return {"sent": migrate.evolve()}

    @routes.put("/guide/{feature}", tags=["guide"])
    def run(feature: AFeature) -> guide.Both:
        """Execute a feature in both programs, and compare what they give."""
        return guide.run(feature, demo.settings)

    @routes.get("/conversion", tags=["guide"])
    def converted() -> list[conversion.Conversion]:
        """Convert the old files now, as `coodie convert` does."""
        return conversion.converted()

    return routes
