"""A suite of unit tests: how many ended how, and those that failed."""

from typing import Annotated, Literal

from domain import Case, Outcome
from pydantic import Field

from coodie.fields import Discriminator
from plugins.base import TestRun

TOTAL = {"passed": 4180, "failed": 1, "skipped": 22}


class UnitSuite(TestRun):
    """A suite: one value with three fields, and a list of the cases that failed."""

    plugin: Annotated[Literal["unit_suite"], Discriminator()] = "unit_suite"
    total: Annotated[Outcome, Field(examples=[TOTAL])]
    failing: Annotated[list[Case], Field(max_length=200)] = Field(default_factory=list)

    @property
    def gist(self) -> str:
        return f"{self.total.passed + self.total.failed:,} cases"
