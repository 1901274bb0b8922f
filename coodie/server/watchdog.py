"""Ends a node when the process that owns it is gone, however that process ended.

Run by its path as a small program of its own, `watchdog.py FOLDER PID [--remove]`, with a pipe from the owner
as standard input: the end of that pipe is the end of the owner, even after kill -9.
"""

from __future__ import annotations

import os
import runpy
import shutil
import signal
import sys
import time
from pathlib import Path

PATIENCE = 20.0
# Windows has the one signal only, which ends a process at once.
FORCED = getattr(signal, "SIGKILL", signal.SIGTERM)


def main(folder: Path, pid: int, *, remove: bool) -> None:
    """Wait for the owner's end, then end the node in `folder` if it still lives."""
    sys.stdin.buffer.read()
    # By path, without the package: importing that would cost a quarter of a second and 50 MB.
    is_locked = runpy.run_path(str(Path(__file__).with_name("lock.py")))["is_locked"]
    lock = folder / "lock"
    # The lock lives as long as the node; while it is held, the number still means the node.
    if is_locked(lock):
        os.kill(pid, FORCED if remove else signal.SIGTERM)
        if hasattr(signal, "SIGCONT"):
            os.kill(pid, signal.SIGCONT)  # one that was stopped would never hear of it
        deadline = time.monotonic() + PATIENCE
        while is_locked(lock) and time.monotonic() < deadline:
            time.sleep(0.1)
    if remove:
        shutil.rmtree(folder.parent, ignore_errors=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), remove="--remove" in sys.argv[3:])
