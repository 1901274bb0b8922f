"""Serves the gallery: `python -m demokit gallery`."""

from __future__ import annotations

import argparse
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

import uvicorn
from fastapi import HTTPException, Request, Response

from coodie.cli.main import main as coodie
from demokit import about, running
from demokit.demo import Demo
from demokit.fastapi import create_app
from demokit.gallery.children import Child, Family, family, found

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

parser = argparse.ArgumentParser(prog="demokit gallery")
parser.add_argument("--all", action="store_true", help="start every demo at once")
parser.add_argument("--ends-server", action="store_true", help="stop the CQL server at the end")
demo = Demo(__file__, promise="every demo of coodie, side by side", models=(), port=8000)
address = f"http://{running.HOST}:{demo.settings.port}/"
options = argparse.Namespace(all=False, ends_server=False)
held: list[Family] = []


@asynccontextmanager
async def demos(_demo: Demo) -> AsyncIterator[None]:
    """Hold the demos while the gallery lives."""
    async with family(found(), address, demo.settings.state_dir) as children:
        held[:] = [children]
        if options.all:
            children.start(*children.children)
        yield


app, page = create_app(demo, resources=demos, links=())


@app.get("/", include_in_schema=False)
async def home(request: Request) -> Response:
    """Show a card for each demo."""
    return await _cards(request)


@app.post("/start", include_in_schema=False)
async def start_all(request: Request) -> Response:
    """Start every demo that does not run."""
    held[0].start(*held[0].children)
    return await _cards(request)


@app.post("/demos/{name}/start", include_in_schema=False)
async def start(request: Request, name: str) -> Response:
    """Start a demo."""
    held[0].start(_child(name).name)
    return await _cards(request)


@app.post("/demos/{name}/end", include_in_schema=False)
async def end(request: Request, name: str) -> Response:
    """End a demo that the gallery has started."""
    await held[0].end(_child(name).name)
    return await _cards(request)


@app.get("/demos/{name}/log", include_in_schema=False)
async def log(request: Request, name: str) -> Response:
    """Show what a demo has written."""
    child = _child(name)
    return page(request, "log.html", part="partials/log.html", child=child, log=held[0].log(name))


@app.get("/demos/{name}/source", include_in_schema=False)
async def source(request: Request, name: str) -> Response:
    """Show a demo's source, whether it runs or not."""
    shown = about.source_page(_child(name).folder)
    return page(request, "kit/listing.html", **{**shown, "heading": f"Source of {name}"})


@app.get("/demos/{name}/scenarios", include_in_schema=False)
async def scenarios(request: Request, name: str) -> Response:
    """Show a demo's scenarios, whether it runs or not."""
    shown = about.scenarios_page(_child(name).folder)
    return page(request, "kit/listing.html", **{**shown, "heading": f"Scenarios of {name}"})


def _child(name: str) -> Child:
    if name not in held[0].children:
        raise HTTPException(404, f"There is no demo {name}.")
    return held[0].children[name]


async def _cards(request: Request) -> Response:
    await held[0].look()
    children = list(held[0].children.values())
    busy = any(child.busy for child in children)
    part = "partials/cards.html"
    if request.method == "POST":
        return page.moved(request, "/", "gallery.html", part=part, children=children, busy=busy)
    return page(request, "gallery.html", part=part, children=children, busy=busy)


if __name__ == "__main__":
    parser.parse_args(namespace=options)
    print(f"gallery: {address} (Ctrl-C ends it and the demos)")
    with suppress(KeyboardInterrupt):
        uvicorn.run(app, host=running.HOST, port=demo.settings.port, log_level="warning")
    if options.ends_server and not running.alive(demo.settings.state_dir):
        coodie(["server", "down"])
