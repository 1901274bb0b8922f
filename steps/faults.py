"""What breaks while a program works, and whether what it was promised still holds."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

import pytest
from pytest_bdd import given, parsers, then, when

from coodie.exceptions import OperationError
from coodie.schema.inspect import table_of
from coodie.server import ServerError
from steps.three_nodes import KEYSPACE, ThreeNodes
from steps.workspaces import Workspace, definition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coodie.drivers import AbstractDriver
    from coodie.livingdoc.attach import LivingDoc
    from steps.relay import Relay
    from steps.world import World

PATIENCE = 120
SPECULATION_DELAY = 0.2
PART = 100  # keys of one statement


class OnThreeNodes(Workspace):
    """The tables of the three nodes: one keyspace for all scenarios, and a session only while tables are made."""

    def __init__(self, driver: AbstractDriver, nodes: ThreeNodes) -> None:
        super().__init__(driver, KEYSPACE, None)
        self._nodes, self._tables = nodes, nodes.tables

    def empty_table(self, model: Any) -> None:
        """Make the table of a model, or remove its rows one by one: a node that is down cannot truncate."""
        name = model.table_name()
        with self._nodes.session() as session:
            if name not in self._tables:
                for statement in definition(model, self.driver):
                    session.execute(statement)
                # A read whose replica has just died asks another one after this, not after ten seconds.
                session.execute(f"ALTER TABLE {KEYSPACE}.\"{name}\" WITH speculative_retry = '100ms'")
                self._tables.add(name)
            elif self._nodes.dead:
                key = table_of(model).partition_key[0].name
                for (value,) in session.execute(f'SELECT DISTINCT "{key}" FROM {KEYSPACE}."{name}"'):
                    session.execute(f'DELETE FROM {KEYSPACE}."{name}" WHERE "{key}" = %s', (value,))
            else:
                session.execute(f'TRUNCATE {KEYSPACE}."{name}"')


@pytest.fixture(scope="session")
def cluster_of_three(tmp_path_factory: pytest.TempPathFactory, livingdoc: LivingDoc) -> Iterator[ThreeNodes]:
    """The one cluster of three nodes, started for the first scenario that wants it."""
    if sys.platform != "linux":
        pytest.skip("127.0.0.2 and 127.0.0.3 exist by themselves on Linux only")
    try:
        nodes = ThreeNodes(tmp_path_factory.mktemp("three"), livingdoc)
    except ServerError as error:
        pytest.skip(f"three nodes cannot be embedded here: {error.problem}")
    yield nodes
    nodes.close()


@pytest.fixture
def nodes(
    world: World, cluster_of_three: ThreeNodes, own_connections: dict[str, AbstractDriver]
) -> Iterator[ThreeNodes]:
    """The three nodes for a scenario, which lets those that hang go on at its end."""
    assert own_connections == {}
    world.names |= {"cluster": cluster_of_three, "hosts": cluster_of_three.hosts, "keyspace": KEYSPACE}
    yield cluster_of_three
    cluster_of_three.wake()


@given("a cluster of three nodes, each of which keeps every row")
def three_nodes(world: World, nodes: ThreeNodes) -> None:
    """See to it that all nodes run, and connect to them."""
    nodes.heal()
    _connect(world, nodes)


@given("a cluster of three nodes, one of which has died, as the others have noticed")
def two_of_three(world: World, nodes: ThreeNodes, livingdoc: LivingDoc) -> None:
    """Kill a node, unless an earlier scenario has; the others take some seconds to count it as down."""
    if not nodes.dead:
        nodes.heal()
        nodes.kill(3)
    nodes.have_noticed()
    livingdoc.attach_text("nodes", f"node {nodes.dead[0]} is dead, and the others know it")
    _connect(world, nodes)


def _connect(world: World, nodes: ThreeNodes) -> None:
    driver = world.call(world.names["init_coodie"], hosts=nodes.hosts, keyspace=KEYSPACE)
    world.workspace = OnThreeNodes(driver, nodes)


@given(parsers.parse("the {ordinal} node hangs"))
def node_hangs(nodes: ThreeNodes, ordinal: str) -> None:
    """Stop a node; its connections stay open."""
    nodes.hang(_number(ordinal))


@given(parsers.parse("the {one} and the {other} node hang"))
def nodes_hang(nodes: ThreeNodes, one: str, other: str) -> None:
    """Stop two of three nodes: no quorum is left."""
    nodes.hang(_number(one))
    nodes.hang(_number(other))


@when("the nodes go on")
def nodes_go_on(nodes: ThreeNodes) -> None:
    """Let the nodes that hang go on, and wait until all reach each other."""
    nodes.heal()


@when(parsers.parse("the {ordinal} node is started again, and then the {other} node is killed"))
def one_returns_another_dies(nodes: ThreeNodes, ordinal: str, other: str) -> None:
    """Let a node come back on what it had, and kill another one."""
    nodes.start(_number(ordinal))
    nodes.kill(_number(other))


@given("the settings of a driver that asks a second node after a fifth of a second")
def speculation(world: World) -> None:
    """Name the driver's own policy: `speculation`."""
    kind = world.workspace.driver.driver_type
    if kind == "acsylla":
        import acsylla  # noqa: PLC0415 - may be missing

        policy: Any = acsylla.SpeculativeExecutionPolicy(int(SPECULATION_DELAY * 1000), 2)
    elif kind == "python-rs":
        from scylla.policies.speculative_execution import (  # noqa: PLC0415 - may be missing
            SimpleSpeculativeExecutionPolicy,
        )

        policy = SimpleSpeculativeExecutionPolicy(SPECULATION_DELAY, 2)
    else:
        from cassandra.policies import ConstantSpeculativeExecutionPolicy  # noqa: PLC0415 - may be missing

        policy = ConstantSpeculativeExecutionPolicy(SPECULATION_DELAY, 2)
    world.names["speculation"] = policy


