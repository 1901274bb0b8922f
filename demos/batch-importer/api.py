"""The same as JSON, typed, with examples."""

from typing import Annotated, Any

import files
from demokit.demo import Demo
from demokit.problems import Problem
from fastapi import APIRouter, HTTPException, Path
from fastapi.responses import FileResponse
from generating import generate_file
from importing import rejected_file
from jobs import BusyError, Jobs
from models import MODES, Import, Mode, rows_per_second
from pydantic import BaseModel, Field

MISSING: dict[int | str, dict[str, Any]] = {404: {"model": Problem, "description": "There is no such import"}}
BUSY: dict[int | str, dict[str, Any]] = {409: {"model": Problem, "description": "One is under way already"}}
AFile = Annotated[str, Path(examples=["generated-20000.csv"])]
AMode = Annotated[Mode, Path(examples=["plain"])]


class ImportIn(BaseModel):
    """A file to generate, and the ways to import it, one after the other."""

    rows: Annotated[int, Field(ge=1000, le=1_000_000, examples=[20_000])] = 20_000
    modes: Annotated[list[Mode], Field(min_length=1, max_length=3, examples=[["plain"]])] = [*MODES]


class Told(BaseModel):
    """An import, and whether it is under way in this app."""

    file: str
    mode: Mode
    total: int
    rows: int
    rejected: int
    rows_per_second: int
    runs: int
    state: str = Field(description="`running`, `done` or `unfinished`", examples=["done"])
    warnings: dict[str, int]


class Count(BaseModel):
    """How many trips of a file are in the table."""

    trips: int


async def imports() -> list[Import]:
    """Read how far every import is: one partition."""
    return await Import.find(shelf="imports").all()


async def one(file: str, mode: Mode) -> Import:
    """Read how far one import is."""
    return await Import.get(shelf="imports", file=file, mode=mode)


def begin(jobs: Jobs, *arguments: Any) -> None:
    """Start an import, unless one is under way."""
    try:
        jobs.start(*arguments)
    except BusyError as busy:
        raise HTTPException(409, "An import is under way. Wait for its end, then start another.") from busy


def told(state: Import, jobs: Jobs) -> Told:
    """Tell of an import."""
    word = "done" if state.done else "running" if jobs.runs(state) else "unfinished"
    return Told(**state.model_dump(), rows_per_second=rows_per_second(state), state=word)


def router(demo: Demo, jobs: Jobs) -> APIRouter:
    """Make the routes under `/api`."""
    routes = APIRouter(prefix="/api/imports", tags=["imports"])

    @routes.get("")
    async def found() -> list[Told]:
        """List the imports: file, mode, how far, how fast, what was warned of."""
        return [told(state, jobs) for state in await imports()]

    @routes.post("", status_code=202, responses=BUSY)
    async def start(sent: ImportIn) -> dict[str, str]:
        """Generate a file and import it in the background, in each mode in turn."""
        path = generate_file(demo.settings, sent.rows)
        begin(jobs, path, sent.modes, {})
        return {"file": path.name}

    @routes.get("/{file}/count")
    async def count(file: AFile) -> Count:
        """Count the trips of a generated file, partition by partition."""
        return Count(trips=await files.counted(file))

    @routes.get("/{file}/{mode}", responses=MISSING)
    async def read(file: AFile, mode: AMode) -> Told:
        """Read how far one import is."""
        return told(await one(file, mode), jobs)

    @routes.put("/{file}/{mode}/resume", status_code=202, responses={**MISSING, **BUSY})
    async def resume(file: AFile, mode: AMode) -> dict[str, str]:
        """Go on where an import was interrupted."""
        state = await one(file, mode)
        begin(jobs, files.named(demo.settings, file), [mode], state.columns)
        return {"file": file}

    @routes.get("/{file}/{mode}/rejected", responses=MISSING)
    async def rejected(file: AFile, mode: AMode) -> FileResponse:
        """Download the rejected rows with line and reason, to correct and import in turn."""
        await one(file, mode)
        path = rejected_file(files.named(demo.settings, file), mode)
        return FileResponse(path, media_type="text/csv", filename=path.name)

    return routes
