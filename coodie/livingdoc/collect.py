"""Feature files as test modules: `features/library/ttl.feature::test_…` without a Python file for each.

A project asks for this in its root `conftest.py`:

    pytest_plugins = ["coodie.livingdoc.collect", *step_modules(Path(__file__).with_name("steps"))]

`features/library/ttl.feature::A session ends by itself` selects a scenario by its title. Each check of `guards`
that fails is an error of the collection, with file, line and remedy.
"""

from __future__ import annotations

from types import FunctionType, ModuleType
from typing import TYPE_CHECKING

import pytest
from pytest_bdd import scenarios
from pytest_bdd.scenario import make_python_name, scenario_wrapper_template_registry

from coodie.livingdoc import guards

if TYPE_CHECKING:
    from pathlib import Path

_COLLECTED = pytest.StashKey[bool]()


def step_modules(folder: Path) -> list[str]:
    """Name the modules in a project's folder of steps, for `pytest_plugins`.

    Assertions are rewritten in the whole package first, so that step modules may import one another in any order.
    """
    pytest.register_assert_rewrite(folder.name)
    return [
        ".".join(path.relative_to(folder.parent).with_suffix("").parts)
        for path in sorted(folder.rglob("*.py"))
        if path.name != "__init__.py"
    ]


def pytest_configure(config: pytest.Config) -> None:
    """Let a scenario be selected by its title."""
    config.args[:] = [_by_test_name(argument) for argument in config.args]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> FeatureFile | None:
    """Collect a feature file as a module of scenarios."""
    if file_path.suffix != ".feature":
        return None
    parent.config.stash[_COLLECTED] = True
    module: FeatureFile = FeatureFile.from_parent(parent, path=file_path)
    return module


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(session: pytest.Session) -> None:
    """Report the faults of step definitions as errors of the collection, once any feature is collected."""
    config = session.config
    if not config.stash.get(_COLLECTED, False):
        return
    features = config.rootpath / config.getini("livingdoc_features")
    steps = config.rootpath / config.getini("livingdoc_steps")
    for fault in (
        *guards.async_steps(config.rootpath),
        *guards.unused_steps(features, steps, config.rootpath),
    ):
        report = pytest.CollectReport(nodeid=fault.place, outcome="failed", longrepr=fault.message, result=[])
        config.hook.pytest_collectreport(report=report)


class FeatureFile(pytest.Module):
    """A feature file: a module that holds a test function for each scenario."""

    def _getobj(self) -> ModuleType:
        fault = guards.feature_fault(self.path)
        if fault is not None:
            raise self.CollectError(fault)
        module = ModuleType(self.path.stem)
        namespace = vars(module)
        # pytest-bdd takes file and namespace from the frame that calls it: this one bears the feature's name.
        namespace["scenarios"] = scenarios
        exec(compile(f"scenarios({str(self.path)!r})", self.path, "exec"), namespace)  # noqa: S102 - our own text
        del namespace["scenarios"]
        for function in namespace.values():
            template = scenario_wrapper_template_registry.get(function) if callable(function) else None
            if template is not None:
                function.__module__ = module.__name__
                function.place_as = _standing_at(self.path, template.line_number)
        return module


def _standing_at(path: Path, line: int) -> FunctionType:
    """Return a function that pytest takes to stand there, for the places that it reports."""
    code = _standing_at.__code__.replace(co_filename=str(path), co_firstlineno=line)
    return FunctionType(code, {})


def _by_test_name(argument: str) -> str:
    path, separator, title = argument.partition(".feature::")
    if not separator or title.startswith("test_"):
        return argument
    return f"{path}{separator}test_{make_python_name(title)}"