@then(parsers.parse("each of the {count:d} articles that were acknowledged is found at {level}"))
def nothing_is_lost(world: World, livingdoc: LivingDoc, count: int, level: str) -> None:
    """Read every article that a bulk save told to be written."""
    loaded, model = world.names["loaded"], world.model("Article")
    failed = {article.number for article, _ in loaded.failed}
    acknowledged = set(range(count)) - failed
    assert loaded.saved == len(acknowledged)
    numbers = sorted(acknowledged)
    parts = [numbers[start : start + PART] for start in range(0, len(numbers), PART)]
    queries = [model.find(number__in=part).consistency(level) for part in parts]
    answers = world.call(world.names["gather"], *queries, concurrency=2)
    found = {article.number for part in answers for article in part}
    livingdoc.attach_text(
        "rows", f"{count} written, {len(acknowledged)} acknowledged, {len(found)} found at {level}"
    )
    assert found == acknowledged


@then(parsers.parse("the {name} table holds each of the rows that were drawn, once"))
def each_once(world: World, livingdoc: LivingDoc, name: str) -> None:
    """Compare the table with what the program has drawn: numbers from 0 on."""
    drawn = world.names["drawn"]
    rows = world.call(world.model(name).find().consistency("ALL").all)
    livingdoc.attach_text("rows", f"{drawn} rows drawn, {len(rows)} rows in the table")
    assert sorted((row.number, row.name) for row in rows) == [
        (number, f"article {number}") for number in range(drawn)
    ]


@when(
    parsers.parse(
        "{count:d} orders are saved, each in one logged batch of two tables, and each batch is cut somewhere else"
    ),
    target_fixture="cut_orders",
)
def cut_batches(
    world: World, relays: list[Relay], own_connections: dict[str, AbstractDriver], count: int
) -> list[int]:
    """Save orders over connections that break: the first after a part of the batch, the last after all of it."""
    (relay,) = relays
    unanswered = []
    for number in range(1, count + 1):
        relay.mend()
        place = {"hosts": [relay.address], "keyspace": world.workspace.keyspace}
        world.call(world.names["init_coodie"], **place, name="cut", default=True)
        _save_order(world, 0)  # prepares, and tells how long a batch is
        before = relay.passed
        _save_order(world, 0)
        if number == count:
            relay.cut_at_answer()  # the last batch arrives whole, and its answer finds nobody
        else:
            relay.cut_after(max(1, (relay.passed - before) * number // count))
        try:
            _save_order(world, number)
        except OperationError:
            unanswered.append(number)
        own_connections.pop("cut").close()
    world.workspace.become_default()
    return unanswered


@then("no order stands in one table only, and the last, which arrived whole, stands in both")
def orders_are_whole(world: World, cut_orders: list[int], livingdoc: LivingDoc) -> None:
    """Look for the orders in both tables until the last has arrived."""
    last = cut_orders[-1]
    assert len(cut_orders) == last, cut_orders
    deadline = time.monotonic() + PATIENCE
    while last not in (found := _found(world))[0] & found[1]:
        assert time.monotonic() < deadline, f"order {last} has not come"
    by_number, by_customer = found
    whole = sorted(set(cut_orders) & by_number)
    livingdoc.attach_text(
        "batches",
        f"{len(cut_orders)} connections cut in the middle of a batch: {len(whole)} batches were applied as a whole, "
        f"{len(cut_orders) - len(whole)} not at all, 0 in part",
    )
    assert by_number == by_customer


def _save_order(world: World, number: int) -> None:
    batch = world.names["BatchQuery" if world.colour == "sync" else "AsyncBatchQuery"]()
    for model in (world.model("Order"), world.model("OrderOfCustomer")):
        world.call(model(number=number, customer="ada", total=1).save, batch=batch)
    world.call(batch.execute)


def _found(world: World) -> tuple[set[int], set[int]]:
    by_number = world.call(world.model("Order").find().all)
    by_customer = world.call(world.model("OrderOfCustomer").find().all)
    return {order.number for order in by_number}, {order.number for order in by_customer}


def _number(ordinal: str) -> int:
    return ("first", "second", "third").index(ordinal) + 1
