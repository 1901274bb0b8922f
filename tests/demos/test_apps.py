"""The app factories without a server: the demo here has no tables, and connecting is replaced."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import httpx
import pytest
from demokit import capture, database, running
from demokit import fastapi as kit_fastapi
from demokit import flask as kit_flask
from demokit.demo import Demo
from fastapi import FastAPI, Form, Request, Response
from flask import request as flask_request
from pydantic import BaseModel, Field

from coodie.exceptions import DocumentNotFound, Unavailable
from coodie.fields import PrimaryKey
from coodie.livingdoc import statement_log
from coodie.sync import Document

BASE = '{% extends "kit/base.html" %}'
INDEX = """{% extends "base.html" %}{% from "kit/components.html" import csrf with context %}
{% block main %}<form method="post">{{ csrf() }}</form>{% include "part.html" %}{% endblock %}"""
PART = "<p>said: {{ said }}</p>"


class Thing(Document):
    """A thing."""

    id: Annotated[UUID, PrimaryKey()]


class Sent(BaseModel):
    number: Annotated[int, Field(gt=0)]


class Asgi(httpx.BaseTransport):
    """Asks an ASGI app from synchronous code."""

    def __init__(self, app: FastAPI) -> None:
        self._transport = httpx.ASGITransport(app, raise_app_exceptions=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        async def ask() -> httpx.Response:
            answer = await self._transport.handle_async_request(request)
            return httpx.Response(answer.status_code, headers=answer.headers, content=await answer.aread())

        request.read()
        return asyncio.run(ask())


def fail(how: str) -> None:
    raise {
        "missing": DocumentNotFound("there is no such thing"),
        "down": Unavailable("nobody answers"),
    }.get(how, RuntimeError("a secret"))


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Demo:
    folder = tmp_path / "toy-demo"
    (folder / "templates").mkdir(parents=True)
    for name, text in {"base.html": BASE, "index.html": INDEX, "part.html": PART}.items():
        (folder / "templates" / name).write_text(text)
    (folder / "models.py").write_text("x = 1\n")
    for variable in ("PORT", "KEYSPACE", "COODIE_HOSTS", "COODIE_STATEMENT_LOG"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("DEMO_STATE_DIR", str(tmp_path / "state"))
    return Demo(str(folder / "main.py"), promise="toys", models=(Thing,), port=8000)


def fastapi_app(demo: Demo) -> httpx.Client:
    @asynccontextmanager
    async def nothing(_demo: Demo) -> AsyncIterator[None]:
        yield

    app, page = kit_fastapi.create_app(demo, resources=nothing)

    @app.get("/")
    async def home(request: Request, said: str = "hello") -> Response:
        return page(request, "index.html", part="part.html", said=said)

    @app.post("/things")
    async def make(request: Request, sent: Annotated[Sent, Form()]) -> Response:
        return page.moved(request, "/made", "index.html", part="part.html", said=sent.number)

    @app.post("/api/things", status_code=201)
    async def make_json(sent: Sent) -> Sent:
        """Make a thing."""
        return sent

    @app.get("/things/{thing}")
    async def thing(thing: UUID) -> None:
        fail(str(thing))

    @app.get("/fail/{how}")
    async def failing(how: str) -> None:
        fail(how)

    return httpx.Client(transport=Asgi(app), base_url="http://testserver")


def flask_app(demo: Demo) -> httpx.Client:
    app, page = kit_flask.create_app(demo)

    @app.get("/")
    def home() -> Any:
        return page("index.html", part="part.html", said=flask_request.args.get("said", "hello"))

    @app.post("/things")
    def make() -> Any:
        sent = Sent.model_validate(flask_request.form.to_dict())
        return page.moved("/made", "index.html", part="part.html", said=sent.number)

    @app.post("/api/things")
    @kit_flask.operation("POST", answers=Sent, takes=Sent, status=201)
    def make_json(sent: Sent) -> Sent:
        """Make a thing."""
        return sent

    @app.get("/things/<uuid:thing>")
    def thing(thing: UUID) -> None:
        fail(str(thing))

    @app.get("/fail/<how>")
    def failing(how: str) -> None:
        fail(how)

    return httpx.Client(transport=httpx.WSGITransport(app), base_url="http://testserver")


@pytest.fixture(params=[fastapi_app, flask_app], ids=["fastapi", "flask"])
def client(
    request: pytest.FixtureRequest, demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> Iterator[httpx.Client]:
    @contextmanager
    def nothing(_demo: Demo) -> Iterator[None]:
        yield

    monkeypatch.setattr(database, "connected_sync", nothing)
    with request.param(demo) as client:
        yield client


def token(client: httpx.Client) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/").text)
    assert found
    return found[1]


HTML = {"Accept": "text/html"}
SWAP = {"HX-Request": "true"}


def test_a_reader_gets_a_page_that_may_load_only_its_own(client: httpx.Client) -> None:
    page = client.get("/", headers=HTML)
    assert "<title>toy-demo</title>" in page.text
    assert "toys" in page.text
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    nonce = re.search(r'<style nonce="([^"]+)"', page.text)
    assert nonce
    assert nonce[1] in policy
    assert client.get("/kit/theme.css").status_code == 200
    assert client.get("/kit/vendor/htmx.min.js").status_code == 200


def test_output_is_escaped(client: httpx.Client) -> None:
    assert "&lt;script&gt;" in client.get("/", params={"said": "<script>"}).text


def test_a_swap_gets_its_part(client: httpx.Client) -> None:
    assert client.get("/", headers=SWAP).text.strip() == "<p>said: hello</p>"
    assert "<html" in client.get("/", headers=SWAP | {"HX-History-Restore-Request": "true"}).text


def test_a_form_needs_its_token(client: httpx.Client) -> None:
    refused = client.post("/things", data={"number": "1"}, headers=HTML)
    assert refused.status_code == 403
    assert "nothing was changed" in refused.text
    sent = {"number": "1", "csrf_token": token(client)}
    accepted = client.post("/things", data=sent)
    assert (accepted.status_code, accepted.headers["Location"]) == (303, "/made")


def test_a_swap_sends_its_token_in_a_header_and_moves_the_address(client: httpx.Client) -> None:
    headers = SWAP | {"X-CSRF-Token": token(client), "HX-Current-URL": "http://testserver/"}
    made = client.post("/things", data={"number": "7"}, headers=headers)
    assert made.text.strip() == "<p>said: 7</p>"
    assert made.headers["HX-Push-Url"] == "/made"
    stays = client.post(
        "/things", data={"number": "7"}, headers=headers | {"HX-Current-URL": "http://testserver/made"}
    )
    assert "HX-Push-Url" not in stays.headers


def test_refused_values_are_named_to_readers_swaps_and_programs(client: httpx.Client) -> None:
    sent = {"number": "0", "csrf_token": token(client)}
    page = client.post("/things", data=sent, headers=HTML)
    assert page.status_code == 422
    assert "<strong>number</strong>: Input should be greater than 0" in page.text
    part = client.post("/things", data=sent, headers=SWAP)
    assert part.text.lstrip().startswith("<ul>")
    assert 'data-field="number"' in part.text
    program = client.post("/api/things", json={"number": 0})
    assert program.headers["Content-Type"].startswith("application/problem+json")
    assert program.json()["errors"] == [{"field": "number", "message": "Input should be greater than 0"}]


def test_a_program_needs_no_token_for_json(client: httpx.Client) -> None:
    assert client.post("/api/things", json={"number": 1}).status_code == 201
    assert (
        client.post("/api/things", content=b"number=1", headers={"Content-Type": "text/plain"}).status_code
        == 403
    )


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/nowhere", 404, "Nothing has the address /nowhere."),
        ("/things/abc", 404, "Nothing has the address /things/abc."),
        ("/fail/missing", 404, "there is no such thing"),
        ("/fail/down", 503, "coodie server status"),
        ("/fail/otherwise", 500, "its terminal says where"),
    ],
)
def test_what_went_wrong_is_said(client: httpx.Client, path: str, status: int, said: str) -> None:
    page, record = client.get(path, headers=HTML), client.get(path)
    assert (page.status_code, record.status_code) == (status, status)
    assert said in page.text
    assert said in record.json()["detail"]
    assert "a secret" not in page.text + record.text


def test_health_says_which_demo_it_is(client: httpx.Client) -> None:
    said = client.get("/health")
    assert said.status_code == 200
    assert (said.json()["demo"], said.json()["keyspace"]) == ("toy-demo", "toy_demo")


def test_a_demo_shows_its_source_and_says_where_scenarios_are(client: httpx.Client) -> None:
    assert "models.py" in client.get("/source", headers=HTML).text
    assert "features/demos/toy-demo/" in client.get("/scenarios", headers=HTML).text


def test_the_bar_leads_to_the_gallery_or_says_how_to_open_it(
    client: httpx.Client, demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "is_gallery", lambda _url: False)
    monkeypatch.setattr(running, "alive", lambda _folder: [running.Running("other-demo", "other_demo", 9)])
    closed = client.get("/gallery", headers=HTML)
    assert closed.status_code == 200
    assert "make demos" in closed.text
    assert 'href="http://127.0.0.1:9/">other-demo</a>' in closed.text
    monkeypatch.setattr(running, "is_gallery", lambda _url: True)
    opened = client.get("/gallery", headers=HTML)
    assert (opened.status_code, opened.headers["Location"]) == (303, demo.settings.gallery_url)


def test_the_api_page_tells_what_the_api_description_holds(client: httpx.Client) -> None:
    described = client.get("/openapi.json").json()
    assert list(described["paths"]["/api/things"]) == ["post"]
    page = client.get("/docs", headers=HTML).text
    assert "/api/things" in page
    assert "Make a thing." in page


def test_the_drawer_is_filled_only_while_it_is_open(client: httpx.Client) -> None:
    closed = client.get("/", headers=HTML).text
    assert 'data-hood="closed"' in closed
    assert "class Thing" not in closed
    client.cookies.set("hood", "open")
    assert 'data-hood="open"' in client.get("/", headers=HTML).text
    swap = client.get("/", headers=SWAP).text
    assert '<div id="hood-body" hx-swap-oob="true">' in swap
    assert "This request sent no statement." in swap
    drawer = client.get("/", headers=SWAP | {"HX-Target": "hood-body"}).text
    assert "said" not in drawer
    assert drawer.count('id="hood-body"') == 1


def test_a_stream_of_events_records_nothing(demo: Demo) -> None:
    with fastapi_app(demo) as client:
        app = client._transport._transport.app

        @app.get("/stream")
        async def stream() -> dict[str, bool]:
            return {"records": capture.recorded() is not None}

        client.cookies.set("hood", "open")
        assert client.get("/stream").json() == {"records": True}
        assert client.get("/stream", headers={"Accept": "text/event-stream"}).json() == {"records": False}


def test_the_choice_of_theme_is_kept(client: httpx.Client) -> None:
    assert 'data-theme="system"' in client.get("/", headers=HTML).text
    client.cookies.set("theme", "light")
    assert 'data-theme="light"' in client.get("/", headers=HTML).text
    client.cookies.set("theme", "sepia")
    assert 'data-theme="system"' in client.get("/", headers=HTML).text


def test_the_statement_log_learns_whose_step_a_request_is(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str | None] = []
    monkeypatch.setattr(
        statement_log, "set_step_id", lambda step: told.append(step) or statement_log._step.set(step)
    )
    client.get("/health")
    client.get("/health", headers={"X-Livingdoc-Step": "42"})
    assert told == ["42"]
