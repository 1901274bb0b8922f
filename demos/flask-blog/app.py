"""The pages: the blog newest first, a post with its comments, and the forms that write them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import api
import blog
from demokit import flask as kit
from demokit.database import contact_points
from demokit.demo import Demo
from flask import Blueprint, Flask, Response, redirect, request
from forms import CommentIn, PostChange, PostIn, Wanted
from models import MODELS, Comment, Post
from sample import AUTHORS, TAGS
from werkzeug import Response as Redirect

from coodie.sync import init_coodie

demo = Demo(
    __file__, promise="posts and comments, newest first, without an ORDER BY", models=MODELS, port=8002
)
page = kit.Page(demo)
pages = Blueprint("pages", __name__)


def create_app() -> Flask:
    """Make the app with its connection; every worker of a server calls this, so each has its own."""
    app, _ = kit.create_app(demo, resources=connected)
    app.register_blueprint(pages)
    app.register_blueprint(api.routes(demo.tokens))
    return app


@contextmanager
def connected(demo: Demo) -> Iterator[None]:
    """Connect to the keyspace that `make db-up` made, and make the tables that are not there."""
    driver = init_coodie(hosts=contact_points(demo.settings), keyspace=demo.settings.keyspace)
    try:
        for model in MODELS:
            model.sync_table()
        demo.server = str(driver.server)
        yield
    finally:
        driver.close()


@pages.get("/")
def home() -> Response:
    """Show a page of posts: all, those of an author, or those with a tag."""
    wanted = Wanted.model_validate(request.args.to_dict())
    question = ("posts", wanted.author, wanted.tag)
    found = blog.posts(wanted.author, wanted.tag, demo.tokens.read(wanted.token, *question))
    return page(
        "index.html",
        part="partials/posts.html",
        wanted=wanted,
        posts=found.data,
        next_token=demo.tokens.write(found.paging_state, *question),
        authors=AUTHORS,
        tags=TAGS,
    )


@pages.get("/posts/new")
def new() -> Response:
    """Show the form for a new post."""
    return page("write.html", post=None, tags=TAGS)


@pages.post("/posts")
def publish() -> Response:
    """Write a new post and show it."""
    post = blog.publish(PostIn.model_validate(request.form.to_dict()))
    return _shown(post, "Published: it is the first row of the blog.")


@pages.get("/posts/<uuid:post_id>")
def show(post_id: UUID) -> Response:
    """Show a post with a page of its comments."""
    wanted = Wanted.model_validate(request.args.to_dict())
    context = _context(blog.post(post_id), wanted.token)
    part = "partials/comments.html" if request.headers.get("HX-Target") == "comments" else ""
    return page("post.html", part=part, **context)


@pages.get("/posts/<uuid:post_id>/edit")
def edit(post_id: UUID) -> Response:
    """Show a post in a form."""
    return page("write.html", post=blog.post(post_id), tags=TAGS)


@pages.post("/posts/<uuid:post_id>")
def change(post_id: UUID) -> Response:
    """Write what was changed and show it."""
    sent = PostChange.model_validate(request.form.to_dict())
    post = blog.post(post_id)
    blog.change(post, sent)
    return _shown(post, "The change is written.")


@pages.post("/posts/<uuid:post_id>/delete")
def remove(post_id: UUID) -> Redirect:
    """Delete a post with its comments and go back to the blog."""
    blog.remove(blog.post(post_id))
    return redirect("/", 303)


@pages.post("/posts/<uuid:post_id>/comments")
def comment(post_id: UUID) -> Response:
    """Write a comment, and show the partition that it is now the first row of."""
    sent = CommentIn.model_validate(request.form.to_dict())
    post = blog.post(post_id)
    written = blog.comment(post, sent)
    return page.moved(
        f"/posts/{post_id}",
        "post.html",
        part="partials/comments.html",
        toast="Your comment is the first row of its partition.",
        **_context(post, new=written),
    )


def _shown(post: Post, toast: str) -> Response:
    path = f"/posts/{post.id}"
    return page.moved(path, "post.html", part="partials/post.html", toast=toast, **_context(post))


def _context(post: Post, token: str | None = None, new: Comment | None = None) -> dict[str, Any]:
    found = blog.comments(post.id, demo.tokens.read(token, "comments", post.id))
    return {
        "post": post,
        "comments": found.data,
        "next_token": demo.tokens.write(found.paging_state, "comments", post.id),
        "paged": token is not None,
        "new": new and new.id,
    }
