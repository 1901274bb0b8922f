"""The pages: the registry, a name and its profile, the merge of two edits, the contest, and what a condition costs."""

import secrets
from typing import Annotated, Any

import api
import contest
import latency
import registry
from demokit.demo import Demo
from demokit.fastapi import create_app
from demokit.problems import FieldError, Problem, problem
from fastapi import Form, Path, Query, Request
from fastapi.responses import RedirectResponse, Response
from forms import ContestIn, ProfileIn, RenameIn, RoundsIn, UserIn
from models import MODELS, Name, User
from registry import LETTERS, ChangedError, TakenError

from coodie import VersionConflict

demo = Demo(__file__, promise="fifty people grab one name at once, and one gets it", models=MODELS, port=8006)
app, page = create_app(demo, openapi_tags=[{"name": "users"}, {"name": "contests"}, {"name": "latency"}])
app.include_router(api.router(demo.tokens))

Token = Annotated[str | None, Query(max_length=4000)]
Known = Annotated[Name, Path()]
Letter = Annotated[str | None, Query(pattern="^[a-z]$")]


@app.get("/", include_in_schema=False)
async def home(request: Request, letter: Letter = None, token: Token = None) -> Response:
    """Show the registry, all of it or one letter."""
    return page(request, "index.html", part="partials/users.html", **await _list(letter, token))


@app.post("/users", include_in_schema=False)
async def register(request: Request, sent: Annotated[UserIn, Form()]) -> Response:
    """Register a name, if nobody has it."""
    user = await registry.register(sent)
    return _shown(request, user, f"{user.person} has {user.name}, as version 1.")


@app.get("/users/{name}", include_in_schema=False)
async def show(request: Request, name: Known) -> Response:
    """Show a name with its forms."""
    return page(request, "user.html", part="partials/user.html", user=await registry.one(name))


@app.post("/users/{name}/rename", include_in_schema=False)
async def rename(request: Request, name: Known, sent: Annotated[RenameIn, Form()]) -> Response:
    """Give a name to another person, if the one who was seen still has it."""
    user = await registry.rename(name, sent.seen, sent.person)
    return _shown(request, user, f"{name} belongs to {user.person} now.")


@app.post("/users/{name}/profile", include_in_schema=False)
async def save(request: Request, name: Known, sent: Annotated[ProfileIn, Form()]) -> Response:
    """Save a profile over the version that was read; who comes too late gets both versions side by side."""
    try:
        user = await registry.save_profile(name, sent)
    except VersionConflict as conflict:
        swap = "hx-request" in request.headers
        context = {"user": await registry.one(name), "mine": sent, "told": str(conflict)}
        status = 200 if swap else 409
        return page(request, "merge.html", part="partials/merge.html", status=status, **context)
    return _shown(request, user, f"Saved as version {user.version}.")


@app.post("/users/{name}/interfere", include_in_schema=False)
async def interfere(request: Request, name: Known) -> Response:
    """Let somebody else save first."""
    other = await registry.interfere(name)
    return page(
        request, "partials/interfered.html", toast=f"Somebody else has saved version {other.version}."
    )


@app.post("/users/{name}/release", include_in_schema=False)
async def release(name: Known) -> Response:
    """Delete a name and go back."""
    await registry.release(name)
    return RedirectResponse("/", 303)


@app.post("/contests", include_in_schema=False)
async def compete(request: Request, sent: Annotated[ContestIn, Form()]) -> Response:
    """Let many people grab one name at once."""
    held = await contest.hold(sent.name, sent.people)
    return page.moved(
        request, "/", "index.html", part="partials/contest.html", contest=held, suggested=_suggested()
    )


@app.post("/latency", include_in_schema=False)
async def time_them(request: Request) -> Response:
    """Time writes with and without a condition."""
    costs = await latency.measure(RoundsIn().rounds)
    return page.moved(request, "/", "index.html", part="partials/latency.html", costs=costs)


@app.exception_handler(TakenError)
async def taken(request: Request, error: Exception) -> Response:
    """Show whoever comes too late the row that stands there."""
    return page.problem(
        request,
        Problem(
            title="The name is taken",
            status=409,
            detail=str(error),
            errors=[FieldError(field="name", message=str(error))],
        ),
    )


@app.exception_handler(ChangedError)
@app.exception_handler(VersionConflict)
async def changed(request: Request, error: Exception) -> Response:
    """Say that a condition was not met."""
    return page.problem(request, problem(409, str(error)))


def _shown(request: Request, user: User, toast: str) -> Response:
    path = f"/users/{user.name}"
    return page.moved(request, path, "user.html", part="partials/user.html", user=user, toast=toast)


async def _list(letter: str | None, token: str | None) -> dict[str, Any]:
    found = await registry.users(letter, demo.tokens.read(token, "users", letter))
    return {
        "users": found.data,
        "letters": LETTERS,
        "chosen": letter,
        "next_token": demo.tokens.write(found.paging_state, "users", letter),
        "paged": token is not None,
        "suggested": _suggested(),
        "contest": None,
        "costs": None,
    }


def _suggested() -> str:
    return f"{secrets.choice(('comet', 'nova', 'quasar', 'pulsar', 'meteor'))}_{secrets.randbelow(900) + 100}"
