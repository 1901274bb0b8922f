"""Who looks at runs, what they say of them, and what they are told: a partition each."""

from uuid import UUID

from models import TEAM, Comment, Notification, Reaction, TestRun, User

from coodie import PagedResult

PAGE, MOST = 12, 200


async def users() -> list[User]:
    """Read who is in the team: one partition."""
    return await User.find(team=TEAM).all()


async def one(name: str) -> User:
    """Read one of the team, or `DocumentNotFound`."""
    return await User.get(team=TEAM, name=name)


async def comments(run_id: UUID) -> list[Comment]:
    """Read what is said of a run, newest first: one partition."""
    return await Comment.find(run=run_id).limit(MOST).all()


async def comment(of: TestRun, author: str, text: str) -> Comment:
    """Say something of a run; whoever is mentioned with an @ is told."""
    await one(author)
    known = {user.name for user in await users()}
    words = {word.strip(".,:;!?@") for word in text.split() if word.startswith("@")}
    made = await Comment(run=of.id, author=author, text=text, mentions=words & known).save()
    for name in sorted(made.mentions):
        await tell(name, of, f"{author} mentions you", text)
    return made


async def react(run_id: UUID, comment_id: UUID, who: str, reaction: Reaction) -> Comment:
    """Put one's reaction into the map, under one's name: no other reaction is read or written."""
    await one(who)
    found = await Comment.get(run=run_id, id=comment_id)
    await found.update(reactions__put=(who, reaction))
    return found


async def notifications(name: str, state: bytes | None) -> PagedResult[Notification]:
    """Read a page of what somebody was told, newest first: one partition."""
    return await Notification.find(receiver=name).fetch_size(PAGE).page(state).paged_all()


async def read(name: str, note_id: UUID) -> Notification:
    """Mark a notification as read."""
    found = await Notification.get(receiver=name, id=note_id)
    await found.update(read=True)
    return found


async def tell(name: str, of: TestRun, title: str, body: str) -> None:
    """Leave somebody a note that leads to a run."""
    path = f"/runs/{of.release}/{of.test}/{of.id}"
    await Notification(receiver=name, title=title, body=body, path=path).save()
