"""A demo that several processes serve: gunicorn in place of the demo's own server."""

from __future__ import annotations

import re
import time
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest
from pytest_bdd import given, parsers, when

from steps.demo_app import introduced

if TYPE_CHECKING:
    from coodie.livingdoc.attach import LivingDoc
    from steps.demo_app import DemoApp, DemoApps
    from steps.web import Program

SERVE = "SERVE=$(PYTHON) -m gunicorn --config workers.py"
WORKERS, PATIENCE = 2, 20.0


@given(parsers.parse('the demo "{name}" is served by gunicorn with two workers'), target_fixture="demo_app")
def served_by_gunicorn(demo_apps: DemoApps, livingdoc: LivingDoc, name: str) -> DemoApp:
    """Start the demo as its README tells; where gunicorn is not installed the scenario is skipped."""
    if find_spec("gunicorn") is None:
        pytest.skip("gunicorn is not installed here: it is for Linux and macOS")
    return introduced(demo_apps.get(name, SERVE), livingdoc)


@when(parsers.parse("programs ask for {path} until both workers have answered"))
def ask_both(demo_app: DemoApp, program: Program, path: str) -> None:
    """Ask with a connection each time; the server's log names the worker that answered."""
    deadline, before = time.monotonic() + PATIENCE, demo_app.log.stat().st_size
    while True:
        program.client.headers["Connection"] = "close"
        assert program.send("GET", path).is_success
        with demo_app.log.open("rb") as log:
            log.seek(before)
            answered = set(re.findall(rb"worker (<\d+>) answered", log.read()))
        if len(answered) == WORKERS:
            return
        assert time.monotonic() < deadline, f"only {answered} answered"
