"""The pages: start an import, watch it, compare the three ways, go on with what was interrupted."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

import api
import files
from demokit import database
from demokit.demo import Demo
from demokit.fastapi import create_app
from fastapi import Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response
from generating import generate_file
from jobs import Jobs
from models import FIELDS, MODELS, MODES, Mode
from pydantic import BaseModel, Field

jobs = Jobs()


@asynccontextmanager
async def resources(demo: Demo) -> AsyncIterator[None]:
    """Connect; an import that is under way at the end can be gone on with at the next start."""
    async with database.connected(demo):
        yield
        await jobs.stop()


demo = Demo(__file__, promise="kill it, start it again, nothing is lost", models=MODELS, port=8007)
app, page = create_app(demo, resources=resources, openapi_tags=[{"name": "imports"}])
app.include_router(api.router(demo, jobs))
WAYS = {
    "plain": "one statement a row, 64 under way at once",
    "unlogged": "unlogged batches of 100 rows",
    "logged": "logged batches of 100 rows",
}


class Start(BaseModel):
    """The form of a generated file; no mode is all of them."""

    rows: Annotated[int, Field(ge=1000, le=1_000_000)] = 20_000
    mode: Mode | None = None


class Mapping(BaseModel):
    """The form of a file of the visitor's own: which column is which."""

    id: str
    station: str
    started: str
    minutes: str
    member: str
    mode: Mode


@app.get("/", include_in_schema=False)
async def home(request: Request) -> Response:
    """Show how to start an import, and those that there are."""
    return page(request, "index.html", part="partials/imports.html", **await _imports())


@app.post("/imports", include_in_schema=False)
async def start(request: Request, sent: Annotated[Start, Form()]) -> Response:
    """Import a generated file."""
    path = generate_file(demo.settings, sent.rows)
    api.begin(jobs, path, [sent.mode] if sent.mode else MODES, {})
    return await _shown(request)


@app.post("/imports/{file}/{mode}/resume", include_in_schema=False)
async def resume(request: Request, file: str, mode: Mode) -> Response:
    """Go on where an import was interrupted."""
    state = await api.one(file, mode)
    api.begin(jobs, files.named(demo.settings, file), [mode], state.columns)
    return await _shown(request)


@app.get("/imports/{file}/count", include_in_schema=False)
async def count(request: Request, file: str) -> Response:
    """Count what is in the table of a generated file."""
    return page(request, "count.html", part="partials/count.html", file=file, trips=await files.counted(file))


@app.post("/files", include_in_schema=False)
async def upload(file: UploadFile) -> Response:
    """Keep a file and ask which column is which."""
    path = await files.keep(demo.settings, file)
    return RedirectResponse(f"/files/{path.name}", 303)


@app.get("/files/{name}", include_in_schema=False)
async def show(request: Request, name: str) -> Response:
    """Ask which column of a file is which."""
    there, guessed = files.guessed(files.named(demo.settings, name))
    return page(request, "file.html", name=name, there=there, guessed=guessed, fields=FIELDS, ways=WAYS)


@app.post("/files/{name}", include_in_schema=False)
async def import_file(name: str, sent: Annotated[Mapping, Form()]) -> Response:
    """Import a file of the visitor's own."""
    columns = sent.model_dump(include=set(FIELDS))
    api.begin(jobs, files.named(demo.settings, name), [sent.mode], columns)
    return RedirectResponse("/", 303)


async def _shown(request: Request) -> Response:
    return page.moved(request, "/", "index.html", part="partials/imports.html", **await _imports())


async def _imports() -> dict[str, Any]:
    running = jobs.is_running  # asked first: what ends while its rows are read must be looked at once more
    found = await api.imports()
    return {
        "imports": [api.told(state, jobs) for state in found],
        "compared": files.compared(found),
        "ways": WAYS,
        "trips": await files.sample(),
        "running": running,
        "error": jobs.error,
    }
