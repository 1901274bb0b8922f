"""Counters: how often a page was visited, day by day."""

import datetime as dt
from typing import Annotated

from coodie import ClusteringKey, Counter, PrimaryKey
from coodie.sync import CounterDocument


class Visits(CounterDocument):
    """The visits of a page on a day; a table of counters holds keys and counters, nothing else."""

    page: Annotated[str, PrimaryKey()]
    day: Annotated[dt.date, ClusteringKey()]
    visits: Annotated[int, Counter()] = 0
    errors: Annotated[int, Counter()] = 0
