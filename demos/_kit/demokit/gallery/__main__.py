"""Serves the gallery: `python -m demokit gallery`."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import uvicorn
from fastapi import Request, Response

from demokit import running
from demokit.demo import Demo
from demokit.fastapi import create_app
from demokit.gallery.children import found, started

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

children = found()
demo = Demo(__file__, promise="every demo of coodie, side by side", models=(), port=8000)
address = f"http://{running.HOST}:{demo.settings.port}/"


@asynccontextmanager
async def demos(_demo: Demo) -> AsyncIterator[None]:
    """Hold the demos while the gallery lives."""
    async with started(children, address, demo.settings.state_dir):
        yield


app, page = create_app(demo, resources=demos, links=())


@app.get("/", include_in_schema=False)
async def home(request: Request) -> Response:
    """Show a card for each demo."""
    starting = any(child.state in {"waiting", "starting"} for child in children)
    return page(request, "gallery.html", part="partials/cards.html", children=children, starting=starting)


if __name__ == "__main__":
    print(f"gallery: {address} (Ctrl-C ends it and the demos)")
    uvicorn.run(app, host=running.HOST, port=demo.settings.port, log_level="warning")
