"""What the steps of a scenario share: the colour and driver that it runs in, its models, and what came of each step.

Scenarios of the library run once for each colour and driver; those of the demos have neither.
"""

from __future__ import annotations

import datetime as dt
import decimal
import ipaddress
import itertools
import sys
import uuid
from contextlib import contextmanager
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

import pydantic
import pytest

import coodie
from coodie.drivers import get_driver
from coodie.exceptions import UnsupportedByDriver
from coodie.execution import add_observer, observe
from steps.library_models import models
from steps.snippets import Snippet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from anyio.from_thread import BlockingPortal
    from pytest_bdd.parser import Scenario, Step

    from coodie.livingdoc.attach import LivingDoc
    from coodie.observation import Observation
    from coodie.server import Server
    from steps.workspaces import Workspace, Workspaces

Colour = Literal["sync", "aio"]
DEFAULT_DRIVERS = "cassandra"
REFUSAL = "it is refused"
NEXT = pytest.StashKey[str]()
PLACE = pytest.StashKey[tuple[str, int]]()
DISTRIBUTIONS = {
    "cassandra": "cassandra-driver",
    "scylla": "scylla-driver",
    "acsylla": "acsylla",
    "python-rs": "scylladb-rs-driver",
}
PRODUCTS = {"scylla_only": "ScyllaDB", "cassandra_only": "Cassandra"}


class World:
    """One scenario in one colour with one driver."""

    def __init__(
        self,
        node: pytest.Item,
        colour: Colour,
        workspace: Workspace,
        portal: BlockingPortal,
        server: Server,
        livingdoc: LivingDoc,
    ) -> None:
        self.colour, self.workspace, self.server = colour, workspace, server
        self.prepared: list[str] = []
        self.sent: list[Observation] = []
        self.result: Any = None
        self.refusal: Exception | None = None
        self._node, self._portal, self._livingdoc = node, portal, livingdoc
        self.names = _vocabulary(colour)
        self.names.update(
            address=str(server.address), host=server.host, port=server.port, keyspace=workspace.keyspace
        )

    def call(self, function: Callable[..., Any], *arguments: Any, **keywords: Any) -> Any:
        """Call a function of the scenario's colour, and await what it gives when that is a coroutine."""
        with self._within_the_driver():
            if self.colour == "sync":
                return function(*arguments, **keywords)

            async def awaited() -> Any:
                return await function(*arguments, **keywords)

            return self._portal.call(awaited)

    def run(self, source: str) -> Any:
        """Execute the Python of a step in the scenario's colour; what it defines stays for later steps."""
        self.names["result"] = self.result
        snippet = Snippet(source, *self._node.stash[PLACE])
        with self._within_the_driver():
            if self.colour == "sync":
                return snippet.run(self.names)
            try:
                return snippet.run_awaiting(self.names, self._portal)
            finally:
                if snippet.waits:
                    self._livingdoc.attach_text("with coodie.aio", snippet.awaited, "text/x-python")

    @contextmanager
    def _within_the_driver(self) -> Iterator[None]:
        """Skip a scenario that needs what its driver refuses by name; the contract suite holds what that may be."""
        try:
            yield
        except UnsupportedByDriver as error:
            pytest.skip(str(error))

    @contextmanager
    def acting(self) -> Iterator[None]:
        """Watch what a step does: its statements, and its error where the next sentence expects a refusal."""
        self.sent.clear()
        self.result = self.refusal = None
        stop = add_observer(self.sent.append)
        try:
            yield
        except Exception as error:
            if not self._node.stash.get(NEXT, "").startswith(REFUSAL):
                raise
            self.refusal = error
        finally:
            stop()

    def model(self, name: str) -> Any:
        """Return a model by its name."""
        found = self.names.get(name)
        assert isinstance(found, type), f"no model is called {name}"
        return found


