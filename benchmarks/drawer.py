"""What a closed drawer costs a demo: `python -m benchmarks.drawer [--rounds N]`.

A route that does nothing is asked without the kit's recorder and with it, in turn, in one process and with no network:
a page of a demo, which renders and asks the server, does a hundred times more, so its share is smaller still.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from collections.abc import Callable
from typing import Any

from demokit import fastapi as fast_kit
from demokit import flask as flask_kit
from fastapi import FastAPI
from flask import Flask

ROUNDS, REQUESTS = 13, 2_000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    rounds = parser.parse_args().rounds
    print(
        "| a route that does nothing | without the recorder | with it, its drawer closed | its drawer open |"
    )
    print("|---|---|---|---|")
    for name, bare, recording in (("FastAPI", *_fastapi()), ("Flask", *_flask())):
        costs: list[list[float]] = [[], [], []]
        for _ in range(rounds):
            for place, (ask, cookie) in enumerate(((bare, ""), (recording, ""), (recording, "hood=open"))):
                costs[place].append(_timed(ask, cookie))
        plain, closed, opened = (statistics.median(each) for each in costs)
        ratios = [f"{cost:.1f} µs ({cost / plain:.2f})" for cost in (closed, opened)]
        print(f"| {name} | {plain:.1f} µs | {' | '.join(ratios)} |")


def _timed(ask: Callable[[str], None], cookie: str) -> float:
    began = time.process_time()
    ask(cookie)
    return (time.process_time() - began) / REQUESTS * 1e6


def _fastapi() -> tuple[Callable[[str], None], Callable[[str], None]]:
    app = FastAPI()

    @app.get("/")
    async def nothing() -> dict[str, str]:
        return {}

    async def received() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def sent(message: Any) -> None:
        assert message.get("status", 200) == 200  # noqa: PLR2004 - the one status that is meant

    def asking(app: Any) -> Callable[[str], None]:
        async def ask(cookie: str) -> None:
            for _ in range(REQUESTS):
                scope = {
                    "type": "http",
                    "method": "GET",
                    "path": "/",
                    "raw_path": b"/",
                    "query_string": b"",
                    "headers": [(b"host", b"localhost"), (b"cookie", cookie.encode())],
                }
                await app(scope, received, sent)

        return lambda cookie: asyncio.run(ask(cookie))

    return asking(app), asking(fast_kit.Recorder(app))


def _flask() -> tuple[Callable[[str], None], Callable[[str], None]]:
    app = Flask("nothing")

    @app.get("/")
    def nothing() -> str:
        return ""

    def started(status: str, headers: Any, error: Any = None) -> Any:
        del headers, error  # of no interest
        assert status.startswith("200")

    def asking(app: Any) -> Callable[[str], None]:
        def ask(cookie: str) -> None:
            for _ in range(REQUESTS):
                environ = {
                    "REQUEST_METHOD": "GET",
                    "PATH_INFO": "/",
                    "SERVER_NAME": "localhost",
                    "SERVER_PORT": "80",
                    "wsgi.url_scheme": "http",
                    "HTTP_COOKIE": cookie,
                }
                for _part in app(environ, started):
                    pass

        return ask

    return asking(app), asking(flask_kit.Recorder(app))


if __name__ == "__main__":
    main()
