"""The tables of a lending library, as cqlengine has them."""

import uuid

from cassandra.cqlengine import columns
from cassandra.cqlengine.models import Model
from cassandra.cqlengine.usertype import UserType

TWO_WEEKS = 14 * 86_400


class Address(UserType):
    """Where somebody lives."""

    street = columns.Text()
    city = columns.Text()


class Reader(Model):
    """Somebody who borrows."""

    id = columns.UUID(primary_key=True, default=uuid.uuid4)
    name = columns.Text(required=True, index=True)
    born = columns.Date()
    joined = columns.DateTime()
    languages = columns.Set(columns.Text)
    marks = columns.Map(columns.Text, columns.Integer)
    home = columns.UserDefinedType(Address)
    version = columns.Integer(default=1)


class Loan(Model):
    """What was borrowed at a branch on a day, the newest first."""

    branch = columns.Text(partition_key=True)
    day = columns.Date(partition_key=True)
    taken = columns.DateTime(primary_key=True, clustering_order="DESC")
    reader = columns.UUID(primary_key=True)
    title = columns.Text(required=True)
    days = columns.SmallInt(default=28)
    fee = columns.Decimal()
    note = columns.Text()


class Hold(Model):
    """Who waits for a title; nobody waits for ever."""

    __options__ = {"default_time_to_live": TWO_WEEKS}

    title = columns.Text(primary_key=True)
    reader = columns.UUID(primary_key=True)
    branch = columns.Text(required=True)
    told = columns.Boolean(default=False)


class Item(Model):
    """The top of a family: what stands on a shelf, all kinds in one table."""

    shelf = columns.Text(primary_key=True)
    id = columns.UUID(primary_key=True, default=uuid.uuid4)
    kind = columns.Text(discriminator_column=True)
    title = columns.Text(required=True)


class Book(Item):
    """An item with pages."""

    __discriminator_value__ = "book"

    author = columns.Text()
    pages = columns.Integer()


class Film(Item):
    """An item that runs."""

    __discriminator_value__ = "film"

    minutes = columns.Integer()
