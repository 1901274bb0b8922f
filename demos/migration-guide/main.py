"""The pages: two programs at one desk, the migration step by step, the guide, the conversion."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

import api
import conversion
import corrupt
import engine
import guide
import library
import migrate
from demokit import database
from demokit.demo import Demo
from demokit.fastapi import create_app
from fastapi import Form, Query, Request
from fastapi.responses import Response
from jobs import Jobs
from models import MODELS
from tables import TABLES

jobs = Jobs()
# Once the schema has gone on, the models of before tell of its new column: expected here, at every look at the page.
logging.getLogger("coodie.schema").setLevel(logging.ERROR)


@asynccontextmanager
async def resources(demo: Demo) -> AsyncIterator[None]:
    """Connect both programs, the old one first; what is under way at the end comes to its own."""
    database.create_keyspace(demo.settings)
    engine.connect()
    async with database.connected(demo):
        yield
        await asyncio.to_thread(jobs.wait)
    engine.disconnect()


demo = Demo(__file__, promise="the same tables, another program", models=MODELS, port=8014)
TAGS = [{"name": name} for name in ("two programs", "migrating", "guide")]
app, page = create_app(demo, resources=resources, openapi_tags=TAGS)
app.include_router(api.router(demo, jobs))


@app.get("/", include_in_schema=False)
def home(request: Request, asked: Annotated[library.Asked, Query()]) -> Response:
    """Show both programs at one desk, and how far the migration is."""
    context = {**_desk(asked), **_steps()}
    return page(request, "index.html", part="partials/desk.html", **context)


@app.get("/steps", include_in_schema=False)
def steps(request: Request) -> Response:
    """Show how far the migration is."""
    return page(request, "index.html", part="partials/steps.html", **_desk(library.Asked()), **_steps())


@app.post("/loans", include_in_schema=False)
def lend(request: Request, sent: Annotated[library.LoanIn, Form()]) -> Response:
    """Write a loan with one of the programs."""
    library.lend(sent)
    context = {**_desk(sent), **_steps(), "toast": f"{sent.by} wrote “{sent.title}”, and both read it."}
    path = f"/?branch={sent.branch}&day={sent.day}"
    return page.moved(request, path, "index.html", part="partials/desk.html", **context)


@app.post("/copy", include_in_schema=False)
def copy(request: Request) -> Response:
    """Copy every row."""
    api.begin_copy(jobs)
    return _moved(request)


@app.post("/verification", include_in_schema=False)
def verification(request: Request) -> Response:
    """Compare every row with its copy."""
    api.begin_comparison(jobs)
    return _moved(request)


@app.post("/corruption", include_in_schema=False)
def damage(request: Request, kind: Annotated[corrupt.Kind, Form()]) -> Response:
    """Damage a copy."""
    done = api.damaged(api.DamageIn(kind=kind))
    where = f"{done.table}_copy, {done.row}{', column ' + done.column if done.column else ''}"
    return _moved(request, damage=f"{where}: {done.done}.")


@app.post("/evolution", include_in_schema=False)
def evolution(request: Request) -> Response:
    """Let the schema go on."""
    sent = migrate.evolve()
    return _moved(
        request, toast=f"{len(sent)} statements were sent. The old program still works: lend something."
    )


@app.get("/guide", include_in_schema=False)
def chapters(request: Request) -> Response:
    """Show each feature in both programs."""
    found = [(name, feature, guide.sides(name)) for name, feature in guide.FEATURES.items()]
    return page(request, "guide.html", chapters=found)


@app.post("/guide/{feature}", include_in_schema=False)
def run(request: Request, feature: guide.Name) -> Response:
    """Execute a feature in both programs."""
    both = guide.run(feature, demo.settings)
    return page(request, "ran.html", part="partials/ran.html", both=both, feature=guide.FEATURES[feature])


@app.get("/convert", include_in_schema=False)
def converting(request: Request) -> Response:
    """Show what `coodie convert` makes of the old files."""
    return page(request, "convert.html", files=conversion.converted())


def _moved(request: Request, **context: Any) -> Response:
    whole = {**_desk(library.Asked()), **_steps(), **context}
    return page.moved(request, "/", "index.html", part="partials/steps.html", **whole)


def _desk(asked: library.Asked) -> dict[str, Any]:
    return {"desk": library.read(asked), "branches": library.BRANCHES, "calendar": library.CALENDAR}


def _steps() -> dict[str, Any]:
    running = jobs.is_running  # asked first: what ends while its rows are read must be looked at once more
    return {
        "running": running,
        "jobs": jobs,
        "parity": migrate.parity(),
        "state": api.state(jobs),
        "evolution": migrate.planned_evolution(),
        "kinds": corrupt.KINDS,
        "tables": TABLES,
    }
