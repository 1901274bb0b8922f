"""The async flavour: every method that sends something is a coroutine."""

from coodie.aio.batch import AsyncBatchQuery
from coodie.aio.connection import (
    alter_keyspace,
    create_keyspace,
    drop_keyspace,
    execute_raw,
    init_coodie,
)
from coodie.aio.counter import CounterDocument
from coodie.aio.document import Document
from coodie.aio.gather import gather
from coodie.aio.query import QuerySet
from coodie.aio.view import MaterializedView

__all__ = [
    "AsyncBatchQuery",
    "CounterDocument",
    "Document",
    "MaterializedView",
    "QuerySet",
    "alter_keyspace",
    "create_keyspace",
    "drop_keyspace",
    "execute_raw",
    "gather",
    "init_coodie",
]
