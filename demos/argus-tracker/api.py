"""The same as JSON, for agents and other programs: reading is open, writing takes an agent's token."""

from typing import Annotated, Any

import errors
import ingesting
import people
import results
import tracker
from demokit.tokens import PageTokens
from domain import Line, Message, Name, Severity
from errors import Map, Similar
from fastapi import APIRouter, Query
from models import Comment, Event, Notification, Reaction, Test, TestRun
from plugins import AnyRun
from prepared import Prepared, Told
from pydantic import BaseModel, Field
from results import Shown
from tracker import Receipt
from wanted import MISSING, RUN, OfComment, OfRelease, OfRun, OfTest, OfUser, Token


class Ignore(BaseModel):
    """Who ignores the failed runs of a test, and why."""

    who: Annotated[Name, Field(examples=["ines"])]
    reason: Annotated[Line, Field(examples=["The disk of the loaders was full."])]


class CommentIn(BaseModel):
    """What somebody says; an @ before a name tells that person."""

    who: Annotated[Name, Field(examples=["mara"])]
    text: Annotated[Message, Field(examples=["@ines this one again."])]


class RunPage(BaseModel):
    """A page of runs of any plug-in, newest first; `next` is the token of the page after it."""

    items: list[AnyRun]
    next: str | None = Field(description="Give it back as `token`")


class EventPage(BaseModel):
    """A page of events of one severity, newest first."""

    items: list[Event]
    next: str | None = Field(description="Give it back as `token`")


class NotificationPage(BaseModel):
    """A page of what somebody was told, newest first."""

    items: list[Notification]
    next: str | None = Field(description="Give it back as `token`")


class Found(BaseModel):
    """Errors that are most like a message, the nearest first."""

    errors: list[Similar]


class Versions(BaseModel):
    """What a release was run with: read off tables that hold each once."""

    versions: list[str]
    images: list[str]


class ReactionIn(BaseModel):
    """Somebody's one reaction."""

    who: Annotated[Name, Field(examples=["ines"])]
    reaction: Annotated[Reaction, Field(examples=["looking"])]


def router(tokens: PageTokens, prepared: Prepared) -> APIRouter:
    """Make the routes under `/api` that need no token."""
    routes = APIRouter(prefix="/api", responses=MISSING)
    for made in (_releases(), _runs(tokens), _errors(), _people(tokens)):
        routes.include_router(made)

    @routes.get("/prepared", tags=["statements"])
    async def statements() -> Told:
        """Tell how many texts were prepared, and how often each was sent."""
        return prepared.told()

    return routes


def _releases() -> APIRouter:
    routes = APIRouter(tags=["releases"])

    @routes.get("/releases/{release}/tests")
    async def tests(release: OfRelease) -> list[Test]:
        """List the tests of a release."""
        return await Test.find(release=release).all()

    @routes.get("/releases/{release}/versions")
    async def versions(release: OfRelease) -> Versions:
        """List the versions and machine images of a release, each once."""
        found, images = await tracker.versions(release)
        return Versions(versions=found, images=images)

    @routes.get("/results/{release}/{test}")
    async def measured(release: OfRelease, test: OfTest) -> list[Shown]:
        """Read what a test measures, with the best of each cell."""
        await tracker.test(release, test)
        return await results.shown(release, test)

    @routes.post("/tests/{release}/{test}/ignore")
    async def ignore(release: OfRelease, test: OfTest, sent: Ignore) -> Receipt:
        """Ignore all failed runs of a test that nobody has looked at: one batch."""
        return await tracker.ignore(release, test, sent.who, sent.reason)

    return routes


def _runs(tokens: PageTokens) -> APIRouter:
    routes = APIRouter(tags=["runs"])

    @routes.get("/runs/{release}/{test}", response_model=RunPage)
    async def runs(release: OfRelease, test: OfTest, token: Token = None) -> dict[str, Any]:
        """List the runs of a test."""
        await tracker.test(release, test)
        found = await tracker.runs(release, test, tokens.read(token, release, test))
        return {"items": found.data, "next": tokens.write(found.paging_state, release, test)}

    @routes.get(RUN, response_model=AnyRun)
    async def run(release: OfRelease, test: OfTest, run_id: OfRun) -> TestRun:
        """Read a run; `plugin` says which fields it has."""
        return await tracker.run(release, test, run_id)

    @routes.get(RUN + "/events")
    async def events(
        release: OfRelease, test: OfTest, run_id: OfRun, severity: Severity = "normal", token: Token = None
    ) -> EventPage:
        """List the events of a run of one severity: one partition."""
        await tracker.run(release, test, run_id)
        found = await ingesting.events(run_id, severity, tokens.read(token, run_id, severity))
        return EventPage(items=found.data, next=tokens.write(found.paging_state, run_id, severity))

    @routes.get(RUN + "/counts")
    async def counts(release: OfRelease, test: OfTest, run_id: OfRun) -> dict[Severity, int]:
        """Tell how many events of each severity have arrived, without reading one."""
        await tracker.run(release, test, run_id)
        return await ingesting.counts(run_id)

    return routes


def _errors() -> APIRouter:
    routes = APIRouter(tags=["errors"])

    @routes.get("/errors/{release}")
    async def similar(
        release: OfRelease,
        q: Annotated[Message, Query(examples=["no space left on device"])],
        k: Annotated[int, Query(ge=1, le=50)] = 8,
        least: Annotated[float, Query(ge=0, le=1)] = 0.0,
    ) -> Found:
        """Find the errors of a release that are most like a message."""
        return Found(errors=await errors.similar(release, q, k, least))

    @routes.get("/errors/{release}/{test}")
    async def clusters(release: OfRelease, test: OfTest) -> Map:
        """Cluster the newest errors of a test by what they mean."""
        await tracker.test(release, test)
        return await errors.mapped(release, test)

    return routes


def _people(tokens: PageTokens) -> APIRouter:
    routes = APIRouter(tags=["people"])

    @routes.get(RUN + "/comments")
    async def comments(release: OfRelease, test: OfTest, run_id: OfRun) -> list[Comment]:
        """Read what is said of a run."""
        await tracker.run(release, test, run_id)
        return await people.comments(run_id)

    @routes.post(RUN + "/comments", status_code=201)
    async def comment(release: OfRelease, test: OfTest, run_id: OfRun, sent: CommentIn) -> Comment:
        """Say something of a run."""
        return await people.comment(await tracker.run(release, test, run_id), sent.who, sent.text)

    @routes.put(RUN + "/comments/{comment_id}/reaction")
    async def react(
        release: OfRelease, test: OfTest, run_id: OfRun, comment_id: OfComment, sent: ReactionIn
    ) -> Comment:
        """Put a reaction beside a comment; each has one."""
        await tracker.run(release, test, run_id)
        return await people.react(run_id, comment_id, sent.who, sent.reaction)

    @routes.get("/users/{user}/notifications")
    async def notifications(user: OfUser, token: Token = None) -> NotificationPage:
        """List what somebody was told."""
        found = await people.notifications(user, tokens.read(token, user))
        return NotificationPage(items=found.data, next=tokens.write(found.paging_state, user))

    return routes
