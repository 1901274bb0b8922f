"""The named connections of a process."""

from __future__ import annotations

import os
import threading
from collections.abc import Awaitable

from coodie.cql.dialect import NOWHERE, Target
from coodie.drivers.base import AbstractDriver
from coodie.exceptions import ConfigurationError

_drivers: dict[str, AbstractDriver] = {}
_default: list[str] = []
_lock = threading.Lock()


def register_driver(name: str, driver: AbstractDriver, default: bool = False) -> None:
    """Register a connection; the first one is the default, a later one only when it says so.

    A connection that had this name is replaced and closed.
    """
    with _lock:
        replaced = _drivers.get(name)
        driver.name = name
        _drivers[name] = driver
        if default or not _default:
            _default[:] = [name]
    if replaced is not None and replaced is not driver:
        replaced.close()


def forget_driver(driver: AbstractDriver) -> None:
    """Remove a connection that was closed, whatever its name."""
    with _lock:
        for name in [name for name, known in _drivers.items() if known is driver]:
            del _drivers[name]
            if _default == [name]:
                _default[:] = list(_drivers)[:1]


def get_driver(name: str | None = None) -> AbstractDriver:
    """Return a registered connection, the default one without a name.

    Raises `ConfigurationError` where there is none, with the names that there are.
    """
    try:
        return _drivers[_default[0] if name is None else name]
    except (KeyError, IndexError):
        known = ", ".join(_drivers) or "none"
        wanted = "no connection is registered" if name is None else f"no connection is called {name!r}"
        raise ConfigurationError(f"{wanted} (known: {known}): call init_coodie() first") from None


def sync_session(name: str | None = None) -> AbstractDriver:
    """Return a connection that is ready to execute; a lazy one connects now."""
    return get_driver(name).ready()


def async_session(name: str | None = None) -> Awaitable[AbstractDriver]:
    """Return, awaited, a connection that is ready to execute; a lazy one connects then."""
    return get_driver(name).ready_async()


def known_target(name: str | None = None) -> Target:
    """Return where statements of a connection go, or nowhere in particular without one; never connects."""
    try:
        return get_driver(name).target
    except ConfigurationError:
        return NOWHERE


def _forked() -> None:
    """Tell every connection that this is a child process: what it inherited belongs to its parent."""
    global _lock  # noqa: PLW0603 - another thread of the parent may have held it
    _lock = threading.Lock()
    for driver in _drivers.values():
        driver.forked()


if hasattr(os, "register_at_fork"):  # where processes fork
    os.register_at_fork(after_in_child=_forked)
