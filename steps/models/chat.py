"""A chat: the messages of a room lie together, newest first."""

from datetime import datetime
from typing import Annotated

from coodie import ClusteringKey, PrimaryKey
from coodie.sync import Document


class Message(Document):
    """A message; `room` decides where it is stored, `sent` in which order."""

    room: Annotated[str, PrimaryKey()]
    sent: Annotated[datetime, ClusteringKey(order="DESC")]
    author: str
    text: str = ""
    likes: int = 0
