"""The programs of a long run: each does one thing after another, drawn at random, and notes what came of it."""

from __future__ import annotations

import asyncio
import datetime as dt
import inspect
import itertools
from importlib import import_module
from random import Random
from typing import TYPE_CHECKING, Any

from coodie.exceptions import OperationError, ServerRejected, Unavailable, VersionConflict
from steps.library_models import models
from steps.soak_model import Outcome

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from steps.soak_ledger import Ledger

QUORUM = "QUORUM"
PACE = 0.004  # seconds between two deeds: nodes that start need the machine, too
PAUSE = 0.1  # seconds, where no node could be reached
IMPATIENT = 2.0  # seconds, and the outcome of more writes is unknown
ROWS = 40  # of each program
STATES = 8  # with more of them, a row is written as a whole
PAGE_ROWS = 25
SEATS, CLAIMS_OF_A_SHOWING, EDITS_OF_A_PAGE = 10, 40, 60
DAY = dt.date(2030, 5, 1)


class Program:
    """One program in one colour: it alone writes its articles and orders; it contends for seats, pages and counters."""

    def __init__(self, number: int, colour: str, tag: str, ledger: Ledger, over: threading.Event) -> None:
        self.colour, self.name = colour, f"{tag}-{colour}-{number}"
        self._tag, self._ledger, self._over = tag, ledger, over
        self._random = Random(f"{ledger.seed}/{self.name}")  # noqa: S311 - drawn again from the same seed
        self._numbers = range(number * 1000, number * 1000 + ROWS)
        self._serial = itertools.count(1)
        self._pace = PACE
        self._models: dict[str, Any] = models(colour)
        name = "BatchQuery" if colour == "sync" else "AsyncBatchQuery"
        self._batch_query = getattr(import_module(f"coodie.{colour}"), name)

    async def run(self) -> None:
        """Work until it is over."""
        deeds = list(DEEDS)
        while not self._over.is_set():
            (deed,) = self._random.choices(deeds, [DEEDS[each] for each in deeds])
            self._pace = PACE
            await deed(self)
            if self.colour == "sync":
                self._over.wait(self._pace)
            else:
                await asyncio.sleep(self._pace)

    def run_sync(self) -> None:
        """Work until it is over in the sync colour, in which nothing is ever awaited."""
        running = self.run()
        try:
            running.send(None)
        except StopIteration:
            return
        running.close()
        raise AssertionError("a sync program has waited for a loop")

    # --- articles: rows of its own

    async def save(self) -> None:
        """Write a whole row."""
        number = self._random.choice(self._numbers)
        await self._save(number)

    async def change(self) -> None:
        """Write one column of a row that is there, or the whole of one that may not be."""
        number = self._random.choice(self._numbers)
        row = self._ledger.record("article", number)
        if not row.is_there or len(row.possible) > STATES:
            await self._save(number)
            return
        stock = self._random.randrange(1_000_000)
        row.begin(f"{self.name} sets stock={stock}", lambda state: (state[0], stock))
        self._end(row.end, *await self._try(self._query("Article", number=number).update, stock=stock))

    async def delete(self) -> None:
        """Delete a row, which may not be there."""
        number = self._random.choice(self._numbers)
        row = self._ledger.record("article", number)
        row.begin(f"{self.name} deletes it", lambda _: None)
        self._end(row.end, *await self._try(self._query("Article", number=number).delete))

    async def read(self) -> None:
        """Read a row, and compare it."""
        number = self._random.choice(self._numbers)
        query = self._query("Article", number=number).values("number", "name", "stock")
        outcome, found = await self._try(query.all)
        if outcome is Outcome.ACKNOWLEDGED:
            state = (found[0]["name"], found[0]["stock"]) if found else None
            self._ledger.check("article", number, state, "in the middle of it")

    async def load(self) -> None:
        """Save many rows at once."""
        numbers = self._random.sample(self._numbers, 10)
        documents = [self._article(number) for number in numbers]
        for document in documents:
            self._begin(document)
        outcome, result = await self._try(self._models["Article"].bulk_save, documents, 4, consistency=QUORUM)
        assert outcome is Outcome.ACKNOWLEDGED, result
        failed = {document.number: error for document, error in result.failed}
        for number in numbers:
            error = failed.get(number)
            row = self._ledger.record("article", number)
            self._end(row.end, Outcome.ACKNOWLEDGED if error is None else outcome_of(error), error)

    async def scan(self) -> None:
        """Read the whole table page by page, and compare all rows that nobody has written meanwhile."""
        marks = self._ledger.settled("article")
        query = self._models["Article"].find().consistency(QUORUM).fetch_size(PAGE_ROWS)
        found: dict[int, Any] = {}
        state = None
        while True:
            pages = query.values("number", "name", "stock")
            outcome, page = await self._try((pages if state is None else pages.page(state)).paged_all)
            if outcome is not Outcome.ACKNOWLEDGED:
                return
            for row in page.data:
                if row["number"] in found:
                    self._ledger.differ(f"article {row['number']} came twice in one scan", "")
                found[row["number"]] = (row["name"], row["stock"])
            state = page.paging_state
            if state is None:
                break
        self._ledger.compare_settled("article", marks, found, "in a scan of the table")

    # --- orders: logged batches over two tables

    async def order(self) -> None:
        """Write or delete an order in both tables."""
        number, total = self._random.choice(self._numbers), next(self._serial)
        row = self._ledger.record("order", number)
        gone = self._random.random() < 0.2
        what = f"{self.name} deletes both" if gone else f"{self.name} saves both with total={total}"
        row.begin(what, (lambda _: None) if gone else (lambda _: total))
        batch = self._batch_query(consistency=QUORUM)
        for name in ("Order", "OrderOfCustomer"):
            document = self._models[name](number=number, customer=self.name, total=total)
            await self._call(document.delete if gone else document.save, batch=batch)
        self._end(row.end, *await self._try(batch.execute))

    # --- what all programs contend for

    async def claim(self) -> None:
        """Reserve a seat, which somebody else may have."""
        token, showing = self._token(), self._ledger.turn("seat", CLAIMS_OF_A_SHOWING)
        place = (f"{self._tag} {showing}", self._random.randrange(SEATS))
        claim = self._ledger.record("seat", place)
        claim.begin(token)
        document = self._models["Reservation"](showing=place[0], seat=place[1], guest=token)
        outcome, result = await self._try(document.insert, consistency=QUORUM, timeout=self._patience())
        if outcome is Outcome.ACKNOWLEDGED and not result.applied:
            outcome = Outcome.REFUSED
            claim.end(token, outcome, str(result.existing), existing=result.existing["guest"])
            self._ledger.count(outcome)
            return
        self._end(claim.end, outcome, result, token)

    async def edit(self) -> None:
        """Append to a page over the revision that was read."""
        token, page = self._token(), self._ledger.turn("page", EDITS_OF_A_PAGE)
        title = f"{self._tag} {page}"
        model = self._models["WikiPage"]
        outcome, found = await self._try(model.find(title=title).consistency("SERIAL").all)
        if outcome is not Outcome.ACKNOWLEDGED:
            return
        document = found[0] if found else model(title=title, text="")
        document.text = f"{document.text} {token}".strip()
        chain = self._ledger.record("page", title)
        chain.begin(token)
        said = await self._try(document.save, consistency=QUORUM, timeout=self._patience())
        self._end(chain.end, *said, token)

    async def visit(self) -> None:
        """Count visits of a page that others count, too."""
        page, delta = self._random.choice((self.name, self._tag)), self._random.randint(1, 5)
        tally = self._ledger.record("counter", page)
        tally.begin(delta)
        document = self._models["Visits"](page=page, day=DAY)
        said = await self._try(document.increment, visits=delta, consistency=QUORUM, timeout=self._patience())
        self._end(tally.end, *said, delta)

    # --- helpers

    async def _save(self, number: int) -> None:
        document = self._article(number)
        row = self._begin(document)
        said = await self._try(document.save, consistency=QUORUM, timeout=self._patience())
        self._end(row.end, *said)

    def _article(self, number: int) -> Any:
        return self._models["Article"](number=number, name=self._token(), stock=next(self._serial))

    def _begin(self, article: Any) -> Any:
        row = self._ledger.record("article", article.number)
        state = (article.name, article.stock)
        row.begin(f"saves name={state[0]} stock={state[1]}", lambda _: state)
        return row

    def _token(self) -> str:
        return f"{self.name}.{next(self._serial)}"

    def _patience(self) -> float | None:
        return self._random.choice((None, IMPATIENT))

    def _query(self, name: str, **key: Any) -> Any:
        query, patience = self._models[name].find(**key).consistency(QUORUM), self._patience()
        return query if patience is None else query.timeout(patience)

    async def _call(self, function: Callable[..., Any], *arguments: Any, **keywords: Any) -> Any:
        result = function(*arguments, **keywords)
        return await result if inspect.isawaitable(result) else result

    async def _try(
        self, function: Callable[..., Any], *arguments: Any, **keywords: Any
    ) -> tuple[Outcome, Any]:
        """Call; return what is known of it, with the result or the error."""
        try:
            return Outcome.ACKNOWLEDGED, await self._call(function, *arguments, **keywords)
        except (OperationError, VersionConflict) as error:
            if isinstance(error, Unavailable):
                self._pace = PAUSE
            self._ledger.told(error)
            return outcome_of(error), error

    def _end(self, end: Callable[..., None], outcome: Outcome, said: Any, *what: Any) -> None:
        """Note what came of a write, and why where it was not acknowledged."""
        why = f"({type(said).__name__}: {said})" if isinstance(said, Exception) else ""
        end(*what, outcome, why)
        self._ledger.count(outcome)


# How often each is drawn.
DEEDS = {
    Program.save: 10,
    Program.change: 10,
    Program.delete: 4,
    Program.read: 10,
    Program.load: 1,
    Program.scan: 1,
    Program.order: 8,
    Program.claim: 6,
    Program.edit: 6,
    Program.visit: 8,
}


def outcome_of(error: Exception) -> Outcome:
    """Say what an error promises: `Unavailable` and refusals that nothing was applied, all others nothing."""
    if isinstance(error, (Unavailable, ServerRejected, VersionConflict)):
        return Outcome.REFUSED
    if isinstance(error, OperationError):
        return Outcome.UNKNOWN
    raise error
