"""A ledger: what must not be missed, so every read and write asks a quorum."""

from typing import Annotated

from coodie import ClusteringKey, PrimaryKey
from coodie.sync import Document


class Ledger(Document):
    """An entry of an account; the settings say how each of its statements is executed."""

    account: Annotated[str, PrimaryKey()]
    entry: Annotated[int, ClusteringKey("DESC")]
    cents: int = 0

    class Settings:
        """Most replicas of this datacenter, and no more than seven and a half seconds."""

        consistency = "LOCAL_QUORUM"
        serial_consistency = "LOCAL_SERIAL"
        timeout = 7.5
