"""Connections survive a fork: multiprocessing, gunicorn with its app preloaded, and Celery's prefork pool."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from coodie.server.ports import disposable_port

HERE = Path(__file__).parent
PATIENCE = 40.0
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="processes do not fork here"),
    pytest.mark.parametrize("driver_type", ["cassandra", "acsylla"]),
]


@pytest.fixture
def surroundings(coodie_server: Any, tmp_path: Path, driver_type: str) -> dict[str, str]:
    """The environment of a program that connects to the server of the tests."""
    return {
        **os.environ,
        "PROGRAM_ADDRESS": str(coodie_server.address),
        "PROGRAM_DRIVER": driver_type,
        "PROGRAM_FOLDER": str(tmp_path),
        "PYTHONPATH": str(HERE),
    }


@contextmanager
def started(command: list[str], surroundings: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program; it must end by itself, and cleanly, when it is asked to."""
    with log.open("wb") as out:
        program = subprocess.Popen(command, env=surroundings, stdout=out, stderr=subprocess.STDOUT)
    try:
        yield program
        program.send_signal(signal.SIGTERM)
        assert program.wait(PATIENCE) == 0, log.read_text()
    finally:
        if program.poll() is None:
            program.kill()
            program.wait()
    assert "Traceback" not in log.read_text(), log.read_text()


def test_processes_of_multiprocessing(surroundings, driver_type):
    program = [sys.executable, "-W", "error", str(HERE / "forking_program.py")]
    ran = subprocess.run(
        [*program, surroundings["PROGRAM_ADDRESS"], driver_type],
        env=surroundings, capture_output=True, text=True, timeout=PATIENCE * 3, check=False,
    )  # fmt: skip
    round_of_two = ["child 1 5 1", "ended with 0"] * 2 + ["parent 1 5"]
    assert ran.stdout.splitlines() == [*round_of_two, *round_of_two, "done"], ran.stderr
    assert ran.returncode == 0
    assert ran.stderr == ""


def test_two_workers_of_gunicorn(surroundings, tmp_path):
    pytest.importorskip("gunicorn")
    port = disposable_port(["127.0.0.1"])
    command = [
        sys.executable, "-m", "gunicorn", "--preload", "--workers", "2", "--bind", f"127.0.0.1:{port}",
        "--graceful-timeout", "5", "gunicorn_program:app",
    ]  # fmt: skip
    log = tmp_path / "gunicorn.log"
    with started(command, surroundings, log) as program:
        answered: set[str] = set()
        deadline = time.monotonic() + PATIENCE
        while len(answered) < 2:
            assert program.poll() is None, log.read_text()
            assert time.monotonic() < deadline, f"{answered} {log.read_text()}"
            try:
                answer = httpx.get(f"http://127.0.0.1:{port}/", headers={"Connection": "close"}, timeout=10)
            except httpx.TransportError:
                time.sleep(0.05)
                continue
            one, other, process = answer.text.split()
            assert (one, other) == ("1", "1")
            answered.add(process)
        assert str(program.pid) not in answered


def test_the_prefork_pool_of_celery(surroundings, tmp_path):
    pytest.importorskip("celery")
    command = [
        sys.executable, "-m", "celery", "-A", "celery_program", "worker", "--pool", "prefork",
        "--concurrency", "2", "--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "INFO",
    ]  # fmt: skip
    ask = (
        "import json, celery_program as p\n"
        "asked = [p.read.delay() for _ in range(8)]\n"
        "print(json.dumps([each.get(timeout=30) for each in asked]))\n"
    )
    log = tmp_path / "celery.log"
    with started(command, surroundings, log) as worker:
        ran = subprocess.run(
            [sys.executable, "-c", ask],
            env={**surroundings, "PROGRAM_ASKS": "1"},
            capture_output=True, text=True, timeout=PATIENCE * 2, check=False,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr + log.read_text()
        answers = json.loads(ran.stdout)
        assert [answer[:2] for answer in answers] == [[1, 1]] * 8
        processes = {answer[2] for answer in answers}
        assert worker.pid not in processes
