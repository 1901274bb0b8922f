"""Statements that a server sends are written to its log and stand at the step that asked for them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import pytest

from coodie.cql.statement import Kind, Marker, Shape, Statement
from coodie.execution import run
from coodie.livingdoc import evidence, records, statement_log
from coodie.livingdoc.adapters import of_observation
from coodie.operations.request import Request
from coodie.rows.rows import Rows

if TYPE_CHECKING:
    from pathlib import Path

    from tests.livingdoc.conftest import Project

pytest_plugins = ["pytester"]

SHAPE = Shape("SELECT ?", Kind.SELECT, markers=(Marker("n", "int"), Marker("word", "text", secret=True)))


class Session:
    name, driver_type, consistency = "default", "fake", None

    def execute(self, statement):
        del statement
        return Rows()


def send(*params: object) -> None:
    run(Session(), Request(Statement(SHAPE, params), lambda rows: rows))


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_nothing_is_installed_without_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(statement_log.VARIABLE, raising=False)
    assert statement_log.install_from_environment() is None


def test_each_statement_is_a_line_with_its_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "log.ndjson"
    monkeypatch.setenv(statement_log.VARIABLE, str(log))
    end = statement_log.install_from_environment()
    token = statement_log.set_step_id("a.1")
    send(1, "hunter2")
    statement_log.reset_step_id(token)
    send(2, "\udc80 hunter2")
    end()
    send(3, "hunter2")
    assert [(line["step"], line["record"]["params"][0]["value"]) for line in lines(log)] == [
        ("a.1", "1"),
        (None, "2"),
    ]
    assert "hunter2" not in log.read_text()


def test_threads_do_not_tear_lines(tmp_path: Path) -> None:
    log = tmp_path / "log.ndjson"
    end = statement_log.install(str(log))
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: send(n, "x" * 5000), range(400)))
    end()
    assert sorted(int(line["record"]["params"][0]["value"]) for line in lines(log)) == list(range(400))


def test_the_tail_takes_whole_lines_only(tmp_path: Path) -> None:
    log = tmp_path / "log.ndjson"
    tail = evidence.LogTail(log)
    assert tail.read() == []
    first, second = (json.dumps({"step": step, "record": {"cql": "x"}}) for step in ("a", None))
    log.write_text(first + "\n" + second[:5])
    assert [step for step, _ in tail.read()] == ["a"]
    log.write_text(first + "\n" + second + "\n")
    assert [step for step, _ in tail.read()] == [None]


def test_a_burst_of_a_server_is_counted_between_its_first_and_its_last() -> None:
    served = evidence.Bounded()
    for number in range(10_000):
        record = {"cql": "UPDATE c", "params": [{"name": "n", "type": "int", "value": str(number)}]}
        served.add("UPDATE c", partial(of_observation, record), "server")
    found = list(served.evidence())
    bodies = [json.loads(each["body"]) for each in found]
    assert [each["media"] for each in found].count(records.STATEMENT) == evidence.FIRST + evidence.LAST
    assert bodies[evidence.FIRST] == {"count": 9955, "texts": {"UPDATE c": 9955}, "language": "cql"}
    assert (bodies[-1]["params"][0]["value"], bodies[-1]["phase"]) == ("9999", "server")


def test_importing_it_loads_neither_pytest_nor_gherkin() -> None:
    code = (
        "import coodie.livingdoc.statement_log, sys\n"
        "print(sorted({'pytest', 'gherkin', 'pygments'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_servers_statements_stand_at_the_step_that_asked(project: Project) -> None:
    project.write(
        "phrases/server.py",
        "import json, os\nfrom pytest_bdd import parsers, when\n\n\n"
        "@when(parsers.parse('the server works {when}'))\n"
        "def works(livingdoc, when, request):\n"
        "    path = livingdoc.environment['COODIE_STATEMENT_LOG']\n"
        "    step = livingdoc.headers['X-Livingdoc-Step']\n"
        "    assert step == livingdoc.step_id\n"
        "    def line(text, step):\n"
        "        record = {'cql': text, 'params': [], 'ms': 1.0, 'started': 0}\n"
        "        with open(path, 'a') as log:\n"
        "            log.write(json.dumps({'step': step, 'record': record}) + '\\n')\n"
        "    if when == 'late':\n"
        "        request.session.addfinalizer(lambda: line('SELECT late', step))\n"
        "    else:\n"
        "        line('SELECT now', step)\n"
        "        line('SELECT unasked', None)\n",
    )
    project.feature(
        "Feature: f\n  Scenario: s\n    When the server works at once\n    When the server works late\n"
        "  Scenario: t\n    Given a table of sessions\n"
    )
    project.run("features/library/other.feature").assert_outcomes(passed=2)
    pickles = {step["id"]: step["text"] for pickle in project.of("pickle") for step in pickle["steps"]}
    texts = {
        step["id"]: pickles[step["pickleStepId"]]
        for case in project.of("testCase")
        for step in case["testSteps"]
        if "pickleStepId" in step
    }
    found = [
        (texts[each["testStepId"]], json.loads(each["body"])["text"])
        for each in project.of("attachment")
        if each["mediaType"] == records.STATEMENT and json.loads(each["body"])["phase"] == "server"
    ]
    assert found == [
        ("the server works at once", "SELECT now"),
        ("the server works at once", "SELECT unasked"),
        ("the server works late", "SELECT late"),
    ]
    assert not os.environ.get("COODIE_STATEMENT_LOG")
