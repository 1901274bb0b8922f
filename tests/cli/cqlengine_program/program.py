"""What a program does with cqlengine: connections, keyspaces, query sets, writes, batches."""

import logging
import os

from cassandra import ConsistencyLevel
from cassandra.auth import PlainTextAuthProvider
from cassandra.cqlengine import connection
from cassandra.cqlengine.management import (
    create_keyspace_network_topology,
    create_keyspace_simple,
    drop_table,
    sync_table,
    sync_type,
)
from cassandra.cqlengine.query import BatchQuery, BatchType, DoesNotExist, LWTException
from models import Address, Cat, Dog, EveryType, PageView, Person, Pet


log = logging.getLogger(__name__).info


def connect(hosts, keyspace):
    # One connection for the whole program.
    connection.setup(
        hosts,
        keyspace,
        protocol_version=4,
        lazy_connect=True,
        auth_provider=PlainTextAuthProvider(
            username="ada", password=os.environ["PASSWORD"]
        ),
    )
    connection.register_connection(
        "analytics", hosts=["10.0.0.9"], consistency=ConsistencyLevel.ONE
    )


def prepare(keyspace):
    create_keyspace_simple(keyspace, 1)
    create_keyspace_network_topology("reports", {"dc1": 3})
    sync_type(keyspace, Address)
    for model in (EveryType, Person, PageView):
        sync_table(model)
    sync_table(Pet)
    sync_table(Cat)
    sync_table(Dog)


def forget():
    drop_table(Person)


def write():
    ada = Person.create(first_name="Ada", last_name="Lovelace")
    Person.ttl(60).create(first_name="Bo")
    Person.objects.ttl(60).create(first_name="Cy")
    ada.ttl(3600).save()
    ada.update(last_name="King", tags__add={"poet"}, history__append=["married"])
    ada.timestamp(1_700_000_000_000_000).delete()
    ada.iff(version=1).update(version=2)
    ada.if_exists().delete()
    Person.objects(id=ada.id).update(status="old")
    Person.objects(id=ada.id).ttl(60).update(status="older")
    Person.objects(id=ada.id).delete()
    try:
        Person.if_not_exists().create(id=ada.id, first_name="Ada")
    except LWTException as error:
        log(error.existing)
    ada.views += 1
    return ada


def batches(ada, bo):
    with BatchQuery() as batch:
        ada.batch(batch).save()
        bo.batch(batch).update(last_name="Diddley")
        Person.batch(batch).create(first_name="Cy")
    with BatchQuery(
        batch_type=BatchType.Unlogged, consistency=ConsistencyLevel.QUORUM
    ) as b:
        Person.objects.batch(b).create(first_name="Di")
        bo.batch(b).delete()
    b = BatchQuery(batch_type=BatchType.Counter)
    b.execute()


def read(person_id):
    try:
        one = Person.get(id=person_id)
        same = Person.objects.get(id=person_id)
    except Person.DoesNotExist:
        return None
    try:
        one.save()
    except DoesNotExist:
        raise
    everybody = Person.objects.all()
    new = Person.objects(status="new").allow_filtering().limit(5)
    some = list(Person.objects.filter(status="new").only(["first_name", "id"]))
    names = Person.objects.values_list("first_name", flat=True)
    rest = Person.objects.all().defer(["facts"]).limit(None)
    newest = EveryType.objects(tenant=person_id, bucket=1).order_by("-at_time").first()
    between = EveryType.filter(
        EveryType.number > 1, EveryType.number <= 9, tenant=person_id, bucket=2
    )
    known = Person.objects(Person.id.in_([person_id]))
    total = Person.objects.count() + len(Person.objects(status="new"))
    first = Person.objects.filter(status="new")[0]
    few = Person.objects.filter(status="new")[:3]
    strong = Person.objects.consistency(ConsistencyLevel.QUORUM).fetch_size(100)
    log([f"{person.full_name} is {person.status}" for person in Person.objects(status="new")])
    labels = [f"{person.full_name}, {person.status}" for person in Person.objects.filter(status="new")]
    log(labels)
    if Person.objects(id=person_id).count() == 1:
        for person in Person.objects.filter(
            status="a rather long status that somebody thought of one day",
            version=12345,
        ).allow_filtering():
            log(person.full_name)
    return (
        one,
        same,
        everybody,
        new,
        some,
        names,
        rest,
        newest,
        between,
        known,
        total,
        first,
        few,
        strong,
    )
