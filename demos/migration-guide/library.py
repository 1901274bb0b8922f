"""Two programs at one desk: loans are written by either and read by both."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import uuid4

import cqlengine_models
import engine
from coodie_models import Loan
from pydantic import BaseModel, ConfigDict, Field
from sample import BRANCHES, DAYS, OPENED

Branch = Literal["north", "south", "harbour"]
Program = Literal["cqlengine", "coodie"]
SHOWN = 5
CALENDAR = tuple(OPENED + timedelta(days=number) for number in range(DAYS))


class Asked(BaseModel):
    """Which partition: a branch on a day."""

    branch: Annotated[Branch, Field(examples=["north"])] = "north"
    day: Annotated[date, Field(examples=["2026-03-12"])] = OPENED


class LoanIn(Asked):
    """A loan, and which program writes it."""

    model_config = ConfigDict(str_strip_whitespace=True)

    title: Annotated[str, Field(min_length=1, max_length=60, examples=["Orlando"])]
    fee: Annotated[Decimal, Field(ge=0, le=100, decimal_places=2, examples=["1.50"])] = Decimal(0)
    by: Annotated[Program, Field(examples=["cqlengine"])] = "cqlengine"


class LoanOut(BaseModel):
    """A loan as a program has read it: each value as Python writes it."""

    taken: str
    title: str
    fee: str
    days: int | None


class Desk(BaseModel):
    """The newest loans of a partition, read by both programs."""

    branch: Branch
    day: date
    cqlengine: list[LoanOut]
    coodie: list[LoanOut]
    equal: bool = Field(
        description="Whether all values are the same, once cqlengine's are in Python's own types"
    )


def read(asked: Asked) -> Desk:
    """Read the newest loans of a partition twice."""
    old = [*cqlengine_models.Loan.objects(branch=asked.branch, day=asked.day).limit(SHOWN)]
    new = Loan.find(branch=asked.branch, day=asked.day).limit(SHOWN).all()
    fields = Loan.model_fields
    plain = [{field: engine.plain(getattr(loan, field)) for field in fields} for loan in old]
    return Desk(
        branch=asked.branch,
        day=asked.day,
        cqlengine=[_out(loan) for loan in old],
        coodie=[_out(loan) for loan in new],
        equal=plain == [loan.model_dump() for loan in new],
    )


def lend(sent: LoanIn) -> None:
    """Let one of the programs write a loan."""
    values = sent.model_dump(exclude={"by"}) | {"reader": uuid4(), "taken": datetime.now(UTC)}
    model: Any = Loan if sent.by == "coodie" else cqlengine_models.Loan
    model.create(**values)


def _out(loan: Any) -> LoanOut:
    taken = repr(loan.taken).replace("datetime.datetime", "datetime").replace("datetime.timezone.utc", "UTC")
    return LoanOut(taken=taken, title=loan.title, fee=repr(loan.fee), days=loan.days)


__all__ = ["BRANCHES", "CALENDAR", "Asked", "Desk", "LoanIn", "lend", "read"]
