"""Syncing a user-defined type by itself."""

from __future__ import annotations

from coodie.core.usertype import UserTypeCore
from coodie.drivers.registry import async_session
from coodie.execution import arun_plan
from coodie.operations import usertypes
from coodie.results import SchemaPlan


async def sync_type(
    model: type[UserTypeCore], keyspace: str | None, connection: str | None, *, dry_run: bool
) -> SchemaPlan:
    """Create or extend a type, and those that it needs; return the CQL that was sent."""
    driver = await async_session(connection)
    return await arun_plan(driver, usertypes.sync_types([model], driver.target, keyspace, dry_run=dry_run))
