"""The pages: what was published, one piece with its row, and a form for each kind."""

from typing import Annotated, Any
from uuid import UUID

import api
import content
import forms
from content import CHANNELS
from demokit.demo import Demo
from demokit.fastapi import create_app
from fastapi import HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response
from kinds import KINDS, columns
from models import MODELS, Channel, Content

demo = Demo(__file__, promise="three kinds of content in one table", models=MODELS, port=8011)
app, page = create_app(demo, openapi_tags=[{"name": "content"}])
app.include_router(api.router(demo.tokens))


@app.get("/", include_in_schema=False)
async def home(
    request: Request,
    channel: Channel | None = None,
    kind: str | None = None,
    token: Annotated[str | None, Query(max_length=4000)] = None,
) -> Response:
    """Show the front page, a channel, a kind, or one kind of a channel."""
    context: dict[str, Any] = {"next_token": None}
    if channel is None and api.known(kind) is None:
        items = await content.front()
    else:
        question = (channel, api.known(kind))
        found = await content.listed(channel, kind, demo.tokens.read(token, *question))
        items, context["next_token"] = found.data, demo.tokens.write(found.paging_state, *question)
    return page(
        request,
        "index.html",
        part="partials/list.html",
        items=items,
        channel=channel,
        kind=kind,
        paged=token is not None,
        channels=CHANNELS,
        kinds=KINDS,
        columns=columns(),
        **context,
    )


@app.get("/new/{kind}", include_in_schema=False)
async def new(request: Request, kind: str) -> Response:
    """Show the form of a kind."""
    return page(
        request,
        "new.html",
        part="partials/form.html",
        kind=kind,
        kinds=KINDS,
        inputs=forms.inputs(_class(kind)),
    )


@app.post("/content/{kind}", include_in_schema=False)
async def create(request: Request, kind: str) -> Response:
    """Publish something and show it."""
    made = await (await forms.sent(request, _class(kind))).save()
    return _shown(request, made, f"Published as {_an(kind)}.")


@app.get("/content/{channel}/{content_id}", include_in_schema=False)
async def show(request: Request, channel: Channel, content_id: UUID) -> Response:
    """Show one piece, and the row that it is."""
    return page(request, "content.html", **_context(await content.one(channel, content_id)))


@app.post("/content/{channel}/{content_id}", include_in_schema=False)
async def change(request: Request, channel: Channel, content_id: UUID) -> Response:
    """Write its fields anew."""
    before = await content.one(channel, content_id)
    sent = await forms.sent(request, type(before), channel=channel, id=content_id)
    return _shown(request, await content.rewrite(before, sent), "Its row is written anew.")


@app.post("/content/{channel}/{content_id}/delete", include_in_schema=False)
async def remove(channel: Channel, content_id: UUID) -> Response:
    """Delete one piece and go back to its channel."""
    await (await content.one(channel, content_id)).delete()
    return RedirectResponse(f"/?channel={channel}", 303)


def _class(kind: str) -> type[Content]:
    if kind not in KINDS:
        raise HTTPException(404, f"Nothing is of the kind {kind!r}; there are {', '.join(KINDS)}.")
    return KINDS[kind]


def _shown(request: Request, piece: Content, toast: str) -> Response:
    path = f"/content/{piece.channel}/{piece.id}"
    return page.moved(
        request, path, "content.html", part="partials/content.html", toast=toast, **_context(piece)
    )


def _context(piece: Content) -> dict[str, Any]:
    return {"item": piece, "columns": columns(), "kinds": KINDS, "inputs": forms.inputs(type(piece), piece)}


def _an(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
