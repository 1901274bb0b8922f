"""What a demo's README says, tried: curl lines are run, code and CQL compared with the demo's, links followed."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from itertools import groupby
from typing import TYPE_CHECKING

import pytest
from pytest_bdd import then, when

from steps import markdown

if TYPE_CHECKING:
    from coodie.livingdoc.attach import LivingDoc
    from steps.cells import Table
    from steps.demo_app import DemoApp

_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
_LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
_METHOD = re.compile(r" -X (\w+)")


def blocks(app: DemoApp, language: str) -> list[str]:
    """Return the code blocks of a language in a demo's README."""
    text = (app.folder / "README.md").read_text("utf-8")
    return [block.body.strip() for block in markdown.blocks(text) if block.kind == language]


@when("somebody runs the curl examples of its README, one after the other", target_fixture="answers")
def run_examples(demo_app: DemoApp, livingdoc: LivingDoc) -> list[tuple[str, str]]:
    """Run each against the running demo; return request and status of each."""
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    found = []
    for block in blocks(demo_app, "bash"):
        if block.startswith("curl "):
            status, body = _curl(_ADDRESS.sub(demo_app.url, block), livingdoc.headers)
            method = _METHOD.search(block)
            url = next(word for word in shlex.split(block) if word.startswith("http"))
            found.append((f"{method[1] if method else 'GET'} {_ADDRESS.sub('', url)}", status))
            livingdoc.attach_text(block, body, "application/json")
    return found


@then("they answer")
def they_answer(answers: list[tuple[str, str]], datatable: Table) -> None:
    """Compare requests and statuses with the table, whose ids are shortened to `…`."""
    header, *expected = datatable
    assert header == ["request", "status"]
    assert [[_shortened(request), status] for request, status in answers] == expected


@then("the Python in its README stands in its source")
def python_is_current(demo_app: DemoApp) -> None:
    """Find each block, part by part, in the demo's modules."""
    source = "\n".join(path.read_text("utf-8") for path in sorted(demo_app.folder.rglob("*.py")))
    parts = [part.strip() for block in blocks(demo_app, "python") for part in block.split("\n\n\n")]
    assert parts
    assert [part for part in parts if part not in source] == []


@then("the CQL in its README was sent")
def cql_was_sent(demo_app: DemoApp) -> None:
    """Find each statement among those that the demo's processes have sent since it was started."""
    told = [text.strip() for block in blocks(demo_app, "sql") for text in _statements(block)]
    assert told
    sent = {_collapsed(text) for text in demo_app.sent()}
    assert [text for text in told if _collapsed(text) not in sent] == []


@then("the links in its README lead somewhere")
def links_lead_somewhere(demo_app: DemoApp) -> None:
    """Follow each link to a file or folder; that to the scenarios leads to feature files."""
    targets = _LINK.findall((demo_app.folder / "README.md").read_text("utf-8"))
    assert [target for target in targets if not (demo_app.folder / target).exists()] == []
    promised = [demo_app.folder / target for target in targets if "features/" in target]
    assert promised
    assert [folder for folder in promised if not list(folder.rglob("*.feature"))] == []


def _statements(block: str) -> list[str]:
    """Return the statements of a block; a batch is one."""
    if block.startswith("BEGIN"):
        return [block]
    return [text for text in block.split(";") if text.strip()]


def _collapsed(text: str) -> str:
    """Write a statement on one line, and the same statement of a batch once however often it stands in it."""
    lines = [line.strip().removesuffix(";") for line in text.strip().splitlines()]
    return " ".join(line for line, _ in groupby(lines))


def _curl(command: str, headers: dict[str, str]) -> tuple[str, str]:
    extra = [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
    words = [*shlex.split(command.replace("\\\n", " ")), "-sS", "-w", r"\n%{http_code}", *extra]
    done = subprocess.run(words, capture_output=True, text=True, timeout=30, check=False)  # noqa: S603 - curl
    assert done.returncode == 0, done.stderr
    body, _, status = done.stdout.rpartition("\n")
    return status, body


def _shortened(request: str) -> str:
    return re.sub(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", "…", request)
