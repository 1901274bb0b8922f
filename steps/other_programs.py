"""Programs of their own, in processes of their own: what they share with the scenario is the server alone."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

import httpx
import pytest
from pytest_bdd import then, when

from coodie.server.ports import disposable_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coodie.livingdoc.attach import LivingDoc
    from steps.world import World

LONGEST = 120
WORKERS = 2
ENQUEUE = """
import json, tasks
asked = [tasks.read.delay() for _ in range(8)]
print(json.dumps([each.get(timeout=60) for each in asked]))
"""
_REFUSED = re.compile(r"^coodie\.exceptions\.UnsupportedByDriver: (.*)$", re.MULTILINE)


@when("another program runs")
def program_runs(world: World, livingdoc: LivingDoc, docstring: str) -> None:
    """Run a program against the scenario's keyspace; it must end by itself, without a warning.

    The result is what it printed.
    """
    done = ended([sys.executable, "-W", "error", "-c", docstring], surroundings(world))
    livingdoc.attach_text("what it wrote", done.stdout + done.stderr)
    skip_where_refused(done.stderr)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    world.result = done.stdout.strip()


@when("a program of both colours runs")
def program_of_both_runs(world: World, livingdoc: LivingDoc, docstring: str) -> None:
    """Run a program as `another program runs` does, once for both colours."""
    once_for_both(world)
    program_runs(world, livingdoc, docstring)


@then("it has written")
def has_written(world: World, docstring: str) -> None:
    """Compare what the program printed."""
    assert world.result == docstring


@when("gunicorn serves this app, loaded before it forks two workers")
def served_by_gunicorn(world: World, livingdoc: LivingDoc, tmp_path: Path, docstring: str) -> None:
    """Ask until both workers have answered, then end it; the result is what they answered."""
    once_for_both(world)
    needs("gunicorn")
    (tmp_path / "app.py").write_text(docstring, "utf-8")
    port = disposable_port(["127.0.0.1"])
    command = ["gunicorn", "--preload", "--workers", str(WORKERS), "--bind", f"127.0.0.1:{port}", "app:app"]
    answers: dict[str, str] = {}
    with serving(command, world, tmp_path, livingdoc) as (program, log):
        deadline = time.monotonic() + LONGEST
        while len(answers) < WORKERS:
            assert program.poll() is None, log.read_text("utf-8")
            assert time.monotonic() < deadline, f"{answers} {log.read_text('utf-8')}"
            try:
                answer = httpx.get(f"http://127.0.0.1:{port}/", headers={"Connection": "close"}, timeout=30)
            except httpx.TransportError:
                time.sleep(0.05)
                continue
            skip_where_refused(log.read_text("utf-8"))
            worker, _, text = answer.text.partition(" ")
            answers[worker] = text
        assert str(program.pid) not in answers
    world.result = sorted(answers.values())


@when("Celery works on these tasks in a prefork pool of two")
def worked_on_by_celery(world: World, livingdoc: LivingDoc, tmp_path: Path, docstring: str) -> None:
    """Enqueue eight tasks over folders, which stand for a broker; the result is what they gave."""
    once_for_both(world)
    needs("celery")
    (tmp_path / "tasks.py").write_text(docstring, "utf-8")
    for name in ("queue", "done", "results"):
        (tmp_path / name).mkdir()
    command = ["celery", "-A", "tasks", "worker", "--pool", "prefork", "--concurrency", str(WORKERS)]
    command += ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "INFO"]
    with serving(command, world, tmp_path, livingdoc) as (worker, log):
        done = ended([sys.executable, "-c", ENQUEUE], surroundings(world, tmp_path))
        skip_where_refused(log.read_text("utf-8"))
        assert done.returncode == 0, done.stderr + log.read_text("utf-8")
        answers = json.loads(done.stdout)
        assert worker.pid not in [answer.pop() for answer in answers]
    world.result = answers


@contextmanager
def serving(
    command: list[str], world: World, folder: Path, livingdoc: LivingDoc
) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """Run a server of processes; it must end by itself, and cleanly, when it is asked to."""
    log = folder / "server.log"
    with log.open("wb") as out:
        program = subprocess.Popen(  # noqa: S603 - a command of this module's
            [sys.executable, "-m", *command],
            env=surroundings(world, folder),
            cwd=folder,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield program, log
        program.send_signal(signal.SIGTERM)
        assert program.wait(LONGEST) == 0, log.read_text("utf-8")
        assert "Traceback" not in log.read_text("utf-8"), log.read_text("utf-8")
    finally:
        if program.poll() is None:
            os.killpg(program.pid, signal.SIGKILL)  # its workers too
            program.wait()
        livingdoc.attach_text("its log", log.read_text("utf-8"))


def ended(command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a program to its end."""
    return subprocess.run(  # noqa: S603 - a program of the feature's own
        command, env=environment, capture_output=True, text=True, timeout=LONGEST, check=False
    )


def surroundings(world: World, folder: Path | None = None) -> dict[str, str]:
    """Return the environment of a program: it says where the scenario's keyspace is, and which driver to use."""
    connection = {
        "COODIE_HOSTS": str(world.server.address),
        "COODIE_KEYSPACE": world.workspace.keyspace,
        "COODIE_DRIVER": world.workspace.driver.driver_type,
    }
    return {**os.environ, **connection, **({} if folder is None else {"PYTHONPATH": str(folder)})}


def once_for_both(world: World) -> None:
    """Skip a scenario whose program uses both colours where it would be the same a second time."""
    if world.colour != "sync":
        pytest.skip("this program uses both colours: it ran in the column of the sync one")


def needs(package: str) -> None:
    """Skip a scenario that needs a package which is not everywhere."""
    if find_spec(package) is None:
        pytest.skip(f"{package} is not installed in this environment")


def skip_where_refused(log: str) -> None:
    """Skip a scenario whose program needs what its driver refuses by name."""
    refused = _REFUSED.search(log)
    if refused is not None:
        pytest.skip(refused[1])
