"""The pages: a cloud of tags over the articles, and one article whose every click is an element."""

from typing import Annotated, Any
from uuid import UUID

import api
import library
from calls import NoPositionError
from changes import CHANGE
from demokit.demo import Demo
from demokit.fastapi import create_app
from demokit.problems import from_validation, problem
from fastapi import Form, Path, Query, Request
from fastapi.responses import RedirectResponse, Response
from models import MODELS, Article, Line, Tag
from pydantic import BaseModel, ConfigDict, ValidationError

from coodie import ServerRejected

demo = Demo(
    __file__, promise="each click is one element: sets, lists, maps and types", models=MODELS, port=8008
)
app, page = create_app(demo, openapi_tags=[{"name": "articles"}, {"name": "tags"}])
app.include_router(api.router(demo.tokens))

Token = Annotated[str | None, Query(max_length=4000)]


class NewArticle(BaseModel):
    """The form for a new article."""

    model_config = ConfigDict(str_strip_whitespace=True)

    title: Line


@app.get("/", include_in_schema=False)
async def home(request: Request, tag: Tag | None = None, token: Token = None) -> Response:
    """Show the cloud and a page of articles, all or those with a tag."""
    return page(request, "index.html", part="partials/articles.html", **await _list(tag, token))


@app.post("/tags/{tag}/recount", include_in_schema=False)
async def recount(request: Request, tag: Annotated[Tag, Path()]) -> Response:
    """Set a tag's counter right."""
    found = await library.recount(tag)
    toast = f"{found.articles} articles have {tag}; its counter says so too now."
    context = await _list(tag, None)
    return page.moved(
        request, f"/?tag={tag}", "index.html", part="partials/home.html", toast=toast, **context
    )


@app.post("/articles", include_in_schema=False)
async def add(request: Request, sent: Annotated[NewArticle, Form()]) -> Response:
    """Begin an article and show it."""
    return _shown(request, await library.add(sent.title), toast=f"“{sent.title}” has begun.")


@app.get("/articles/{article_id}", include_in_schema=False)
async def show(request: Request, article_id: UUID) -> Response:
    """Show an article."""
    article = await library.one(article_id)
    return page(request, "article.html", part="partials/article.html", article=article, became=None)


@app.post("/articles/{article_id}/changes", include_in_schema=False)
async def change(request: Request, article_id: UUID) -> Response:
    """Change one element; the form's `op` says which of the changes it is."""
    wanted = CHANGE.validate_python(dict(await request.form()))
    article = await library.one(article_id)
    became = await library.change(article, wanted)
    return _shown(request, article, became=became)


@app.post("/articles/{article_id}/delete", include_in_schema=False)
async def remove(article_id: UUID) -> Response:
    """Delete an article and go back."""
    await library.remove(await library.one(article_id))
    return RedirectResponse("/", 303)


@app.exception_handler(ValidationError)
async def refused(request: Request, error: Exception) -> Response:
    """Say which values cannot be: of a form, or of the collection that a change would make."""
    found = error.errors() if isinstance(error, ValidationError) else []
    return page.problem(request, from_validation([_named(dict(one)) for one in found], request.url.path))


@app.exception_handler(NoPositionError)
@app.exception_handler(ServerRejected)
async def no_position(request: Request, error: Exception) -> Response:
    """Say that a list is not what the form has seen."""
    return page.problem(request, problem(409, f"{error} Read the article again."))


def _named(error: dict[str, Any]) -> dict[str, Any]:
    """Leave out the kind of change, which a form's reader does not know."""
    path = [step for step in error["loc"] if "_" not in str(step)]
    return {**error, "loc": ("body", *path)}


def _shown(request: Request, article: Article, *, became: Any = None, **more: Any) -> Response:
    context = {"article": article, "became": became, **more}
    return page.moved(
        request, f"/articles/{article.id}", "article.html", part="partials/article.html", **context
    )


async def _list(tag: str | None, token: str | None) -> dict[str, Any]:
    found = await library.articles(tag, demo.tokens.read(token, "articles", tag))
    return {
        "articles": found.data,
        "cloud": await library.cloud(),
        "chosen": tag,
        "next_token": demo.tokens.write(found.paging_state, "articles", tag),
        "paged": token is not None,
    }
