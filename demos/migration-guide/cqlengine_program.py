"""A program of cqlengine's, feature by feature: each function does one thing, and returns what came of it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from cassandra.cqlengine import connection
from cassandra.cqlengine.management import sync_table
from cassandra.cqlengine.query import BatchQuery, LWTException
from cqlengine_models import Address, Book, Film, Hold, Item, Loan, Reader

DAY = date(2026, 3, 14)
NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


def connect(hosts: list[str], port: int, keyspace: str) -> None:
    """Connect, and make the tables that are not there."""
    connection.setup(hosts, keyspace, port=port)
    for model in (Reader, Loan, Hold, Item, Book, Film):
        sync_table(model)


def columns(who: UUID) -> Any:
    """Write a row with values of many types, and read it."""
    Reader.create(
        id=who,
        name="Ada",
        born=date(1815, 12, 10),
        joined=NOON,
        languages={"en", "fr"},
        marks={"late": 2},
    )
    ada: Any = Reader.get(id=who)
    moment = ada.joined.replace(tzinfo=UTC)
    values = [ada.name, str(ada.born), str(moment), ada.version]
    return [*values, sorted(ada.languages), dict(ada.marks)]


def keys(who: UUID) -> Any:
    """Write rows of one partition, and read them in the order of their clustering key."""
    for hour in range(3):
        at = NOON + timedelta(hours=hour)
        title = f"No. {hour}"
        Loan.create(branch=str(who), day=DAY, taken=at, reader=who, title=title)
    return [loan.title for loan in Loan.objects(branch=str(who), day=DAY)]


def queries(who: UUID) -> Any:
    """Filter, sort, limit, count, and read single columns."""
    for hour in range(6):
        at = NOON + timedelta(hours=hour)
        title = f"No. {hour}"
        Loan.create(branch=str(who), day=DAY, taken=at, reader=who, title=title)
    loans = Loan.objects(branch=str(who), day=DAY)
    late = loans.filter(taken__gte=NOON + timedelta(hours=3))
    first = late.order_by("taken").limit(2)
    titles = loans.values_list("title", flat=True)
    newest = Loan.objects(branch=str(who), day=DAY)[:1]
    found = [[loan.title for loan in first], list(titles)]
    return [*found, newest[0].title, loans.count()]


def batches(who: UUID) -> Any:
    """Send several writes as one, or none when an exception comes first."""
    ada = Reader.create(id=who, name="Ada")
    with BatchQuery() as batch:
        ada.batch(batch).update(name="Ada King")
        Hold.batch(batch).create(title=str(who), reader=who, branch="north")
    reason = ""
    try:
        with BatchQuery() as batch:
            ada.batch(batch).update(name="Bo")
            int("two")  # is none, so nothing is sent
    except ValueError as error:
        reason = str(error)
    holds = Hold.objects(title=str(who)).count()
    return [reason, Reader.get(id=who).name, holds]


def conditions(who: UUID) -> Any:
    """Write only where a condition holds: lightweight transactions."""
    kept = ""
    Reader.if_not_exists().create(id=who, name="Ada")
    try:
        Reader.if_not_exists().create(id=who, name="Bo")
    except LWTException as refused:
        kept = refused.existing["name"]
    ada = Reader.get(id=who)
    ada.iff(version=1).update(name="Ada King", version=2)
    return [kept, Reader.get(id=who).name]


def user_types(who: UUID) -> Any:
    """Keep a value that has parts."""
    hull = Address(street="Lime Street 1", city="Hull")
    ada = Reader.create(id=who, name="Ada", home=hull)
    ada.update(home=Address(street="Mill Lane 2", city="York"))
    home: Any = Reader.get(id=who).home
    return [home.street, home.city]


def polymorphism(who: UUID) -> Any:
    """Keep the classes of a family in one table, and read each row as what it is."""
    Book.create(shelf=str(who), id=UUID(int=1), title="Middlemarch", pages=880)
    Film.create(shelf=str(who), id=UUID(int=2), title="Metropolis", minutes=153)
    items = Item.objects(shelf=str(who))
    return [f"{type(item).__name__}: {item.title}" for item in items]


def time_to_live(who: UUID) -> Any:
    """Let rows expire, by the table's default or by a time of their own; in hours."""
    Hold.create(title=str(who), reader=UUID(int=1), branch="north")
    Hold.ttl(3600).create(title=str(who), reader=UUID(int=2), branch="south")
    table = Hold.column_family_name()
    query = f"SELECT TTL(branch) AS rest FROM {table} WHERE title = %s"
    rows = connection.execute(query, [str(who)])
    return [round(row["rest"] / 3600) for row in rows]
