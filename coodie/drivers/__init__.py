"""Drivers: thin adapters that turn a `Statement` into `Rows`, and the connections that applications register."""

from coodie.drivers.base import AbstractDriver
from coodie.drivers.connect import init_coodie, init_coodie_async
from coodie.drivers.lazy import LazyDriver
from coodie.drivers.registry import get_driver, register_driver

__all__ = [
    "AbstractDriver",
    "LazyDriver",
    "get_driver",
    "init_coodie",
    "init_coodie_async",
    "register_driver",
]
