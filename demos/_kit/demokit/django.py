"""The Django side of a demo: an app, a middleware, the standing pages, and `page`, which answers with a template.

Settings name the demo as `DEMO`, the app `demokit.django.Kit` and, first of all, the middleware
`demokit.django.UnderTheHood`; forms are guarded by Django's own `CsrfViewMiddleware`.
"""

# mypy: disable-error-code="import-untyped, misc, untyped-decorator"
from __future__ import annotations

import atexit
import json
import logging
from contextlib import nullcontext
from dataclasses import replace
from functools import cache, wraps
from typing import TYPE_CHECKING, Any

from django.apps import AppConfig
from django.conf import settings
from django.contrib.staticfiles.views import serve as serve_static
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import URLPattern, get_resolver, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django.views.static import serve
from pydantic import ValidationError

from coodie.drivers import get_driver
from coodie.exceptions import CoodieError
from coodie.livingdoc import statement_log
from demokit import about, capture, csrf, openapi, operations, running
from demokit.operations import Operation
from demokit.pages import STATIC, Pages, Visitor
from demokit.problems import JSON, Problem, from_exception, from_validation, problem, wants_html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LINKS = (("/source", "source"), ("/scenarios", "scenarios"), ("/docs", "API"), ("/admin/", "admin"))
LOG = logging.getLogger(__name__)
NO_JSON = "The body is not JSON: look at its quotes and brackets. Nothing was changed."
NO_UTF_8 = "The body says that it is not UTF-8. Send it as UTF-8; nothing was changed."
UTF_8 = {"utf-8", "utf8"}
NO_TABLES = "The board's own database did not answer, so nothing was changed. Send it again in a moment."


class Kit(AppConfig):
    """What the kit brings to a project: the log of statements for the living documentation."""

    name = "demokit"

    def ready(self) -> None:
        """Begin the log, if the environment asks for one."""
        if end_log := statement_log.install_from_environment():
            atexit.register(end_log)


class UnderTheHood:
    """Middleware: records a request's statements while its drawer is open, and shows what went wrong as a page."""

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self._get_response = get_response
        # Only what serves has middleware: a command beside a running demo must not touch its note.
        atexit.register(running.announce(settings.DEMO.settings).unlink, missing_ok=True)

    def __call__(self, request: Any) -> Any:
        """Pass the request on; without an open drawer or a step this adds two look-ups."""
        is_open = capture.HEADER in request.headers or request.COOKIES.get(capture.COOKIE) == "open"
        step = request.headers.get(statement_log.HEADER)
        token = statement_log.set_step_id(step) if step else None
        try:
            charset = request.content_params.get("charset", "utf-8")
            if charset.lower() not in UTF_8:  # which Django would read it as, whatever its bytes are
                return _answer(request, problem(415, NO_UTF_8))
            with capture.capture() if is_open else nullcontext():
                return self._get_response(request)
        finally:
            if token:
                statement_log.reset_step_id(token)

    def process_exception(self, request: Any, error: Exception) -> Any:
        """Answer for a view that raised."""
        return _answer(request, _problem(request, error))


def page(request: Any, template: str, *, part: str = "", status: int = 200, **context: Any) -> Any:
    """Render `template`; a swap gets `part` instead, when there is one."""
    visitor = replace(_visitor(request), csrf_token=get_token(request))
    rendered = _pages().render(visitor, part if part and visitor.swap else template, **context)
    return HttpResponse(rendered.text, status=status, headers=rendered.headers)


def moved(request: Any, address: str, template: str, *, part: str, **context: Any) -> Any:
    """Show what a form has made, at its own address; without HTMX that is a redirect."""
    visitor = _visitor(request)
    if not visitor.swap:
        return HttpResponse(status=303, headers={"Location": address})
    response = page(request, template, part=part, **context)
    if visitor.is_elsewhere(address):
        response.headers["HX-Push-Url"] = address
    return response


class NotJsonError(ValueError):
    """What was sent as JSON is none."""


