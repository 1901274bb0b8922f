"""The tables of the library, and two of this demo's own: what a comparison has found, and how far it is."""

from typing import Annotated, Literal

from coodie_models import Hold, Item, Loan, Reader
from pydantic import Field

from coodie import ClusteringKey, Frozen, PrimaryKey, UserType
from coodie.sync import Document


class Difference(UserType):
    """Where a copy is not what its original is."""

    table: str
    row: str
    column: str
    what: Literal["row", "value", "type", "writetime", "ttl"]
    original: str
    copied: str


class Verification(Document):
    """How far the comparison of a table is: written after each part of the ring, read when it is started again."""

    shelf: Annotated[Literal["verifications"], PrimaryKey()] = "verifications"
    table: Annotated[str, ClusteringKey()]
    part: Annotated[int, Field(description="Parts of the token ring that are compared")] = 0
    rows: int = 0
    differences: int = 0
    first: Annotated[list[Difference], Frozen()] = Field(default_factory=list)
    runs: int = 1
    done: bool = False


MODELS = (Reader, Loan, Hold, Item, Verification)
