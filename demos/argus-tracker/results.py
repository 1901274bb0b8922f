"""Result tables: what a run measured, and the best of each cell, which only a better value replaces."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from domain import Measure, Name, Version
from models import BestResult, Result, ResultTable, TestRun
from pydantic import BaseModel

NEWEST = 12
MEASURES = (
    Measure(name="p99", unit="ms", higher_is_better=False),
    Measure(name="rate", unit="op/s", higher_is_better=True),
)


class Line(BaseModel):
    """A row of a table as one run measured it; `best` names the measures that nobody has beaten."""

    run: UUID
    row: Name
    version: Version
    measured: dict[str, float]
    best: list[str]


class Shown(BaseModel):
    """A table: its columns, and the newest lines."""

    name: Name
    measures: list[Measure]
    lines: list[Line]


def better(measure: Measure, value: float, than: float) -> bool:
    """Tell whether a value beats another, by which end of the measure is better."""
    return value > than if measure.higher_is_better else value < than


async def record(
    run: TestRun, table: str, measures: Sequence[Measure], rows: Mapping[str, Mapping[str, float]]
) -> list[str]:
    """Write a run's rows, and each value that is the best so far; return the cells that it is the best of.

    Whether it is better is decided where the row is, by a condition: two runs that end at once cannot undo each
    other, whichever comes first.
    """
    where = {"release": run.release, "test": run.test}
    await ResultTable(name=table, measures=list(measures), **where).save()
    cells: list[str] = []
    for row, measured in rows.items():
        await Result(
            table=table, run=run.id, row=row, version=run.version, measured=dict(measured), **where
        ).save()
        known = [measure for measure in measures if measure.name in measured]
        won = [await _beats(run, table, row, measure, measured[measure.name]) for measure in known]
        cells += [f"{row}/{measure.name}" for measure, best in zip(known, won, strict=True) if best]
    return cells


async def _beats(run: TestRun, table: str, row: str, measure: Measure, value: float) -> bool:
    best = BestResult(
        release=run.release,
        test=run.test,
        table=table,
        row=row,
        measure=measure.name,
        value=value,
        run=run.id,
        version=run.version,
    )
    if await best.insert():
        return True
    worse = "value__lt" if measure.higher_is_better else "value__gt"
    return bool(await best.update(value=value, run=run.id, version=run.version, if_conditions={worse: value}))


async def shown(release: str, test: str) -> list[Shown]:
    """Read a test's tables: for each, the newest lines and the best, a partition each."""
    tables = await ResultTable.find(release=release, test=test).all()
    found = []
    for table in tables:
        where = {"release": release, "test": test, "table": table.name}
        best: dict[tuple[UUID, str], list[str]] = defaultdict(list)
        async for each in BestResult.find(**where):
            best[each.run, each.row].append(each.measure)
        rows = await Result.find(**where).limit(NEWEST).all()
        lines = [
            Line(
                run=each.run,
                row=each.row,
                version=each.version,
                measured=each.measured,
                best=best[each.run, each.row],
            )
            for each in rows
        ]
        found.append(Shown(name=table.name, measures=table.measures, lines=lines))
    return found
