"""`UserType`: a Pydantic class that is a user-defined type of CQL, used by both flavours."""

from __future__ import annotations

from coodie.aio.usertype import sync_type as _sync_type_async
from coodie.core.usertype import UserTypeCore
from coodie.results import SchemaPlan
from coodie.schema.usertype import extract_udt_classes
from coodie.sync.usertype import sync_type as _sync_type

__all__ = ["UserType", "extract_udt_classes"]


class UserType(UserTypeCore):
    """A value with named fields inside a column, nested to any depth.

    `sync_table` of a model makes the types that it needs, dependencies first. A value is written as a whole. A
    null collection reads back empty, and null takes the model's default where the field does not admit `None`.
    """

    @classmethod
    def sync_type(
        cls, keyspace: str | None = None, dry_run: bool = False, connection: str | None = None
    ) -> SchemaPlan:
        """Create or extend this type, and those that it needs; return the CQL that was sent, `[]` when none was."""
        return _sync_type(cls, keyspace, connection, dry_run=dry_run)

    @classmethod
    async def sync_type_async(
        cls, keyspace: str | None = None, dry_run: bool = False, connection: str | None = None
    ) -> SchemaPlan:
        """Create or extend this type, and those that it needs; return the CQL that was sent, `[]` when none was."""
        return await _sync_type_async(cls, keyspace, connection, dry_run=dry_run)
