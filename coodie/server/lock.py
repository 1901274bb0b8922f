"""An exclusive lock that a child process takes over, so that it lasts exactly as long as that child.

Two Cassandra nodes on one folder both run, and the second deletes the first one's files. Process numbers
are recycled and their files go stale; a lock of the operating system ends with the last process that holds
it open, whatever that process dies of. Standard library only: the watchdog loads this file by its path.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if sys.platform == "win32":
    import ctypes
    import msvcrt
    import subprocess
else:
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

# A probe (`is_locked`) holds the lock for an instant; whoever wants it for good tries again.
PATIENCE = 1.0
PAUSE = 0.05


class FileLock:
    """The lock on one file, held while a process has its descriptor open."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    def handover(self) -> dict[str, Any]:
        """Return the arguments of `subprocess.Popen` that let the child hold the lock too."""
        if sys.platform == "win32":
            handle = msvcrt.get_osfhandle(self.descriptor)
            os.set_handle_inheritable(handle, True)  # noqa: FBT003 - the standard library's own signature
            startup = subprocess.STARTUPINFO()
            startup.lpAttributeList = {"handle_list": [handle]}
            return {"startupinfo": startup}
        return {"pass_fds": (self.descriptor,)}

    def release(self) -> None:
        """Close this process's descriptor; a child that took the lock over keeps holding it."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1


def acquire(path: Path) -> FileLock | None:
    """Take the lock on `path`, or return None when another process holds it."""
    deadline = time.monotonic() + PATIENCE
    while True:
        descriptor = _try(path)
        if descriptor is not None:
            return FileLock(descriptor)
        if time.monotonic() > deadline:
            return None
        time.sleep(PAUSE)


def is_locked(path: Path) -> bool:
    """Tell whether some process holds the lock on `path`."""
    if not path.exists():
        return False
    descriptor = _try(path)
    if descriptor is None:
        return True
    os.close(descriptor)
    return False


@contextmanager
def held(path: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock on `path`; when somebody else does, call `waiting` once and wait."""
    lock = acquire(path)
    if lock is None:
        waiting()
        while lock is None:
            lock = acquire(path)
    try:
        yield
    finally:
        lock.release()


if sys.platform == "win32":

    def _try(path: Path) -> int | None:
        """Open `path` without sharing: that refuses every other opening until the last handle is closed."""
        read_write, not_shared, open_always, ordinary, sharing_violation = 0xC0000000, 0, 4, 0x80, 32
        create_file = ctypes.windll.kernel32.CreateFileW
        create_file.restype = ctypes.c_void_p
        handle = create_file(str(path), read_write, not_shared, None, open_always, ordinary, None)
        if handle is None or handle == ctypes.c_void_p(-1).value:
            code = ctypes.GetLastError()
            if code == sharing_violation:
                return None
            raise ctypes.WinError(code)
        return msvcrt.open_osfhandle(handle, os.O_RDWR)

else:

    def _try(path: Path) -> int | None:
        """Lock `path` with flock, not lockf: it belongs to the open file, which a child inherits."""
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        except BaseException:
            os.close(descriptor)
            raise
        return descriptor
