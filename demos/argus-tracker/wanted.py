"""What stands in the paths of the API, with an example of the sample for each."""

from typing import Annotated, Any
from uuid import UUID

from demokit.problems import Problem
from domain import Name
from fastapi import Path, Query

MISSING: dict[int | str, dict[str, Any]] = {404: {"model": Problem, "description": "Nothing has that key"}}
OfRelease = Annotated[Name, Path(examples=["fathom-3.2"])]
OfTest = Annotated[Name, Path(examples=["mixed-read-write"])]
OfRun = Annotated[
    UUID,
    Path(description="Holds the moment at which it began", examples=["894d4800-70b9-11f1-ab1e-d3a170650839"]),
]
OfComment = Annotated[UUID, Path(examples=["bcbdc000-7115-11f1-9219-43ce850813b4"])]
OfUser = Annotated[Name, Path(examples=["petra"])]
Token = Annotated[str | None, Query(description="What `next` said on the page before", max_length=4000)]
RUN = "/runs/{release}/{test}/{run_id}"
