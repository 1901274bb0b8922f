"""Connections that a scenario opens by itself, and the environment that it finds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytest_bdd import given, parsers

from coodie.drivers import AbstractDriver, get_driver
from coodie.server import state

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steps.world import World


@pytest.fixture
def own_connections(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, AbstractDriver]]:
    """An empty register of connections, and the scenario's driver as the default; what it opens is closed after it."""
    assert get_driver() is world.workspace.driver
    monkeypatch.setenv("COODIE_DRIVER", world.workspace.driver.driver_type)
    opened: dict[str, AbstractDriver] = {}
    monkeypatch.setattr("coodie.drivers.registry._drivers", opened)
    monkeypatch.setattr("coodie.drivers.registry._default", [])
    yield opened
    for driver in list(opened.values()):
        driver.close()


@pytest.fixture
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in place of the one where the user's servers are noted."""
    monkeypatch.setenv("COODIE_STATE_DIR", str(tmp_path))
    return tmp_path


@given("no connection is open")
def no_connection(own_connections: dict[str, AbstractDriver]) -> None:
    """Put the suite's own connections aside."""
    assert own_connections == {}


@given(parsers.parse("the environment variable {name} is the address of the server"))
def variable_is_address(world: World, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Set a variable for this scenario."""
    monkeypatch.setenv(name, str(world.server.address))


@given("`coodie server up` has started the server")
def standing_server(world: World, own_state: Path) -> None:
    """Leave the note that the command leaves."""
    assert own_state.is_dir()
    state.save(world.server)


@given("`coodie server up` has started nothing")
def no_standing_server(own_state: Path) -> None:
    """Look where the command leaves its notes."""
    assert list(own_state.iterdir()) == []


@given(parsers.parse("the environment variable {name} is not set"))
def variable_is_absent(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Remove a variable for this scenario."""
    monkeypatch.delenv(name, raising=False)
