"""Readings of sensors, a partition for each sensor and day."""

import datetime as dt
from typing import Annotated

from coodie import ClusteringKey, PrimaryKey
from coodie.sync import Document


class Reading(Document):
    """A reading: sensor and day name the partition, when it was taken and its kind its rows."""

    sensor: Annotated[str, PrimaryKey(partition_key_index=0)]
    day: Annotated[dt.date, PrimaryKey(partition_key_index=1)]
    taken: Annotated[dt.time, ClusteringKey(order="DESC", clustering_key_index=0)]
    kind: Annotated[str, ClusteringKey(clustering_key_index=1)]
    value: float