def operation(method: str, **declared: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make a JSON view of a function that is given `asked` and `sent`, and returns what it `answers`.

    `declared` are the fields of `demokit.operations.Operation`. A foreign page cannot send JSON here unasked, so the
    form's token is not needed.
    """
    found = Operation(method, **declared)

    def wrap(function: Callable[..., Any]) -> Callable[..., Any]:
        @csrf_exempt
        @require_http_methods([method])
        @wraps(function)
        def view(request: Any, **names: Any) -> Any:
            if csrf.needs_token(request.method, request.path, request.content_type):
                raise PermissionDenied(csrf.REFUSED)
            answer = function(request, **names, **found.read(request.GET.dict(), lambda: _json(request)))
            return HttpResponse(found.write(answer), status=found.status, content_type="application/json")

        setattr(view, operations.ATTRIBUTE, found)
        return view  # type: ignore[no-any-return]

    return wrap


def standing_pages() -> list[Any]:
    """Return the addresses that every demo has."""
    demo = settings.DEMO
    return [
        path("health", _health),
        path("favicon.ico", serve, {"document_root": STATIC, "path": "icon.svg"}),
        path("kit/<path:path>", serve, {"document_root": STATIC}),
        path("static/<path:path>", serve_static, {"insecure": True}),
        path("source", lambda request: page(request, "kit/listing.html", **about.source_page(demo.folder))),
        path(
            "scenarios",
            lambda request: page(request, "kit/listing.html", **about.scenarios_page(demo.folder)),
        ),
        path("gallery", _gallery),
        path("openapi.json", lambda _request: JsonResponse(_document())),
        path(
            "docs",
            lambda request: page(
                request,
                "kit/api.html",
                operations=openapi.operations(_document(), request.build_absolute_uri("/")),
            ),
        ),
    ]


def not_found(request: Any, exception: Exception) -> Any:
    """Answer for an address that nothing has: `handler404`."""
    return _answer(request, _problem(request, exception))


def failed(request: Any) -> Any:
    """Answer for what went wrong outside of views: `handler500`."""
    return _answer(request, from_exception(RuntimeError()))


def refused(request: Any, reason: str = "") -> Any:
    """Answer for a form without its token: `CSRF_FAILURE_VIEW`."""
    LOG.info("%s %s: %s", request.method, request.path, reason)
    return _answer(request, problem(403, csrf.REFUSED))


@cache
def _pages() -> Pages:
    pages = Pages(settings.DEMO, LINKS)
    pages.environment.globals["csrf_field"] = "csrfmiddlewaretoken"
    return pages


def _visitor(request: Any) -> Visitor:
    return Visitor.of(request.path, request.COOKIES, request.headers.get)


def _problem(request: Any, error: Exception) -> Problem:
    match error:
        case Http404():
            return problem(404, f"Nothing has the address {request.path}.")
        case NotJsonError():
            return problem(400, NO_JSON)
        case PermissionDenied():
            return problem(403, str(error) or "This is not for you.")
        case ValidationError():
            found = [{**one, "loc": ("body", *one["loc"])} for one in error.errors()]
            return from_validation(found, request.path)
        case DatabaseError():
            LOG.error("%s %s failed", request.method, request.path, exc_info=error)
            return problem(503, NO_TABLES)
    found_problem = from_exception(error)
    if found_problem.status == 500:  # noqa: PLR2004 - the status has a name of its own
        LOG.error("%s %s failed", request.method, request.path, exc_info=error)
    return found_problem


def _answer(request: Any, found: Problem) -> Any:
    if wants_html(request.path, request.headers.get("accept", ""), swap=_visitor(request).swap):
        return page(request, "kit/error.html", part="kit/problem.html", status=found.status, problem=found)
    return HttpResponse(found.model_dump_json(), status=found.status, content_type=JSON)


def _json(request: Any) -> Any:
    try:
        return json.loads(request.body)
    except ValueError as wrong:
        raise NotJsonError from wrong


def _document() -> dict[str, Any]:
    found = (operations.described(address, view) for address, view in _views(get_resolver().url_patterns))
    return operations.document(settings.DEMO, filter(None, found))


def _views(patterns: Any, above: str = "/") -> Iterator[tuple[str, Any]]:
    for one in patterns:
        address = above + str(one.pattern)
        if isinstance(one, URLPattern):
            yield address, one.callback
        else:
            yield from _views(one.url_patterns, address)


def _gallery(request: Any) -> Any:
    found = about.gallery_page(settings.DEMO.settings)
    if isinstance(found, str):
        return HttpResponse(status=303, headers={"Location": found})
    return page(request, "kit/gallery.html", **found)


def _health(_request: Any) -> Any:
    """Say that the app answers, and which server its events go to; without that server it still answers."""
    demo = settings.DEMO
    driver = get_driver()
    try:
        demo.server = str(getattr(driver, "ready", lambda: driver)().server)
    except CoodieError:
        demo.server = "not connected"
    return JsonResponse(
        {"status": "ready", "demo": demo.name, "keyspace": demo.settings.keyspace, "server": demo.server}
    )
