"""The steps of the sample project; copied into it."""

from base64 import b64decode

import pytest
from pytest_bdd import given, parsers, then, when

from coodie.cql.statement import Kind, Marker, Shape, Statement
from coodie.drivers.retries import Retries
from coodie.execution import run
from coodie.operations.request import Request
from coodie.rows.rows import Rows

TABLE = Shape('CREATE TABLE "s"."session" ("id" int PRIMARY KEY)', Kind.DDL, "s", "session")
INSERT = Shape(
    'INSERT INTO "s"."session" ("id", "user") VALUES (?, ?)',
    Kind.INSERT,
    "s",
    "session",
    (Marker("id", "int"), Marker("user", "text"), Marker("password", "text", secret=True)),
    (("id", 0),),
)
SELECT = Shape('SELECT "id", "user" FROM "s"."session"', Kind.SELECT, "s", "session", scan=True)
PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class Server:
    """A driver that answers everything with one row."""

    name, driver_type, consistency = "default", "fake", "LOCAL_ONE"
    retries = Retries()

    def execute(self, statement):
        if "nowhere" in statement.cql:
            raise LookupError("no such table")
        if statement.shape.kind is Kind.SELECT:
            return Rows(("id", "user"), ("int", "text"), [(1, "<b>ada</b>")])
        return Rows()

    execute_batch = execute

    def send(self, shape, *params):
        return run(self, Request(Statement(shape, params), lambda rows: rows))


class Session:
    """A session."""

    id: int


@pytest.fixture
def server(livingdoc):
    livingdoc.set_meta("server", "Fake 1.0")
    livingdoc.set_meta("driver", "typewriter 2")
    made = Server()
    made.send(TABLE)
    return made


@given("a table of sessions")
def table(server, livingdoc):
    assert server
    livingdoc.attach_model(Session)


@given(parsers.parse('a session of "{name}" for {seconds:d} seconds'))
def session(server, name, seconds):
    server.send(INSERT, seconds, name, "hunter2")


@then("nobody finds it")
def nobody(server):
    server.send(SELECT)


@then("these rows exist")
def rows(datatable):
    assert datatable


@when("the text is")
def text(docstring, livingdoc):
    livingdoc.attach_text("a note", docstring, "text/x-cql")
    livingdoc.attach_text("a lone surrogate", "\udc80")
    livingdoc.attach_image("a picture", PIXEL)
    livingdoc.attach_http(
        "GET", "http://127.0.0.1/", 200, response='{"a": 1}', media_type="application/json", ms=1.5
    )
