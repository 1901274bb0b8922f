"""The FastAPI side of a demo: the app with its connection, its error pages and its standing pages, and `Page`."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException as StarletteHTTPException

from coodie.exceptions import CoodieError
from coodie.livingdoc import statement_log
from demokit import about, capture, csrf, database, events, openapi, running
from demokit.embedding import EmbedderError
from demokit.pages import STATIC, Pages, Visitor
from demokit.problems import JSON, Problem, from_exception, from_validation, problem, wants_html
from demokit.tokens import PageTokenError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.types import ASGIApp, Receive, Scope, Send

    from demokit.demo import Demo

Links = tuple[tuple[str, str], ...]
LINKS: Links = (("/source", "source"), ("/scenarios", "scenarios"), ("/docs", "API"))


class Page:
    """Answers with a template: a whole page, for a swap by HTMX its part."""

    def __init__(self, demo: Demo, links: Links = LINKS) -> None:
        self._demo = demo
        self._pages = Pages(demo, links)

    def __call__(
        self, request: Request, template: str, *, part: str = "", status: int = 200, **context: Any
    ) -> HTMLResponse:
        """Render `template`; a swap gets `part` instead, when there is one."""
        visitor = _visitor(request)
        rendered = self._pages.render(visitor, part if part and visitor.swap else template, **context)
        response = HTMLResponse(rendered.text, status, rendered.headers)
        if rendered.csrf_token != visitor.cookies.get(self._demo.csrf.cookie):
            response.set_cookie(self._demo.csrf.cookie, rendered.csrf_token, httponly=True, samesite="lax")
        return response

    def moved(self, request: Request, path: str, template: str, *, part: str, **context: Any) -> Response:
        """Show what a form has made, at its own address; without HTMX that is a redirect."""
        visitor = _visitor(request)
        if not visitor.swap:
            return RedirectResponse(path, 303)
        response = self(request, template, part=part, **context)
        if visitor.is_elsewhere(path):
            response.headers["HX-Push-Url"] = path
        return response

    def problem(self, request: Request, found: Problem) -> Response:
        """Answer with an error: a page, a line inside the form that caused it, or JSON."""
        swap = _visitor(request).swap
        if wants_html(request.url.path, request.headers.get("accept", ""), swap=swap):
            return self(
                request, "kit/error.html", part="kit/problem.html", status=found.status, problem=found
            )
        return JSONResponse(found.model_dump(), found.status, media_type=JSON)


def create_app(
    demo: Demo,
    *,
    resources: Callable[[Demo], AbstractAsyncContextManager[None]] = database.connected,
    links: Links = LINKS,
    **options: Any,
) -> tuple[FastAPI, Page]:
    """Make the app of a demo and the `Page` that its routes answer with.

    `resources` is what the app holds while it lives, `links` what the bar leads to; `options` are FastAPI's.
    """
    page = Page(demo, links)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        end_log = statement_log.install_from_environment()
        events.heed_signals()
        async with resources(demo):
            note = running.announce(demo.settings)
            yield
            note.unlink(missing_ok=True)
        if end_log:
            end_log()

    async def same_site(request: Request) -> None:
        if csrf.needs_token(request.method, request.url.path, request.headers.get("content-type", "")):
            sent = request.headers.get(csrf.HEADER) or (await request.form()).get(csrf.FIELD)
            if not demo.csrf.accepts(
                request.cookies.get(demo.csrf.cookie), sent if isinstance(sent, str) else None
            ):
                raise HTTPException(403, csrf.REFUSED)

    app = FastAPI(
        title=demo.name,
        summary=demo.promise,
        version="2.0.0",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(same_site)],
        responses={422: {"model": Problem, "description": "Some values were refused"}},
        **options,
    )
    app.add_middleware(Recorder)
    app.mount("/kit", StaticFiles(directory=STATIC))
    if (demo.folder / "static").is_dir():
        app.mount("/static", StaticFiles(directory=demo.folder / "static"))
    _errors(app, page)
    _standing_pages(app, demo, page)
    return app, page


class Recorder:
    """Pure ASGI: records a request's statements while its drawer is open, and tells the log whose step it is.

    A stream of events has no drawer of its own, and would record without an end.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; without an open drawer or a step this adds two look-ups."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        is_open = capture.HEADER in headers or f"{capture.COOKIE}=open" in headers.get("cookie", "")
        is_open = is_open and headers.get("accept") != events.MEDIA
        step = headers.get(statement_log.HEADER)
        token = statement_log.set_step_id(step) if step else None
        try:
            with capture.capture() if is_open else nullcontext():
                await self.app(scope, receive, send)
        finally:
            if token:
                statement_log.reset_step_id(token)


def _visitor(request: Request) -> Visitor:
    return Visitor.of(request.url.path, request.cookies, request.headers.get)


def _errors(app: FastAPI, page: Page) -> None:
    async def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, StarletteHTTPException)  # noqa: S101 - registered for nothing else
        detail = error.detail
        if error.status_code == 404 and detail == "Not Found":  # noqa: PLR2004 - the status has a name of its own
            detail = f"Nothing has the address {request.url.path}."
        response = page.problem(request, problem(error.status_code, detail))
        response.headers.update(error.headers or {})
        return response

    async def validation(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for nothing else
        return page.problem(request, from_validation(error.errors(), request.url.path))

    async def other(request: Request, error: Exception) -> Response:
        return page.problem(request, from_exception(error))

    app.add_exception_handler(StarletteHTTPException, http)
    app.add_exception_handler(RequestValidationError, validation)
    for kind in (CoodieError, EmbedderError, PageTokenError, Exception):
        app.add_exception_handler(kind, other)


def _standing_pages(app: FastAPI, demo: Demo, page: Page) -> None:
    @app.get("/health", include_in_schema=False)
    async def health() -> dict[str, str]:
        return {
            "status": "ready",
            "demo": demo.name,
            "keyspace": demo.settings.keyspace,
            "server": demo.server,
        }

    @app.get("/source", include_in_schema=False)
    async def source(request: Request) -> Response:
        return page(request, "kit/listing.html", **about.source_page(demo.folder))

    @app.get("/scenarios", include_in_schema=False)
    async def scenarios(request: Request) -> Response:
        return page(request, "kit/listing.html", **about.scenarios_page(demo.folder))

    @app.get("/gallery", include_in_schema=False)
    def gallery(request: Request) -> Response:
        found = about.gallery_page(demo.settings)
        return (
            RedirectResponse(found, 303)
            if isinstance(found, str)
            else page(request, "kit/gallery.html", **found)
        )

    @app.get("/docs", include_in_schema=False)
    async def docs(request: Request) -> Response:
        return page(
            request, "kit/api.html", operations=openapi.operations(app.openapi(), str(request.base_url))
        )
