"""The app: its overview, its agents, and where the other pages and the API are."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

import agents
import agents_api
import api
import pages
import people
import tracker
from demokit import database
from demokit.demo import Demo
from demokit.fastapi import create_app
from domain import Name
from fastapi import Form, HTTPException, Request
from fastapi.responses import Response
from models import MODELS
from plugins import PLUGINS
from prepared import Prepared
from pydantic import BaseModel

prepared = Prepared()


@asynccontextmanager
async def resources(demo: Demo) -> AsyncIterator[None]:
    """Connect, and count what is sent from now on."""
    async with database.connected(demo):
        end = prepared.watch()
        yield
        end()


demo = Demo(__file__, promise="what failed, and whether it failed before", models=MODELS, port=8013)
TAGS = [{"name": name} for name in ("releases", "runs", "errors", "people", "agents", "statements")]
app, page = create_app(demo, resources=resources, openapi_tags=TAGS, separate_input_output_schemas=False)
app.include_router(api.router(demo.tokens, prepared))
app.include_router(agents_api.router())
app.include_router(pages.router(demo, page))


class AgentIn(BaseModel):
    """The form of a new agent."""

    name: Name


@app.get("/", include_in_schema=False)
async def home(request: Request, release: Name | None = None) -> Response:
    """Show a release: its groups, its tests, and the newest runs of each."""
    releases = await tracker.releases()
    if not releases:
        return page(request, "empty.html")
    shown = next((each for each in releases if release in {None, each.name}), None)
    if shown is None:
        raise HTTPException(404, f"There is no release {release}.")
    versions, images = await tracker.versions(shown.name)
    return page(
        request,
        "index.html",
        releases=releases,
        release=shown,
        groups=await tracker.overview(shown.name),
        versions=versions,
        images=images,
        plugins=PLUGINS,
        users=await people.users(),
    )


@app.get("/agents", include_in_schema=False)
async def show_agents(request: Request) -> Response:
    """Show how agents write, and what was prepared for it."""
    return page(request, "agents.html", part="partials/agents.html", **_agents())


@app.post("/agents", include_in_schema=False)
async def make_agent(request: Request, sent: Annotated[AgentIn, Form()]) -> Response:
    """Make an agent, and show its token once."""
    made = {"name": sent.name, "token": await agents.make(sent.name)}
    return page(request, "agents.html", part="partials/agents.html", **_agents() | {"made": made})


def _agents() -> dict[str, Any]:
    return {"told": prepared.told(24), "made": None}
