"""The pages: a board of counters that follows the table, one page with its hours, and the burst."""

from typing import Annotated, Any

import api
import counting
import live
from burst import AT_ONCE, Burst, BurstIn, Bursts, BusyError
from counting import Vote
from demokit.demo import Demo
from demokit.events import stream
from demokit.fastapi import create_app
from demokit.problems import problem
from fastapi import Form, Path, Query, Request
from fastapi.responses import Response
from models import MODELS, PageHour, Slug, Title
from pydantic import BaseModel

from coodie import Timeout

UNKNOWN = (
    f"Unknown, not retried: no answer within {counting.PATIENCE:.0f} s, so this count is in the table or it is not. "
    "Sending it again could count it twice."
)
PATIENCES = ((None, "for every answer"), (100, "100 ms"), (20, "20 ms"), (1, "1 ms"))

demo = Demo(__file__, promise="ten thousand increments at once, and none lost", models=MODELS, port=8005)
app, page = create_app(demo, openapi_tags=[{"name": "pages"}, {"name": "bursts"}])
bursts = Bursts()
app.include_router(api.router(demo.tokens, bursts))

Token = Annotated[str | None, Query(max_length=4000)]
Name = Annotated[Slug, Path()]


class NewPage(BaseModel):
    """The form for a new page."""

    title: Title


class VoteForm(BaseModel):
    """The two thumbs: a vote, or one taken back."""

    vote: Vote
    back: bool = False


@app.get("/", include_in_schema=False)
async def home(request: Request, token: Token = None) -> Response:
    """Show a page of cards, and the burst."""
    found = await counting.pages(demo.tokens.read(token, "pages"))
    counts = await counting.counted([each.slug for each in found.data]) if found.data else {}
    return page(
        request,
        "index.html",
        part="partials/board.html",
        pages=found.data,
        counts=counts,
        next_token=demo.tokens.write(found.paging_state, "pages"),
        paged=token is not None,
        patiences=PATIENCES,
        at_once=AT_ONCE,
        burst=bursts.newest,
    )


@app.get("/stream", include_in_schema=False)
async def watch(request: Request, slug: Annotated[list[Slug], Query(max_length=counting.CARDS)]) -> Response:
    """Send what has changed on the cards of a tab, for as long as it is open."""
    return stream(live.watch(slug, lambda: _ledger(request, bursts.newest)))


@app.post("/pages", include_in_schema=False)
async def add(request: Request, sent: Annotated[NewPage, Form()]) -> Response:
    """Add a page and show it."""
    added = await counting.add(sent.title)
    return await _shown(request, added.slug, toast=f"“{added.title}” is there; nothing is counted yet.")


@app.get("/pages/{slug}", include_in_schema=False)
async def show(request: Request, slug: Name) -> Response:
    """Show one page with its newest hours."""
    return page(request, "page.html", part="partials/page.html", **await _hours(slug))


@app.post("/pages/{slug}/views", include_in_schema=False)
async def view(request: Request, slug: Name) -> Response:
    """Count a view."""
    await counting.one(slug)
    await counting.view(slug)
    return await _counted(request, slug)


@app.post("/pages/{slug}/votes", include_in_schema=False)
async def vote(request: Request, slug: Name, sent: Annotated[VoteForm, Form()]) -> Response:
    """Count a vote, or take one back."""
    await counting.one(slug)
    await counting.vote(slug, sent.vote, back=sent.back)
    return await _counted(request, slug, mine=None if sent.back else sent.vote)


@app.post("/bursts", include_in_schema=False)
async def burst(request: Request, sent: Annotated[BurstIn, Form()]) -> Response:
    """Send the first increment of a burst, and show its ledger while the others follow."""
    await counting.one(sent.page)
    started = await bursts.start(sent)
    return page.moved(request, "/", "index.html", part="partials/ledger.html", burst=started)


@app.exception_handler(Timeout)
async def late(request: Request, error: Exception) -> Response:
    """Say what is known of a statement without an answer: of an increment, nothing."""
    counts = isinstance(error, Timeout) and not error.retry_safe
    return page.problem(request, problem(503, UNKNOWN if counts else live.TROUBLE))


@app.exception_handler(BusyError)
async def busy(request: Request, error: Exception) -> Response:
    """Say that a page has one burst at a time."""
    return page.problem(request, problem(409, str(error)))


async def _counted(request: Request, slug: str, mine: Vote | None = None) -> Response:
    counts = await counting.counted([slug])
    context = {"each": await counting.one(slug), "counts": counts, "mine": mine}
    return page.moved(request, f"/pages/{slug}", "page.html", part="partials/card.html", **context)


async def _shown(request: Request, slug: str, toast: str) -> Response:
    context = await _hours(slug)
    return page.moved(
        request, f"/pages/{slug}", "page.html", part="partials/page.html", toast=toast, **context
    )


async def _hours(slug: str) -> dict[str, Any]:
    rows: list[PageHour] = await counting.hours(slug)
    return {"each": await counting.one(slug), "counts": await counting.counted([slug]), "hours": rows}


def _ledger(request: Request, newest: Burst | None) -> str:
    return bytes(page(request, "partials/ledger.html", burst=newest).body).decode()
