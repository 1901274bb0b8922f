"""Accounts with their bookings: the balance is one value for the whole account."""

from typing import Annotated

from coodie import ClusteringKey, PrimaryKey, Static
from coodie.sync import Document


class Booking(Document):
    """A booking; `balance` and `owner` are shared by all bookings of the account."""

    account: Annotated[str, PrimaryKey()]
    number: Annotated[int, ClusteringKey()]
    amount: int = 0
    purpose: str | None = None
    balance: Annotated[int | None, Static()] = None
    owner: Annotated[str | None, Static()] = None
