"""cqlengine's words: the object mapper that comes with cassandra-driver."""

from __future__ import annotations

import sys
import warnings

import data

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from cassandra.cqlengine import columns, connection
    from cassandra.cqlengine.models import Model
    from cassandra.cqlengine.query import BatchQuery, BatchType, LWTException
    from cassandra.cqlengine.usertype import UserType
from serve import serve


class Place(UserType):
    __type_name__ = "place"
    street = columns.Text()
    number = columns.Integer()
    tags = columns.Set(columns.Text)


class Reading(Model):
    __table_name__ = "reading"
    bucket = columns.Integer(partition_key=True)
    id = columns.UUID(primary_key=True)
    name = columns.Text()
    email = columns.Text()
    age = columns.Integer()
    score = columns.Double()
    visits = columns.BigInt()
    active = columns.Boolean()
    created = columns.DateTime()
    tags = columns.Set(columns.Text)


class Walk(Model):
    __table_name__ = "walk"
    id = columns.Integer(primary_key=True)
    start = columns.UserDefinedType(Place)
    stops = columns.List(columns.UserDefinedType(Place))


class Engine:
    """The operations that it has."""

    def __init__(self, host: str, port: str, keyspace: str) -> None:
        connection.setup([host], keyspace, port=int(port), protocol_version=5)
        connection.get_cluster().register_user_type(keyspace, "place", Place)
        self._document = Reading.get(bucket=data.READ, id=data.key(data.READ, 1))

    def close(self) -> None:
        connection.get_cluster().shutdown()

    def insert(self) -> int:
        for number in range(data.ONE_BY_ONE):
            Reading.create(**data.values(data.WRITTEN, number))
        return data.ONE_BY_ONE

    def get(self) -> int:
        for _ in range(data.ONE_BY_ONE):
            Reading.get(bucket=data.READ, id=data.key(data.READ, 1))
        return data.ONE_BY_ONE

    def update(self) -> int:
        for number in range(data.ONE_BY_ONE):
            self._document.update(name=f"name {number}")
        return data.ONE_BY_ONE

    def delete(self) -> int:
        for number in range(data.ONE_BY_ONE):
            Reading.objects(bucket=data.WRITTEN, id=data.key(data.WRITTEN, number)).delete()
        return data.ONE_BY_ONE

    def conditional(self) -> int:
        for number in range(data.CONDITIONAL):
            try:
                Reading.if_not_exists().create(**data.values(data.READ, number))
            except LWTException:
                continue
        return data.CONDITIONAL

    def read(self) -> int:
        assert len(list(Reading.objects(bucket=data.READ).limit(None))) == data.PARTITION
        return 1

    def stream(self) -> int:
        assert sum(1 for _ in Reading.objects(bucket=data.STREAM).limit(None)) == data.STREAMED
        return 1

    def batch(self) -> int:
        for number in range(data.BATCHES):
            with BatchQuery(batch_type=BatchType.Unlogged) as batch:
                for place in range(data.BATCH):
                    values = data.values(data.WRITTEN, number * data.BATCH + place)
                    Reading.batch(batch).create(**values)
        return data.BATCHES * data.BATCH

    def walk(self) -> int:
        for number in range(data.ONE_BY_ONE):
            stops = [Place(**data.place(number)), Place(**data.place(number + 1))]
            Walk.create(id=number, start=Place(**data.place(number)), stops=stops)
            assert len(Walk.get(id=number).stops) == len(stops)
        return data.ONE_BY_ONE


if __name__ == "__main__":
    serve(Engine(*sys.argv[1:]))
