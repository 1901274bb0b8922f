"""The stream of events into argus-tracker: run to its end, or killed half way."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import httpx
from pytest_bdd import parsers, when

from steps.demo_commands import ran

if TYPE_CHECKING:
    from coodie.livingdoc.attach import LivingDoc
    from steps.demo_app import DemoApp

RUNS = "/api/runs/fathom-3.2/thousand-hours"
PATIENCE = 120.0


@when(parsers.re(r"somebody runs ingest\.py (?P<arguments>(?:(?! and kills it).)+)"), target_fixture="fed")
def runs_ingest(demo_app: DemoApp, livingdoc: LivingDoc, arguments: str) -> subprocess.CompletedProcess[str]:
    """Stream events into the running app's keyspace, to the end."""
    words = [sys.executable, "ingest.py", *arguments.split()]
    title = f"python ingest.py {arguments}"
    return ran(demo_app, livingdoc, title, words, _settings(demo_app), seconds=300)


@when(parsers.parse("somebody runs ingest.py {arguments} and kills it half way"))
def kills_ingest(demo_app: DemoApp, livingdoc: LivingDoc, arguments: str) -> None:
    """Start the stream, wait until some of its events have arrived, and send SIGKILL."""
    process = subprocess.Popen(  # noqa: S603 - the demo's own command
        [sys.executable, "ingest.py", *arguments.split()],
        cwd=demo_app.folder,
        env=demo_app.environment | _settings(demo_app),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        arrived = _wait_for_events(demo_app)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == -signal.SIGKILL, "it had ended by itself"
    livingdoc.attach_text("killed", f"SIGKILL when {arrived} events had arrived")


def _settings(app: DemoApp) -> dict[str, str]:
    return dict(each.split("=", 1) for each in app.settings) | {"COLUMNS": "200"}


def _wait_for_events(app: DemoApp) -> int:
    """Poll until events of the newest streamed run have arrived, and return how many."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        answer = httpx.get(f"{app.url}{RUNS}")
        for run in answer.json()["items"] if answer.is_success else ():
            counts = httpx.get(f"{app.url}{RUNS}/{run['id']}/counts").json()
            if run["status"] == "running" and (arrived := sum(counts.values())):
                return int(arrived)
    raise AssertionError(f"no event had arrived after {PATIENCE:.0f} seconds")