def _vocabulary(colour: Colour) -> dict[str, Any]:
    """Return what a snippet may name without importing it, as the names of a module: pydantic looks them up there."""
    flavour = import_module(f"coodie.{colour}")
    module = ModuleType(f"steps.snippet_in_{colour}")
    sys.modules[module.__name__] = module
    vars(module).update(
        {
            **{name: getattr(coodie, name) for name in coodie.__all__},
            **{name: getattr(flavour, name) for name in flavour.__all__},
            **models(colour),
            **{
                each.__name__: each for each in (dt.datetime, dt.date, dt.time, dt.timedelta, decimal.Decimal)
            },
            **{each.__name__: each for each in (uuid.UUID, ipaddress.IPv4Address, ipaddress.IPv6Address)},
            **{name: getattr(pydantic, name) for name in ("AnyUrl", "SecretStr")},
            "UTC": dt.UTC,
            "Annotated": Annotated,
            "Any": Any,
            "Path": Path,
            "get_driver": get_driver,
            "observe": observe,
        }
    )
    return vars(module)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the command line choose the drivers of the library's scenarios."""
    parser.getgroup("coodie").addoption(
        "--coodie-drivers",
        default=None,
        metavar="NAMES",
        help=f"drivers that run the library's features, separated by commas (default: {DEFAULT_DRIVERS})",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each scenario below features/library in both colours, with every driver.

    Those that break nodes take long: there each colour and each driver has its turn, and not each pair of them.
    """
    library = metafunc.config.rootpath / "features" / "library"
    if metafunc.definition.path.is_relative_to(library):
        drivers = (metafunc.config.getoption("--coodie-drivers") or DEFAULT_DRIVERS).split(",")
        colours = get_args(Colour)
        pairs = list(itertools.product(colours, drivers))
        if metafunc.definition.get_closest_marker("faults"):
            turns = range(max(len(colours), len(drivers)))
            pairs = [(colours[turn % len(colours)], drivers[turn % len(drivers)]) for turn in turns]
        metafunc.fixturenames += ["colour", "driver"]
        metafunc.parametrize(("colour", "driver"), pairs, indirect=True)


@pytest.fixture
def colour(request: pytest.FixtureRequest) -> Colour:
    """The colour of the running scenario: `sync` or `aio`."""
    found: Colour = request.param
    return found


@pytest.fixture
def driver(request: pytest.FixtureRequest) -> str:
    """The driver type of the running scenario."""
    return str(request.param)


@pytest.fixture
def world(
    request: pytest.FixtureRequest,
    colour: Colour,
    driver: str,
    workspaces: Workspaces,
    portal: BlockingPortal,
    coodie_server: Server,
    livingdoc: LivingDoc,
) -> World:
    """What the steps of this scenario share."""
    for mark, product in PRODUCTS.items():
        if request.node.get_closest_marker(mark) and product != coodie_server.product:
            pytest.skip(f"this is for {product} only; the server here is {coodie_server.title}")
    workspace = workspaces.get(colour, driver)
    workspace.become_default()
    livingdoc.set_meta("server", str(workspace.driver.server))
    livingdoc.set_meta("driver", f"{DISTRIBUTIONS[driver]} {version(DISTRIBUTIONS[driver])}")
    return World(request.node, colour, workspace, portal, coodie_server, livingdoc)


def pytest_bdd_before_scenario(request: pytest.FixtureRequest) -> None:
    """Prepare the world before the first step, so that a scenario that cannot run here says so at once."""
    if "colour" in getattr(getattr(request.node, "callspec", None), "params", {}):
        request.getfixturevalue("world")


def pytest_bdd_before_step(request: pytest.FixtureRequest, scenario: Scenario, step: Step) -> None:
    """Note where the step's text stands, and the next sentence: it says whether this step is to be refused."""
    position = next(place for place, each in enumerate(scenario.steps) if each is step)
    following = scenario.steps[position + 1 :]
    request.node.stash[NEXT] = following[0].name if following else ""
    request.node.stash[PLACE] = (scenario.feature.filename, step.line_number + 2)
