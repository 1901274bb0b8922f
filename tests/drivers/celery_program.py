"""A Celery app whose connection is opened before its pool of processes is forked; folders stand for a broker."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from celery import Celery

from coodie import aio, sync

QUERY = "SELECT release_version FROM system.local"
FOLDER = Path(os.environ["PROGRAM_FOLDER"])
for name in ("queue", "done", "results"):
    (FOLDER / name).mkdir(exist_ok=True)

app = Celery("program", broker="filesystem://", backend=f"file://{FOLDER / 'results'}")
app.conf.broker_transport_options = {
    "data_folder_in": FOLDER / "queue",
    "data_folder_out": FOLDER / "queue",
    "control_folder": FOLDER / "done",
}
if "PROGRAM_ASKS" not in os.environ:
    sync.init_coodie([os.environ["PROGRAM_ADDRESS"]], driver_type=os.environ["PROGRAM_DRIVER"])
    assert sync.execute_raw(QUERY)


@app.task(name="read")
def read() -> list[int]:
    """Read in both colours, and say in which process."""
    return [len(sync.execute_raw(QUERY)), len(asyncio.run(aio.execute_raw(QUERY))), os.getpid()]
