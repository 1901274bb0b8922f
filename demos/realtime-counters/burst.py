"""A burst: thousands of increments of one row at once, and a ledger of what became of each."""

import asyncio
from contextlib import suppress
from contextvars import Context
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID, uuid4

import counting
from models import PageHour, Slug
from pydantic import BaseModel, Field, computed_field

from coodie import DocumentNotFound, OperationError, ServerRejected, Unavailable

MOST = 20_000
AT_ONCE = 64
WHOLE = 10.0
KEPT = 20
QUIET = 0.4


class BurstIn(BaseModel):
    """A burst as somebody asks for it."""

    page: Annotated[Slug, Field(description="A page of the site", examples=["when-to-lay-a-hedge-3307"])]
    increments: Annotated[int, Field(ge=1, le=MOST, examples=[100])] = 10_000
    patience: Annotated[
        int | None,
        Field(
            ge=1, le=10_000, description="Milliseconds until each is given up; null waits", examples=[None]
        ),
    ] = None


class Burst(BurstIn):
    """A burst under way, or over: what was sent, what was answered, and by how much the counter moved."""

    id: UUID = Field(default_factory=uuid4)
    hour: datetime = Field(default_factory=counting.this_hour)
    answered: int = 0
    unknown: int = Field(0, description="No answer in time: counted or not, and never sent again")
    refused: int = Field(0, description="Not counted: the server said so, or could not be reached")
    before: int = 0
    after: int | None = Field(None, description="Null until it is read, or when it cannot be")
    state: Literal["counting", "reading", "done"] = "counting"

    @computed_field  # type: ignore[prop-decorator]
    @property
    def moved(self) -> int | None:
        """By how much the counter moved."""
        return None if self.after is None else self.after - self.before

    @computed_field  # type: ignore[prop-decorator]
    @property
    def exact(self) -> bool:
        """Whether the counter moved by what was answered, and beyond that by no more than what is unknown."""
        return self.moved is not None and self.answered <= self.moved <= self.answered + self.unknown

    @property
    def over(self) -> int:
        """How many have come to an end, whichever."""
        return self.answered + self.unknown + self.refused


class BusyError(RuntimeError):
    """A burst of this page is under way."""


class Bursts:
    """The bursts of this app, one of a page at a time; the newest few are remembered."""

    def __init__(self) -> None:
        self._known: dict[UUID, Burst] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def newest(self) -> Burst | None:
        """The burst that is under way, or the last one."""
        return next(reversed(self._known.values()), None)

    def get(self, burst_id: UUID) -> Burst:
        """Return a burst of this app, or `DocumentNotFound`."""
        if burst_id not in self._known:
            raise DocumentNotFound("This app remembers no such burst.")
        return self._known[burst_id]

    async def start(self, asked: BurstIn) -> Burst:
        """Send the first increment, and leave the others to a task of their own."""
        if any(each.page == asked.page and each.state != "done" for each in self._known.values()):
            raise BusyError("A burst of this page is under way: wait until its ledger is closed.")
        burst = Burst(**asked.model_dump())
        self._known[burst.id] = burst
        for old in list(self._known)[:-KEPT]:
            del self._known[old]
        try:
            burst.before = await _read(burst)
        except OperationError:
            del self._known[burst.id]
            raise
        await _send(burst)
        # In a context of its own: the drawer shows what this request sent, and the rest is that statement again.
        task = asyncio.create_task(_run(burst), context=Context())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return burst


async def _run(burst: Burst) -> None:
    rest = iter(range(burst.increments - 1))

    async def work() -> None:
        for _ in rest:
            await _send(burst)

    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    burst.state = "reading"
    with suppress(OperationError):  # the ledger says that the counter could not be read
        await _settle(burst)
    burst.state = "done"


async def _settle(burst: Burst) -> None:
    """Read the counter until it rests: what was given up may be counted later."""
    while True:
        seen, burst.after = burst.after, await _read(burst)
        if not burst.unknown or seen == burst.after:
            return
        await asyncio.sleep(QUIET)


async def _send(burst: Burst) -> None:
    """Send one increment and book its outcome; whatever that is, it is not sent again."""
    row, patience = PageHour(page=burst.page, hour=burst.hour), burst.patience
    try:
        await row.increment(views=1, burst=1, timeout=patience / 1000 if patience else WHOLE)
    except (Unavailable, ServerRejected):
        burst.refused += 1
    except OperationError:
        burst.unknown += 1
    else:
        burst.answered += 1


async def _read(burst: Burst) -> int:
    row = await PageHour.find_one(page=burst.page, hour=burst.hour)
    return 0 if row is None else row.burst
