"""The same program as `coodie convert` wrote it; where it asked for a person, a comment says what was done."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from coodie_models import Address, Book, Film, Hold, Item, Loan, Reader

from coodie.sync import BatchQuery, init_coodie

DAY = date(2026, 3, 14)
NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


def connect(hosts: list[str], port: int, keyspace: str) -> None:
    """Connect, and make the tables that are not there."""
    init_coodie(hosts=hosts, keyspace=keyspace, port=port, driver_type="cassandra")
    for model in (Reader, Loan, Hold, Item, Book, Film):
        model.sync_table()


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
    return [loan.title for loan in Loan.find(branch=str(who), day=DAY)]


def queries(who: UUID) -> Any:
    """Filter, sort, limit, count, and read single columns."""
    for hour in range(6):
        at = NOON + timedelta(hours=hour)
        title = f"No. {hour}"
        Loan.create(branch=str(who), day=DAY, taken=at, reader=who, title=title)
    loans = Loan.find(branch=str(who), day=DAY)
    late = loans.filter(taken__gte=NOON + timedelta(hours=3))
    first = late.order_by("taken").limit(2)
    titles = loans.values_list("title", flat=True)
    newest = Loan.find(branch=str(who), day=DAY).limit(1).all()
    found = [[loan.title for loan in first], list(titles)]
    return [*found, newest[0].title, loans.count()]


def batches(who: UUID) -> Any:
    """Send several writes as one, or none when an exception comes first."""
    ada = Reader.create(id=who, name="Ada")
    with BatchQuery() as batch:
        ada.update(name="Ada King", batch=batch)
        Hold(title=str(who), reader=who, branch="north").save(batch=batch)
    reason = ""
    try:
        with BatchQuery() as batch:
            ada.update(name="Bo", batch=batch)
            int("two")  # is none, so nothing is sent
    except ValueError as error:
        reason = str(error)
    holds = Hold.find(title=str(who)).count()
    return [reason, Reader.get(id=who).name, holds]


def conditions(who: UUID) -> Any:
    """Write only where a condition holds: lightweight transactions."""
    Reader.find().if_not_exists().create(id=who, name="Ada")
    # By hand: what was decided is returned, and nothing is raised.
    refused = Reader.find().if_not_exists().create(id=who, name="Bo")
    kept = refused.existing["name"]
    ada = Reader.get(id=who)
    ada.update(name="Ada King", version=2, if_conditions={"version": 1})
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
    items = Item.find(shelf=str(who))
    return [f"{type(item).__name__}: {item.title}" for item in items]


def time_to_live(who: UUID) -> Any:
    """Let rows expire, by the table's default or by a time of their own; in hours."""
    Hold.create(title=str(who), reader=UUID(int=1), branch="north")
    Hold(title=str(who), reader=UUID(int=2), branch="south").save(ttl=3600)
    # By hand: there is a method for what took CQL.
    rows = Hold.find(title=str(who)).column_ttl("branch")
    return [round((rest or 0) / 3600) for rest in rows]
