"""The pages of a test, of a run, of similar errors, and of what somebody was told."""

from collections.abc import Mapping
from typing import Annotated, Any, get_args
from uuid import UUID

import errors
import ingesting
import people
import results
import tracker
from api import CommentIn, Ignore, ReactionIn
from demokit.demo import Demo
from demokit.fastapi import Page
from domain import GRAVE, Message, Name, Severity
from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import Response
from models import Reaction, TestRun
from wanted import Token

FIRST: tuple[Severity, ...] = ("error", "critical", "warning")


def router(demo: Demo, page: Page) -> APIRouter:
    """Make the routes of these pages."""
    routes = APIRouter(include_in_schema=False)
    for made in (_tests(demo, page), _runs(demo, page), _errors(page), _users(demo, page)):
        routes.include_router(made)
    return routes


def _tests(demo: Demo, page: Page) -> APIRouter:
    routes = APIRouter(prefix="/tests/{release}/{name}")

    async def context(release: str, name: str, token: str | None = None) -> dict[str, Any]:
        test = await tracker.test(release, name)
        runs = await tracker.runs(release, name, demo.tokens.read(token, release, name))
        return {
            "test": test,
            "runs": runs.data,
            "next_token": demo.tokens.write(runs.paging_state, release, name),
            "paged": token is not None,
            "failed": len(await tracker.open_failures(release, name)),
            "map": await errors.mapped(release, name),
            "tables": await results.shown(release, name),
            "users": await people.users(),
            "receipt": None,
        }

    @routes.get("")
    async def show(request: Request, release: Name, name: Name, token: Token = None) -> Response:
        """Show a test: its errors as a map, its runs, and what it measures."""
        return page(request, "test.html", part="partials/runs.html", **await context(release, name, token))

    @routes.post("/ignore")
    async def ignore(
        request: Request, release: Name, name: Name, sent: Annotated[Ignore, Form()]
    ) -> Response:
        """Ignore all failed runs that nobody has looked at, and show what the batch was."""
        receipt = await tracker.ignore(release, name, sent.who, sent.reason)
        shown = await context(release, name) | {"receipt": receipt}
        path = f"/tests/{release}/{name}"
        return page.moved(request, path, "test.html", part="partials/test.html", **shown)

    return routes


def _runs(demo: Demo, page: Page) -> APIRouter:
    routes = APIRouter(prefix="/runs/{release}/{name}/{run_id}")

    async def listed(run: TestRun, severity: Severity | None, token: str | None) -> dict[str, Any]:
        counts = await ingesting.counts(run.id)
        chosen = _chosen(counts) if severity is None else severity
        found = await ingesting.events(run.id, chosen, demo.tokens.read(token, run.id, chosen))
        return {
            "run": run,
            "counts": counts,
            "severity": chosen,
            "grave": chosen in GRAVE,
            "events": found.data,
            "next_token": demo.tokens.write(found.paging_state, run.id, chosen),
            "paged": token is not None,
        }

    async def said(run: TestRun, who: str = "") -> dict[str, Any]:
        return {
            "run": run,
            "who": who,
            "comments": await people.comments(run.id),
            "users": await people.users(),
            "words": get_args(Reaction),
        }

    async def told(request: Request, run: TestRun, who: str) -> Response:
        path = f"/runs/{run.release}/{run.test}/{run.id}"
        return page.moved(request, path, "run.html", part="partials/comments.html", **await said(run, who))

    @routes.get("")
    async def show(
        request: Request,
        release: Name,
        name: Name,
        run_id: UUID,
        severity: Severity | None = None,
        token: Token = None,
    ) -> Response:
        """Show a run: what it ran on, what happened, what is said of it."""
        run = await tracker.run(release, name, run_id)
        context = await listed(run, severity, token) | await said(run)
        return page(request, "run.html", part="partials/events.html", **context)

    @routes.post("/comments")
    async def comment(
        request: Request, release: Name, name: Name, run_id: UUID, sent: Annotated[CommentIn, Form()]
    ) -> Response:
        """Say something of a run."""
        run = await tracker.run(release, name, run_id)
        await people.comment(run, sent.who, sent.text)
        return await told(request, run, sent.who)

    @routes.post("/comments/{comment_id}")
    async def react(
        request: Request,
        release: Name,
        name: Name,
        run_id: UUID,
        comment_id: UUID,
        sent: Annotated[ReactionIn, Form()],
    ) -> Response:
        """Put a reaction beside a comment."""
        run = await tracker.run(release, name, run_id)
        await people.react(run_id, comment_id, sent.who, sent.reaction)
        return await told(request, run, sent.who)

    return routes


def _chosen(counts: Mapping[Severity, int]) -> Severity:
    return next((each for each in FIRST if counts[each]), "normal")


def _errors(page: Page) -> APIRouter:
    routes = APIRouter()

    @routes.get("/similar/{release}")
    async def similar(
        request: Request,
        release: Name,
        q: Annotated[Message, Query()],
        k: Annotated[int, Query(ge=1, le=50)] = 8,
        least: Annotated[float, Query(ge=0, le=1)] = 0.0,
    ) -> Response:
        """Show the errors of a release that are most like a message."""
        found = await errors.similar(release, q, k, least)
        context: dict[str, Any] = {"release": release, "q": q, "k": k, "least": least, "found": found}
        return page(request, "similar.html", part="partials/similar.html", **context)

    return routes


def _users(demo: Demo, page: Page) -> APIRouter:
    routes = APIRouter(prefix="/users/{user}")

    async def context(user: str, token: str | None) -> dict[str, Any]:
        found = await people.notifications(user, demo.tokens.read(token, user))
        return {
            "user": await people.one(user),
            "users": await people.users(),
            "notifications": found.data,
            "next_token": demo.tokens.write(found.paging_state, user),
            "paged": token is not None,
        }

    @routes.get("")
    async def show(request: Request, user: Name, token: Token = None) -> Response:
        """Show what somebody was told, newest first."""
        return page(request, "user.html", part="partials/notifications.html", **await context(user, token))

    @routes.post("/notifications/{note_id}")
    async def read(request: Request, user: Name, note_id: UUID) -> Response:
        """Mark a notification as read."""
        await people.read(user, note_id)
        shown = await context(user, None)
        return page.moved(request, f"/users/{user}", "user.html", part="partials/notifications.html", **shown)

    return routes
