"""Secrets do not reach the document, and nothing that a test says is obeyed by whoever shows it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr

from coodie.livingdoc.adapters import exchange, statement
from coodie.livingdoc.failures import comparison
from coodie.livingdoc.model import Proof
from coodie.livingdoc.page.proof import proof
from coodie.livingdoc.records import COMPARISON, HTTP, NOTE, OMITTED, TROUBLE
from tests.livingdoc.test_viewer import browser, visit  # noqa: F401 - fixtures

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.livingdoc.conftest import Project

pytest_plugins = ["pytester"]

EVIL = "\"'></noscript></pre><img src=x onerror=hacked()><script>hacked()</script>"
PASSWORD = "hunter2"  # noqa: S105 - the one that must not be seen


def test_an_exchange_hides_what_is_named_and_the_credentials_of_its_address() -> None:
    told = exchange(
        "POST",
        f"http://ada:{PASSWORD}@127.0.0.1/login?token={PASSWORD}&page=2#top",
        200,
        request=json.dumps({"user": "ada", "deep": [{"password": PASSWORD}]}),
        response=f"user=ada&password={PASSWORD}&x=1",
        secret=["password", "token"],
    ).body
    assert PASSWORD not in json.dumps(told)
    assert told["url"] == "http://•••@127.0.0.1/login?token=•••&page=2#top"
    assert told["response"] == "user=ada&password=•••&x=1"
    assert json.loads(told["request"]) == {"user": "ada", "deep": [{"password": "•••"}]}


def test_an_exchange_without_secrets_is_told_word_for_word() -> None:
    told = exchange("POST", "http://127.0.0.1/?a=1", 200, request='{"b":  1}', response="c").body
    assert (told["url"], told["request"], told["response"]) == ("http://127.0.0.1/?a=1", '{"b":  1}', "c")


def test_a_statement_hides_parameters_and_columns() -> None:
    told = statement(
        "SELECT", params={"pin": PASSWORD}, columns=["id", "pin"], rows=[[1, PASSWORD]], secret=["pin"]
    )
    assert PASSWORD not in json.dumps(told.body)
    assert told.body["rows"]["sample"] == [["1", "•••"]]


def test_a_comparison_hides_values_of_secret_fields() -> None:
    rows = [{"id": 1, "password": SecretStr(PASSWORD)}]
    assert PASSWORD not in comparison("==", rows, [])["body"] + comparison("==", rows, rows)["body"]


@pytest.mark.parametrize(
    ("media", "name", "body"),
    [
        (HTTP, "", exchange(EVIL, EVIL, 200, request=EVIL, response=EVIL, media_type=EVIL).body),
        (HTTP, "", exchange("GET", "/", 200, response=f"<p>{EVIL}</p>", media_type="text/html").body),
        (
            HTTP,
            "",
            exchange("GET", "/", 200, response=json.dumps([EVIL]), media_type="application/json").body,
        ),
        (COMPARISON, "", json.loads(comparison("==", [{"a": EVIL}], [{"a": 1}])["body"])),
        (COMPARISON, "", json.loads(comparison("==", EVIL, "")["body"])),
        ("image/png", EVIL, "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"),
        ("image/svg+xml", EVIL, "AAAA"),
        ("text/x-" + EVIL, EVIL, EVIL),
        (NOTE, EVIL, EVIL),
        (TROUBLE, "", EVIL),
        (OMITTED, "", {"count": 1, "texts": {EVIL: 1}, "language": EVIL}),
        (
            "application/x.coodie.statement+json",
            "",
            statement(
                EVIL,
                language=EVIL,
                params={EVIL: EVIL},
                columns=[EVIL],
                rows=[[EVIL]],
                error=OSError(EVIL),
                warnings=[EVIL],
                facts=[EVIL],
            ).body,
        ),
    ],
)
def test_every_kind_of_evidence_is_escaped(media: str, name: str, body: Any) -> None:
    html = proof(Proof(media, name, body))
    assert "hacked" in html
    assert "<img src=x" not in html
    assert "<script" not in html
    assert "</noscript" not in html


SAYING = f"""
from pytest_bdd import when

EVIL = {EVIL!r}

@when("somebody tries it all")
def tries(livingdoc, server):
    from phrases.basics import INSERT, PIXEL
    server.send(INSERT, 1, EVIL, EVIL)
    livingdoc.attach_image(EVIL, PIXEL)
    livingdoc.attach_text(EVIL, EVIL, "text/html")
    livingdoc.attach_http(EVIL, EVIL, 200, request=EVIL, response=EVIL, media_type="text/html")
"""


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False])
def test_a_browser_obeys_nothing_of_it(
    project: Project,
    visit: Callable[..., Any],  # noqa: F811
    script: bool,  # noqa: FBT001
) -> None:
    project.write("phrases/saying.py", SAYING)
    project.feature(f"Feature: f\n  Scenario: {EVIL}\n    When somebody tries it all\n")
    project.run("features")
    page = visit(java_script_enabled=script)
    assert page.locator("img[src=x], main script, main noscript script").count() == 0
    if script:
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
        page.keyboard.press("/")
        page.keyboard.type("hacked")
        assert page.locator(".hits a").count() > 0
        assert page.evaluate("document.querySelectorAll('img[src=x], main script').length") == 0
        assert page.evaluate("typeof window.hacked") == "undefined"
