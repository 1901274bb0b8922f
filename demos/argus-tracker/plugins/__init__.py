"""The run types: each module beside this one is a plug-in, and being there is all it takes to be registered."""

from functools import reduce
from importlib import import_module
from operator import or_
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from plugins.base import TestRun


def load() -> dict[str, type[TestRun]]:
    """Import every plug-in; return its class by the word that stands in the table."""
    for module in sorted(each.name for each in iter_modules(__path__)):
        import_module(f"{__name__}.{module}")
    return {str(kind.model_fields["plugin"].default): kind for kind in TestRun.__subclasses__()}


PLUGINS = load()

if TYPE_CHECKING:
    AnyRun = TestRun
else:
    AnyRun = Annotated[reduce(or_, PLUGINS.values()), Field(discriminator="plugin")]

__all__ = ["PLUGINS", "AnyRun", "TestRun"]
