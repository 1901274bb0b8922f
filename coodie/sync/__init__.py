# Generated from coodie/aio/__init__.py by tools/unasync.py; change that file instead.
"""The sync flavour: plain calls."""

from coodie.sync.batch import BatchQuery
from coodie.sync.connection import (
    alter_keyspace,
    create_keyspace,
    drop_keyspace,
    execute_raw,
    init_coodie,
)
from coodie.sync.counter import CounterDocument
from coodie.sync.document import Document
from coodie.sync.gather import gather
from coodie.sync.query import QuerySet
from coodie.sync.view import MaterializedView

__all__ = [
    "BatchQuery",
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
