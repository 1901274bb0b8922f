"""The pages: a board of sessions that count down, and the form that starts one."""

from typing import Annotated, Any
from uuid import UUID

import api
import sessions
from demokit.demo import Demo
from demokit.fastapi import create_app
from fastapi import Form, Request
from fastapi.responses import Response
from models import MODELS, TABLE_DEFAULT, Device, Seconds, User
from pydantic import BaseModel
from seed import generate, save

demo = Demo(__file__, promise="rows that forget themselves", models=MODELS, port=8004)
app, page = create_app(demo, openapi_tags=[{"name": "sessions"}])
app.include_router(api.routes)

CHOICES = ((10, "10 s"), (30, "30 s"), (60, "1 min"), (300, "5 min"))
MORE = 30


class SignIn(BaseModel):
    """The form: somebody signs in for a while, or with nothing chosen for as long as the table says."""

    user: User
    seconds: Seconds | None = None
    device: Device = "this browser"


@app.get("/", include_in_schema=False)
async def home(request: Request, user: User | None = None) -> Response:
    """Show the sessions of everybody, or of one user."""
    return page(request, "index.html", part="partials/board.html", **await _board(user))


@app.post("/sessions", include_in_schema=False)
async def sign_in(request: Request, sent: Annotated[SignIn, Form()]) -> Response:
    """Start a session and show the board."""
    started = await sessions.start(sent.user, sent.seconds, sent.device)
    toast = f"{started.user} is signed in for {started.seconds} s."
    return page.moved(
        request,
        "/",
        "index.html",
        part="partials/board.html",
        toast=toast,
        new=started.id,
        **await _board(None),
    )


@app.post("/sessions/refill", include_in_schema=False)
async def refill(request: Request) -> Response:
    """Bring the sample sessions back."""
    for session in generate(50, 7):
        await save(session)
    return page.moved(request, "/", "index.html", part="partials/board.html", **await _board(None))


@app.get("/sessions/{user}/{session_id}", include_in_schema=False)
async def show(request: Request, user: User, session_id: UUID) -> Response:
    """Show one session."""
    return page(
        request, "session.html", part="partials/session.html", session=await sessions.one(user, session_id)
    )


@app.get("/sessions/{user}/{session_id}/expired", include_in_schema=False)
async def expired(request: Request, user: User, session_id: UUID) -> Response:
    """Say what a countdown at zero asks: nothing when the row is gone, else the row with the time it has left."""
    for session in await sessions.live(user):
        if session.id == session_id:
            return page(request, "session.html", part="partials/session.html", session=session)
    return page(request, "partials/gone.html")


@app.post("/sessions/{user}/{session_id}/extend", include_in_schema=False)
async def extend(request: Request, user: User, session_id: UUID) -> Response:
    """Give a session more time."""
    session = await sessions.extend(user, session_id, MORE)
    return page.moved(request, "/", "session.html", part="partials/session.html", session=session)


@app.post("/sessions/{user}/{session_id}/end", include_in_schema=False)
async def end(request: Request, user: User, session_id: UUID) -> Response:
    """Sign a session out."""
    await sessions.end(user, session_id)
    return page.moved(request, "/", "index.html", part="partials/gone.html", toast=f"{user} is signed out.")


async def _board(user: User | None) -> dict[str, Any]:
    found = await sessions.live(user)
    return {
        "sessions": found, "users": sessions.USERS, "chosen": user, "choices": CHOICES, "default": TABLE_DEFAULT,
    }  # fmt: skip
