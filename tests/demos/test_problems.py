import pytest
from demokit.problems import from_exception, from_validation, wants_html
from demokit.tokens import PageTokenError

from coodie.exceptions import (
    AuthenticationError,
    CoodieError,
    DocumentNotFound,
    InvalidQueryError,
    ServerRejected,
    Timeout,
)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (PageTokenError(), 400),
        (InvalidQueryError("no such column"), 400),
        (DocumentNotFound("no such row"), 404),
        (ServerRejected("no such table"), 409),
        (AuthenticationError("no such user"), 503),
        (Timeout("late"), 503),
        (CoodieError("a row is of a kind that no class claims"), 500),
        (RuntimeError("secret detail"), 500),
    ],
)
def test_each_error_has_its_status(error: Exception, status: int) -> None:
    assert from_exception(error).status == status


def test_an_unexpected_error_keeps_its_words_to_itself() -> None:
    assert "secret" not in from_exception(RuntimeError("secret detail")).detail


def test_what_the_library_refuses_keeps_its_words() -> None:
    error = CoodieError("a row is of kind 'tram', which no class claims: import the module that defines it")
    assert from_exception(error).detail == str(error)


@pytest.mark.parametrize("kind", [ServerRejected, AuthenticationError])
def test_what_the_server_refuses_keeps_its_words(kind: type[ServerRejected | AuthenticationError]) -> None:
    found = from_exception(kind("table 'trams' does not exist"))
    assert "refused" in found.detail
    assert "table 'trams' does not exist" in found.detail
    assert "did not answer" not in found.detail


def test_refused_values_are_named() -> None:
    found = from_validation([{"loc": ("body", "price"), "msg": "Value error, too cheap"}], "/products")
    assert found.status == 422
    assert [(one.field, one.message) for one in found.errors] == [("price", "too cheap")]


def test_a_body_that_is_no_json_is_said_to_be_none() -> None:
    error = {
        "type": "json_invalid",
        "loc": ("body", 1),
        "msg": "JSON decode error",
        "ctx": {"error": "no brace"},
    }
    found = from_validation([error], "/api/products")
    assert [(one.field, one.message) for one in found.errors] == [("body", "This is not JSON: no brace")]


def test_an_address_that_does_not_parse_names_nothing() -> None:
    found = from_validation([{"loc": ("path", "product_id"), "msg": "not a uuid"}], "/products/x")
    assert (found.status, found.detail) == (404, "Nothing has the address /products/x.")


@pytest.mark.parametrize(
    ("path", "accept", "swap", "html"),
    [
        ("/", "text/html,*/*", False, True),
        ("/", "*/*", False, False),
        ("/", "*/*", True, True),
        ("/api/products", "text/html", False, False),
    ],
)
def test_readers_get_pages_and_programs_get_json(path: str, accept: str, *, swap: bool, html: bool) -> None:
    assert wants_html(path, accept, swap=swap) is html
