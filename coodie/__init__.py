"""coodie: a Pydantic ODM for ScyllaDB and Apache Cassandra.

A Pydantic class is a table. `coodie` exports the async flavour and everything that both share; the sync flavour, with
equal names, is `coodie.sync`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from coodie._version import __version__
from coodie.duration import CqlDuration
from coodie.exceptions import (
    AuthenticationError,
    ConfigurationError,
    CoodieError,
    DocumentNotFound,
    InvalidQueryError,
    MigrationError,
    MultipleDocumentsFound,
    OperationError,
    ReadTimeout,
    ServerRejected,
    Timeout,
    Unavailable,
    UnsupportedByDriver,
    VersionConflict,
    WriteTimeout,
)
from coodie.fields import (
    Ascii,
    BigInt,
    ClusteringKey,
    Column,
    Counter,
    Discriminator,
    Double,
    Duration,
    Frozen,
    Indexed,
    PrimaryKey,
    SmallInt,
    Static,
    Time,
    TimeUUID,
    TinyInt,
    VarInt,
    Vector,
    VectorIndex,
    Version,
)
from coodie.results import BatchResult, BulkResult, LWTResult, PagedResult, TracedResult

if TYPE_CHECKING:
    from coodie.aio import (
        AsyncBatchQuery,
        CounterDocument,
        Document,
        MaterializedView,
        QuerySet,
        alter_keyspace,
        create_keyspace,
        drop_keyspace,
        execute_raw,
        init_coodie,
    )
    from coodie.lazy import LazyDocument
    from coodie.sync.batch import BatchQuery
    from coodie.usertype import UserType
else:
    # Imported when they are first asked for: who says `import coodie.sync` does not pay for the async flavour.
    _LATER = {
        **dict.fromkeys(
            "AsyncBatchQuery CounterDocument Document MaterializedView QuerySet alter_keyspace create_keyspace "
            "drop_keyspace execute_raw init_coodie".split(),
            "coodie.aio",
        ),
        "BatchQuery": "coodie.sync.batch",
        "LazyDocument": "coodie.lazy",
        "UserType": "coodie.usertype",
    }

    def __getattr__(name: str) -> Any:
        if name not in _LATER:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(_LATER[name]), name)
        return found

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})


__all__ = [
    "Ascii",
    "AsyncBatchQuery",
    "AuthenticationError",
    "BatchQuery",
    "BatchResult",
    "BigInt",
    "BulkResult",
    "ClusteringKey",
    "Column",
    "ConfigurationError",
    "CoodieError",
    "Counter",
    "CounterDocument",
    "CqlDuration",
    "Discriminator",
    "Document",
    "DocumentNotFound",
    "Double",
    "Duration",
    "Frozen",
    "Indexed",
    "InvalidQueryError",
    "LWTResult",
    "LazyDocument",
    "MaterializedView",
    "MigrationError",
    "MultipleDocumentsFound",
    "OperationError",
    "PagedResult",
    "PrimaryKey",
    "QuerySet",
    "ReadTimeout",
    "ServerRejected",
    "SmallInt",
    "Static",
    "Time",
    "TimeUUID",
    "Timeout",
    "TinyInt",
    "TracedResult",
    "Unavailable",
    "UnsupportedByDriver",
    "UserType",
    "VarInt",
    "Vector",
    "VectorIndex",
    "Version",
    "VersionConflict",
    "WriteTimeout",
    "__version__",
    "alter_keyspace",
    "create_keyspace",
    "drop_keyspace",
    "execute_raw",
    "init_coodie",
]
