"""The same as JSON, with the same rules."""

from typing import Any
from uuid import UUID

import blog
from demokit.tokens import PageTokens
from flask import Blueprint, request
from forms import CommentIn, PostChange, PostIn, Wanted


def routes(tokens: PageTokens) -> Blueprint:
    """Make the routes under `/api`."""
    api = Blueprint("api", __name__, url_prefix="/api/posts")

    @api.get("")
    def find() -> dict[str, Any]:
        """Read a page of posts, newest first: all, those of an author, or those with a tag."""
        wanted = Wanted.model_validate(request.args.to_dict())
        question = ("posts", wanted.author, wanted.tag)
        found = blog.posts(wanted.author, wanted.tag, tokens.read(wanted.token, *question))
        items = [blog.as_json(post) for post in found.data]
        return {"items": items, "next": tokens.write(found.paging_state, *question)}

    @api.post("")
    def publish() -> tuple[dict[str, Any], int]:
        """Write a post."""
        return blog.as_json(blog.publish(PostIn.model_validate(request.get_json()))), 201

    @api.get("/<uuid:post_id>")
    def read(post_id: UUID) -> dict[str, Any]:
        """Read a post."""
        return blog.as_json(blog.post(post_id))

    @api.put("/<uuid:post_id>")
    def change(post_id: UUID) -> dict[str, Any]:
        """Change title, tags and body."""
        sent = PostChange.model_validate(request.get_json())
        post = blog.post(post_id)
        blog.change(post, sent)
        return blog.as_json(post)

    @api.delete("/<uuid:post_id>")
    def remove(post_id: UUID) -> tuple[str, int]:
        """Delete a post with its comments."""
        blog.remove(blog.post(post_id))
        return "", 204

    @api.get("/<uuid:post_id>/comments")
    def comments(post_id: UUID) -> dict[str, Any]:
        """Read a page of a post's comments, newest first."""
        wanted = Wanted.model_validate(request.args.to_dict())
        found = blog.comments(blog.post(post_id).id, tokens.read(wanted.token, "comments", post_id))
        items = [blog.as_json(comment) for comment in found.data]
        return {"items": items, "next": tokens.write(found.paging_state, "comments", post_id)}

    @api.post("/<uuid:post_id>/comments")
    def comment(post_id: UUID) -> tuple[dict[str, Any], int]:
        """Comment on a post."""
        sent = CommentIn.model_validate(request.get_json())
        return blog.as_json(blog.comment(blog.post(post_id), sent)), 201

    return api
