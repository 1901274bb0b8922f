"""What takes longer than a page: copying and comparing, one at a time, in a thread of the app."""

import threading
from collections.abc import Callable


class BusyError(RuntimeError):
    """Something is under way already."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is under way. Wait for its end, then start again.")


class Jobs:
    """The one job of this process, and what went wrong with the last."""

    def __init__(self) -> None:
        self.name = ""
        self.done, self.total = 0, 1
        self.error: str | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    @property
    def is_running(self) -> bool:
        """Whether a job is under way."""
        return self._thread is not None and self._thread.is_alive()

    def start(self, name: str, work: Callable[[], object]) -> None:
        """Begin; `BusyError` while another one is under way."""
        with self._lock:
            if self.is_running:
                raise BusyError(self.name)
            self.name, self.error, self.done, self.total = name, None, 0, 1
            self._thread = threading.Thread(target=self._run, args=(work,), name=name, daemon=True)
            self._thread.start()

    def wait(self) -> None:
        """Wait for the end of what is under way."""
        if self._thread is not None:
            self._thread.join()

    def _run(self, work: Callable[[], object]) -> None:
        try:
            work()
        except Exception as error:
            self.error = str(error)
            raise
