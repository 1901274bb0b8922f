"""What tests of the library share: a connection that lives in memory, and a registry that is put back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from memory_driver import MemoryDriver

from coodie.cql.dialect import Dialect
from coodie.drivers import register_driver
from coodie.drivers import registry as registry_module
from tests.demo_family import demo

__all__ = ["demo"]  # a fixture, of tests in several folders

# How long an example takes says how busy the machine is.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture
def registry() -> Iterator[None]:
    """An empty registry of connections; what was registered before comes back after the test."""
    before, default = dict(registry_module._drivers), list(registry_module._default)
    registry_module._drivers.clear()
    registry_module._default.clear()
    try:
        yield
    finally:
        registry_module._drivers.clear()
        registry_module._drivers.update(before)
        registry_module._default[:] = default


@pytest.fixture
def memory(registry: None) -> MemoryDriver:  # noqa: ARG001 - put back after the test
    """The default connection: one that keeps what it is sent, with keyspace `ks`."""
    driver = MemoryDriver()
    register_driver("default", driver)
    return driver


@pytest.fixture
def scylla(memory: MemoryDriver) -> MemoryDriver:
    """The default connection, pretending that a ScyllaDB server answers."""
    return memory.speak(Dialect.SCYLLA, "2026.1")
