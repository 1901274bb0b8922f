"""coodie: a Pydantic ODM for ScyllaDB and Apache Cassandra.

A Pydantic class is a table. `coodie` exports the async flavour and everything that both share; the sync flavour, with
equal names, is `coodie.sync`.
"""

from coodie._version import __version__
from coodie.aio import (
    AsyncBatchQuery,
    CounterDocument,
    Document,
    QuerySet,
    alter_keyspace,
    create_keyspace,
    drop_keyspace,
    execute_raw,
    init_coodie,
)
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
    WriteTimeout,
)
from coodie.fields import (
    Ascii,
    BigInt,
    ClusteringKey,
    Column,
    Counter,
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
)
from coodie.results import BatchResult, BulkResult, LWTResult, PagedResult
from coodie.sync.batch import BatchQuery
from coodie.usertype import UserType

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
    "Document",
    "DocumentNotFound",
    "Double",
    "Duration",
    "Frozen",
    "Indexed",
    "InvalidQueryError",
    "LWTResult",
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
    "Unavailable",
    "UserType",
    "VarInt",
    "WriteTimeout",
    "__version__",
    "alter_keyspace",
    "create_keyspace",
    "drop_keyspace",
    "execute_raw",
    "init_coodie",
]
