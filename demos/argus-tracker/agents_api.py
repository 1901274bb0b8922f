"""What agents send as JSON: runs, events by the batch, results. All of it takes a token, and may be sent twice."""

from typing import Annotated, Any

import agents
import ingesting
import results
import stream
import tracker
from demokit.problems import Problem
from domain import Ended, Line, Measure, Message, Name, Seconds, Severity
from fastapi import APIRouter, Depends, Path
from models import Event, EventBatch, TestRun
from plugins import AnyRun
from pydantic import AwareDatetime, BaseModel, Field
from results import MEASURES
from wanted import MISSING, RUN, OfRelease, OfRun, OfTest

NO_TOKEN: dict[int | str, dict[str, Any]] = {
    401: {"model": Problem, "description": "No agent has that token"}
}
ByAgent = Annotated[str, Depends(agents.named)]


AN_EVENT = {"at": "2026-06-30T18:20:00Z", "severity": "warning", "node": "db-2", "message": "disk is slow"}


class EventIn(BaseModel):
    """An event as an agent tells it."""

    at: AwareDatetime = Field(examples=["2026-06-30T18:20:00Z"])
    severity: Annotated[Severity, Field(examples=["error"])]
    node: Annotated[Line, Field(examples=["db-2"])]
    message: Annotated[Message, Field(examples=["commit log of db-2: no space left on device"])]


class EventsIn(BaseModel):
    """A batch of events."""

    events: Annotated[list[EventIn], Field(min_length=1, max_length=stream.BATCH, examples=[[AN_EVENT]])]


class Finish(BaseModel):
    """How a run ended."""

    status: Annotated[Ended, Field(examples=["passed"])]
    seconds: Annotated[Seconds, Field(examples=[5400])]


class ResultsIn(BaseModel):
    """What a run measured: values by row and measure."""

    measures: Annotated[list[Measure], Field(min_length=1, max_length=12)] = list(MEASURES)
    rows: Annotated[
        dict[Name, dict[Name, Annotated[float, Field(allow_inf_nan=False)]]],
        Field(min_length=1, max_length=40, examples=[{"read": {"p99": 9.5, "rate": 61000.0}}]),
    ]


class Best(BaseModel):
    """Of which cells the run is the best now."""

    best: list[str] = Field(examples=[["read/p99"]])


def router() -> APIRouter:
    """Make the routes under `/api` that take a token."""
    routes = APIRouter(prefix="/api", tags=["agents"], responses={**MISSING, **NO_TOKEN})

    @routes.post("/runs", status_code=201, response_model=AnyRun)
    async def submit(sent: AnyRun, _agent: ByAgent) -> TestRun:
        """Say that a run has begun; the fields besides the common ones are those of its plug-in."""
        await tracker.test(sent.release, sent.test)
        return await tracker.submit(sent)

    @routes.put(RUN + "/status", response_model=AnyRun)
    async def finish(
        release: OfRelease, test: OfTest, run_id: OfRun, sent: Finish, _agent: ByAgent
    ) -> TestRun:
        """Say how a run ended."""
        return await tracker.finish(await tracker.run(release, test, run_id), sent.status, sent.seconds)

    @routes.put(RUN + "/events/{number}")
    async def arrived(
        release: OfRelease,
        test: OfTest,
        run_id: OfRun,
        number: Annotated[int, Path(ge=0, le=1_000_000, description="Counted by the agent", examples=[7])],
        sent: EventsIn,
        agent: ByAgent,
    ) -> EventBatch:
        """Send a batch of events. Sent again under its number it is written again, and counted once."""
        run = await tracker.run(release, test, run_id)
        made = [
            Event(
                run=run_id,
                severity=each.severity,
                id=stream.event_id(run_id, number, place, each.at),
                node=each.node,
                message=each.message,
            )
            for place, each in enumerate(sent.events)
        ]
        return await ingesting.arrived(run, number, made, agent)

    @routes.put(RUN + "/results/{table}")
    async def measured(
        release: OfRelease,
        test: OfTest,
        run_id: OfRun,
        table: Annotated[Name, Path(examples=["latency"])],
        sent: ResultsIn,
        _agent: ByAgent,
    ) -> Best:
        """Send what a run measured; a value that is better than the best takes its place."""
        run = await tracker.run(release, test, run_id)
        return Best(best=await results.record(run, table, sent.measures, sent.rows))

    return routes
