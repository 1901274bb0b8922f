import pytest
from demokit.csrf import Csrf, needs_token
from demokit.tokens import PageTokenError, PageTokens


def test_a_form_is_accepted_with_the_cookies_own_token() -> None:
    csrf = Csrf("secret", "ttl-sessions")
    token = csrf.token(None)
    assert csrf.accepts(token, token)
    assert csrf.token(token) == token


@pytest.mark.parametrize("sent", [None, "", "guess", "ünicode"])
def test_a_form_without_the_token_is_refused(sent: str | None) -> None:
    csrf = Csrf("secret", "ttl-sessions")
    assert not csrf.accepts(csrf.token(None), sent)


def test_a_cookie_that_another_site_made_up_is_refused() -> None:
    csrf = Csrf("secret", "ttl-sessions")
    foreign = Csrf("other", "ttl-sessions").token(None)
    assert not csrf.accepts(foreign, foreign)
    assert csrf.token(foreign) != foreign


def test_demos_on_one_host_do_not_share_a_cookie() -> None:
    assert Csrf("s", "ttl-sessions").cookie != Csrf("s", "fastapi-catalog").cookie


@pytest.mark.parametrize(
    ("method", "path", "content_type", "needed"),
    [
        ("GET", "/", "", False),
        ("POST", "/products", "application/x-www-form-urlencoded", True),
        ("POST", "/products", "application/json", True),
        ("DELETE", "/products", "", True),
        ("POST", "/api/products", "application/json; charset=utf-8", False),
        ("POST", "/api/products", "text/plain", True),
        ("POST", "/api/products", "", True),
        ("DELETE", "/api/products/1", "", False),
    ],
)
def test_what_a_foreign_page_can_send_needs_the_token(
    method: str, path: str, content_type: str, *, needed: bool
) -> None:
    assert needs_token(method, path, content_type) is needed


def test_a_page_token_leads_back_to_its_state() -> None:
    tokens = PageTokens("secret")
    token = tokens.write(b"\x00\xff state", "name", "w", "all")
    assert token
    assert tokens.read(token, "name", "w", "all") == b"\x00\xff state"


def test_the_last_page_has_no_token_and_the_first_needs_none() -> None:
    tokens = PageTokens("secret")
    assert tokens.write(None, "name") is None
    assert tokens.read(None, "name") is None
    assert tokens.read("", "name") is None


@pytest.mark.parametrize("spoil", [lambda token: token[:-2], lambda _: "guess", lambda token: token + "x"])
def test_a_page_token_that_is_not_ours_is_refused(spoil: object) -> None:
    tokens = PageTokens("secret")
    token = tokens.write(b"state", "name")
    with pytest.raises(PageTokenError, match="Leave the token out"):
        tokens.read(spoil(token), "name")  # type: ignore[operator]


def test_a_page_token_of_another_question_is_refused() -> None:
    tokens = PageTokens("secret")
    with pytest.raises(PageTokenError):
        tokens.read(tokens.write(b"state", "name", "w"), "name", "x")
