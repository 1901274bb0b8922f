"""One server, every driver: how many cases of each driver's own tests ended how."""

from typing import Annotated, Literal

from domain import Line, Outcome
from pydantic import Field

from coodie.fields import Discriminator
from plugins.base import TestRun

DRIVERS = {"python 3": {"passed": 812, "failed": 0, "skipped": 9}}


class DriverMatrix(TestRun):
    """A map from a driver to what came of it, each value a type of its own."""

    plugin: Annotated[Literal["driver_matrix"], Discriminator()] = "driver_matrix"
    drivers: Annotated[dict[Line, Outcome], Field(min_length=1, max_length=40, examples=[DRIVERS])]

    @property
    def gist(self) -> str:
        return f"{len(self.drivers)} drivers"
