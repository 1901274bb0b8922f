"""A WSGI app whose connection is opened before gunicorn forks its workers (preload_app)."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterable
from typing import Any

from coodie import aio, sync

QUERY = "SELECT release_version FROM system.local"
sync.init_coodie([os.environ["PROGRAM_ADDRESS"]], driver_type=os.environ["PROGRAM_DRIVER"])
assert sync.execute_raw(QUERY)


def app(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Read in both colours, and say in which process."""
    del environ  # every path gives the same
    counts = [len(sync.execute_raw(QUERY)), len(asyncio.run(aio.execute_raw(QUERY)))]
    start("200 OK", [("Content-Type", "text/plain")])
    return [" ".join(map(str, [*counts, os.getpid()])).encode()]
