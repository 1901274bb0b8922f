"""What the pages and the API do with the tables: each function is a statement or two."""

from datetime import UTC, datetime
from uuid import UUID

from forms import CommentIn, PostChange, PostIn
from models import BLOG, Comment, Post
from moments import new_id

from coodie import DocumentNotFound, PagedResult

POSTS, COMMENTS = 8, 5


def posts(author: str | None, tag: str | None, state: bytes | None) -> PagedResult[Post]:
    """Read a page of the blog's partition: all of it, or what an index finds there."""
    found = Post.find(blog=BLOG)
    if author:
        found = found.filter(author=author)
    elif tag:
        found = found.filter(tags__contains=tag)
    return found.fetch_size(POSTS).page(state).paged_all()


def post(post_id: UUID) -> Post:
    """Read one post by its key."""
    if post_id.version != 1:
        raise DocumentNotFound("No post has this id: the ids of posts are TimeUUIDs.")
    return Post.get(blog=BLOG, id=post_id)


def comments(post_id: UUID, state: bytes | None = None) -> PagedResult[Comment]:
    """Read a page of one post's partition, newest first because the table is in that order."""
    return Comment.find(post=post_id).fetch_size(COMMENTS).page(state).paged_all()


def publish(sent: PostIn) -> Post:
    """Write a post, which is then the first row of the blog."""
    return Post(id=new_id(), **sent.model_dump()).save()


def change(found: Post, sent: PostChange) -> None:
    """Write title, tags and body anew; the indexes follow."""
    found.update(**sent.model_dump(), edited=datetime.now(UTC))


def comment(found: Post, sent: CommentIn) -> Comment:
    """Write a comment, which is then the first row of its post's partition."""
    return Comment(post=found.id, id=new_id(), **sent.model_dump()).save()


def remove(found: Post) -> None:
    """Delete the partition of its comments with one statement, then the post."""
    Comment.find(post=found.id).delete()
    found.delete()
