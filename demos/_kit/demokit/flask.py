"""The Flask side of a demo: the app with its connection, its error pages and its standing pages, and `Page`."""

from __future__ import annotations

import atexit
import json
from contextlib import AbstractContextManager, ExitStack, nullcontext
from functools import wraps
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, abort, jsonify, redirect, request, send_from_directory
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from coodie.livingdoc import statement_log
from demokit import about, capture, csrf, database, openapi, operations, running
from demokit.operations import Operation
from demokit.pages import STATIC, Pages, Visitor
from demokit.problems import JSON, Problem, from_exception, from_validation, problem, wants_html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from demokit.demo import Demo

LINKS = (("/source", "source"), ("/scenarios", "scenarios"), ("/docs", "API"))


class Page:
    """Answers the current request with a template: a whole page, for a swap by HTMX its part."""

    def __init__(self, demo: Demo) -> None:
        self._demo = demo
        self._pages = Pages(demo, LINKS)

    def __call__(self, template: str, *, part: str = "", status: int = 200, **context: Any) -> Response:
        """Render `template`; a swap gets `part` instead, when there is one."""
        visitor = _visitor()
        rendered = self._pages.render(visitor, part if part and visitor.swap else template, **context)
        response = Response(rendered.text, status, rendered.headers, mimetype="text/html")
        if rendered.csrf_token != visitor.cookies.get(self._demo.csrf.cookie):
            response.set_cookie(self._demo.csrf.cookie, rendered.csrf_token, httponly=True, samesite="Lax")
        return response

    def moved(self, path: str, template: str, *, part: str, **context: Any) -> Response:
        """Show what a form has made, at its own address; without HTMX that is a redirect."""
        visitor = _visitor()
        if not visitor.swap:
            return Response(status=303, headers={"Location": path})
        response = self(template, part=part, **context)
        if visitor.is_elsewhere(path):
            response.headers["HX-Push-Url"] = path
        return response

    def problem(self, found: Problem) -> Response:
        """Answer with an error: a page, a line inside the form that caused it, or JSON."""
        if wants_html(request.path, request.headers.get("accept", ""), swap=_visitor().swap):
            return self("kit/error.html", part="kit/problem.html", status=found.status, problem=found)
        return Response(found.model_dump_json(), found.status, mimetype=JSON)


def create_app(
    demo: Demo, *, resources: Callable[[Demo], AbstractContextManager[None]] | None = None
) -> tuple[Flask, Page]:
    """Make the app of a demo and the `Page` that its routes answer with.

    `resources` is what the app holds until the process ends; without it that is the kit's connection.
    """
    app = Flask(demo.name, root_path=str(demo.folder), static_folder="static")
    page = Page(demo)
    held = ExitStack()
    atexit.register(held.close)
    if end_log := statement_log.install_from_environment():
        held.callback(end_log)
    held.enter_context((resources or database.connected_sync)(demo))
    held.callback(running.announce(demo.settings).unlink, missing_ok=True)
    app.wsgi_app = Recorder(app.wsgi_app)  # type: ignore[method-assign]

    @app.before_request
    def same_site() -> None:
        if csrf.needs_token(request.method, request.path, request.content_type or ""):
            sent = request.headers.get(csrf.HEADER) or request.form.get(csrf.FIELD)
            if not demo.csrf.accepts(request.cookies.get(demo.csrf.cookie), sent):
                abort(403, csrf.REFUSED)

    _errors(app, page)
    _standing_pages(app, demo, page)
    return app, page


def operation(method: str, **declared: Any) -> Callable[[Callable[..., Any]], Callable[..., Response]]:
    """Make a JSON route of a function that is given `asked` and `sent`, and returns what it `answers`.

    `declared` are the fields of `demokit.operations.Operation`. The blueprint's own `get` or `post` stands above this.
    """
    found = Operation(method, **declared)

    def wrap(view: Callable[..., Any]) -> Callable[..., Response]:
        @wraps(view)
        def route(**names: Any) -> Response:
            answer = view(**names, **found.read(request.args.to_dict(), request.get_json))
            return Response(found.write(answer), found.status, mimetype="application/json")

        setattr(route, operations.ATTRIBUTE, found)
        return route

    return wrap


class Recorder:
    """WSGI: records a request's statements while its drawer is open, and tells the log whose step it is."""

    def __init__(self, app: WSGIApplication) -> None:
        self.app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass the request on; without an open drawer or a step this adds two look-ups."""
        is_open = "HTTP_X_UNDER_THE_HOOD" in environ or f"{capture.COOKIE}=open" in environ.get(
            "HTTP_COOKIE", ""
        )
        step = environ.get("HTTP_X_LIVINGDOC_STEP")
        token = statement_log.set_step_id(step) if step else None
        try:
            with capture.capture() if is_open else nullcontext():
                return self.app(environ, start_response)
        finally:
            if token:
                statement_log.reset_step_id(token)


def _visitor() -> Visitor:
    return Visitor.of(request.path, request.cookies, request.headers.get)


def _errors(app: Flask, page: Page) -> None:
    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        detail = error.description or ""
        if error.code == 404:  # noqa: PLR2004 - the status has a name of its own
            detail = f"Nothing has the address {request.path}."
        elif error.code == 400 and request.is_json:  # noqa: PLR2004 - the same
            detail = "The body is not JSON: look at its quotes and brackets. Nothing was changed."
        return page.problem(problem(error.code or 500, detail))

    @app.errorhandler(ValidationError)
    def validation(error: ValidationError) -> Response:
        found = [{**one, "loc": ("body", *one["loc"])} for one in error.errors()]
        return page.problem(from_validation(found, request.path))

    @app.errorhandler(Exception)
    def other(error: Exception) -> Response:
        found = from_exception(error)
        if found.status == 500:  # noqa: PLR2004 - the status has a name of its own
            app.logger.error("%s %s failed", request.method, request.path, exc_info=error)
        return page.problem(found)


def _standing_pages(app: Flask, demo: Demo, page: Page) -> None:
    @app.get("/health")
    def health() -> Response:
        return jsonify(status="ready", demo=demo.name, keyspace=demo.settings.keyspace, server=demo.server)

    @app.get("/kit/<path:name>")
    def kit(name: str) -> Response:
        return send_from_directory(STATIC, name)

    @app.get("/source")
    def source() -> Response:
        return page("kit/listing.html", **about.source_page(demo.folder))

    @app.get("/scenarios")
    def scenarios() -> Response:
        return page("kit/listing.html", **about.scenarios_page(demo.folder))

    @app.get("/gallery")
    def gallery() -> Any:
        found = about.gallery_page(demo.settings)
        return redirect(found, 303) if isinstance(found, str) else page("kit/gallery.html", **found)

    @app.get("/openapi.json")
    def description() -> Response:
        return Response(json.dumps(_document(app, demo)), mimetype="application/json")

    @app.get("/docs")
    def docs() -> Response:
        told = openapi.operations(_document(app, demo), request.host_url)
        return page("kit/api.html", operations=told)


def _document(app: Flask, demo: Demo) -> dict[str, Any]:
    routes = (
        operations.described(rule.rule, app.view_functions[rule.endpoint])
        for rule in app.url_map.iter_rules()
    )
    return operations.document(demo, filter(None, routes))
