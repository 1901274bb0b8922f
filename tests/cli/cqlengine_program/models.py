"""Models of cqlengine with every column type and option that it has."""

import uuid
from datetime import datetime

from cassandra.cqlengine import columns
from cassandra.cqlengine.models import Model
from cassandra.cqlengine.usertype import UserType

# How a person may be.
STATUS_NEW = "new"
LIMIT = 10


def next_number():
    return 7


class Geo(UserType):
    latitude = columns.Double()
    longitude = columns.Double()


class Address(UserType):
    """Where somebody lives."""

    __type_name__ = "postal_address"

    street = columns.Text(required=True)
    zip_code = columns.Integer(db_field="zip")
    place = columns.UserDefinedType(Geo)
    lines = columns.List(columns.Text)


class Stamped(Model):
    __abstract__ = True
    __keyspace__ = None

    created = columns.DateTime(default=datetime.utcnow)  # when it was written


class EveryType(Stamped):
    """A table with every type."""

    __table_name__ = "Every_Type"
    __options__ = {
        "compaction": {
            "class": "LeveledCompactionStrategy",
            "sstable_size_in_mb": "64",
        },
        "gc_grace_seconds": 3600,
    }

    # The key: two columns and two to sort by.
    tenant = columns.UUID(partition_key=True, default=uuid.uuid4)
    bucket = columns.Integer(partition_key=True)
    at_time = columns.TimeUUID(primary_key=True, clustering_order="DESC")
    number = columns.BigInt(primary_key=True, clustering_order="asc")

    shared = columns.Text(static=True)
    ascii_text = columns.Ascii(max_length=20)
    blob = columns.Blob()
    raw = columns.Bytes()
    flag = columns.Boolean(default=False)
    day = columns.Date()
    amount = columns.Decimal()
    wide = columns.Double(required=True)
    span = columns.Duration()
    narrow = columns.Float()
    host = columns.Inet()
    count_ = columns.Integer(default=next_number, db_field="count")
    small = columns.SmallInt()
    tiny = columns.TinyInt(default=LIMIT)
    huge = columns.VarInt()
    name = columns.Text(min_length=1, max_length=80, index=True, default=STATUS_NEW)
    moment = columns.Time()
    tags = columns.Set(columns.Text(), index=True)
    scores = columns.List(columns.Double)
    words = columns.Map(columns.Text, columns.BigInt, default=dict)
    nested = columns.Map(columns.Text, columns.List(columns.Set(columns.Integer)))
    pair = columns.Tuple(columns.Text, columns.Integer(), columns.List(columns.UUID))
    home = columns.UserDefinedType(Address)
    others = columns.Set(columns.UserDefinedType(Geo))
    searched = columns.Text(custom_index=True)
    json = columns.Text()

    def __str__(self):
        return f"{self.name} of {self.tenant}"


class Person(Model):
    id = columns.UUID(primary_key=True, default=uuid.uuid4)
    first_name = columns.Text(required=True)
    last_name = columns.Text()
    status = columns.Text(default=STATUS_NEW, index=True)
    tags = columns.Set(columns.Text)
    history = columns.List(columns.Text)
    facts = columns.Map(columns.Text, columns.Text)
    version = columns.Integer(default=1)

    @property
    def full_name(self):
        return f"{self.first_name} {self.last_name}"

    @classmethod
    def newcomers(cls):
        return cls.objects.filter(status=STATUS_NEW).limit(LIMIT)


class PageView(Model):
    __table_name__ = "page_views"
    page = columns.Text(primary_key=True)
    day = columns.Date(primary_key=True)
    views = columns.Counter()
    clicks = columns.Counter()


class Pet(Model):
    """The top of a family in one table."""

    __table_name__ = "pet"

    owner = columns.Text(primary_key=True)
    id = columns.UUID(primary_key=True, default=uuid.uuid4)
    kind = columns.Text(discriminator_column=True, index=True)
    name = columns.Text()


class Cat(Pet):
    __discriminator_value__ = "cat"

    cuteness = columns.Float()


class Dog(Pet):
    __discriminator_value__ = "dog"

    fierceness = columns.Float()
