"""The same as JSON, with the same rules: each route declares what it takes and answers, and is described by that."""

from typing import Any
from uuid import UUID

import blog
from demokit.flask import operation
from demokit.tokens import PageTokens
from flask import Blueprint
from forms import CommentIn, PostChange, PostIn, Wanted, WantedPage
from models import Comment, Post
from shown import CommentOut, CommentPage, PostOut, PostPage

SAMPLE = {"post_id": "da274c00-5acd-11f1-8000-38973b680b93"}
MISSING = "There is no such post"


def routes(tokens: PageTokens) -> Blueprint:
    """Make the routes under `/api`."""
    api = Blueprint("api", __name__, url_prefix="/api/posts")

    @api.get("")
    @operation("GET", answers=PostPage, asks=Wanted)
    def find(asked: Wanted) -> dict[str, Any]:
        """Read a page of posts, newest first: all, those of an author, or those with a tag."""
        question = ("posts", asked.author, asked.tag)
        found = blog.posts(asked.author, asked.tag, tokens.read(asked.token, *question))
        return {"items": found.data, "next": tokens.write(found.paging_state, *question)}

    @api.post("")
    @operation("POST", answers=PostOut, takes=PostIn, status=201)
    def publish(sent: PostIn) -> Post:
        """Write a post."""
        return blog.publish(sent)

    @api.get("/<uuid:post_id>")
    @operation("GET", answers=PostOut, missing=MISSING, examples=SAMPLE)
    def read(post_id: UUID) -> Post:
        """Read a post."""
        return blog.post(post_id)

    @api.put("/<uuid:post_id>")
    @operation("PUT", answers=PostOut, takes=PostChange, missing=MISSING, examples=SAMPLE)
    def change(post_id: UUID, sent: PostChange) -> Post:
        """Change title, tags and body."""
        post = blog.post(post_id)
        blog.change(post, sent)
        return post

    @api.delete("/<uuid:post_id>")
    @operation("DELETE", answers=None, status=204, missing=MISSING, examples=SAMPLE)
    def remove(post_id: UUID) -> None:
        """Delete a post with its comments."""
        blog.remove(blog.post(post_id))

    @api.get("/<uuid:post_id>/comments")
    @operation("GET", answers=CommentPage, asks=WantedPage, missing=MISSING, examples=SAMPLE)
    def comments(post_id: UUID, asked: WantedPage) -> dict[str, Any]:
        """Read a page of a post's comments, newest first."""
        found = blog.comments(blog.post(post_id).id, tokens.read(asked.token, "comments", post_id))
        return {"items": found.data, "next": tokens.write(found.paging_state, "comments", post_id)}

    @api.post("/<uuid:post_id>/comments")
    @operation("POST", answers=CommentOut, takes=CommentIn, status=201, missing=MISSING, examples=SAMPLE)
    def comment(post_id: UUID, sent: CommentIn) -> Comment:
        """Comment on a post."""
        return blog.comment(blog.post(post_id), sent)

    return api
