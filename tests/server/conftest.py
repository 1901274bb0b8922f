"""What the tests of the local server share: an environment of their own, and a Maven repository of their own."""

from __future__ import annotations

import hashlib
import signal
import threading
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from coodie.server.jar_list import Jar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True, scope="session")
def interruptible() -> None:
    """Let children be interrupted where this process was started in the background, which ignores SIGINT."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def own_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test sees the user's servers, nor leaves one of its own among them."""
    for name in ("COODIE_HOSTS", "COODIE_MAVEN_REPO"):
        monkeypatch.delenv(name, raising=False)
    state = tmp_path / "state"
    monkeypatch.setenv("COODIE_STATE_DIR", str(state))
    return state


@dataclass
class Repository:
    """A Maven repository on the loopback that counts what is asked of it."""

    address: str
    files: dict[str, bytes] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    stall: threading.Event = field(default_factory=threading.Event)
    stalled: threading.Event = field(default_factory=threading.Event)

    def jar(self, name: str, content: bytes) -> Jar:
        """Offer a jar and return its entry in the list."""
        jar = Jar("org.example", name, "1.0", "", hashlib.sha256(content).hexdigest())
        self.files[f"/{jar.path}"] = content
        return jar


@pytest.fixture
def repository() -> Iterator[Repository]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = offered.files.get(self.path)
            if content is None:
                self.send_error(404)
                return
            offered.asked[self.path] += 1
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            half = len(content) // 2
            self.wfile.write(content[:half])
            if offered.stall.is_set():
                self.wfile.flush()
                offered.stalled.set()
                released.wait(20)
            self.wfile.write(content[half:])

        def log_message(self, *_arguments: object) -> None:
            pass

    released = threading.Event()
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        offered = Repository(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield offered
        released.set()
        server.shutdown()
        thread.join()
