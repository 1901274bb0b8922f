"""The pytest plugin: `--livingdoc=DIR` records the scenarios that run and writes the living document to DIR.

pytest loads it in every project where coodie is installed, so it imports next to nothing until the option is given.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from coodie.livingdoc.attach import LivingDoc

RECORDER = "coodie-livingdoc-recorder"
PUBLISHER = "coodie-livingdoc-publisher"
IMAGES = "livingdoc-images"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--livingdoc`."""
    group = parser.getgroup("livingdoc", "living documentation")
    group.addoption(
        "--livingdoc",
        metavar="DIR",
        default=None,
        help="record the scenarios that run and write DIR/index.html, DIR/messages.ndjson, DIR/history.ndjson",
    )
    parser.addini(
        "livingdoc_features", "folder of all feature files, relative to the root", default="features"
    )
    parser.addini(
        "livingdoc_chapters",
        "feature folders, and features within them, in the order of the document; others follow by name",
        type="linelist",
    )
    parser.addini("livingdoc_about", "what the project is, in a few sentences (default: its description)")
    parser.addini("livingdoc_steps", "folder whose step definitions must all be used", default="steps")


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Let projects say what else counts as a statement."""
    pluginmanager.add_hookspecs(import_module("coodie.livingdoc.hooks"))


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Start the recorder in each process that runs tests, and the publisher in the one that reports."""
    folder = config.getoption("--livingdoc")
    if not folder or config.option.collectonly or not config.pluginmanager.has_plugin("pytest-bdd"):
        return
    try:
        _start(config, config.rootpath / folder)
    except ModuleNotFoundError as missing:
        raise pytest.UsageError(
            f"--livingdoc needs {missing.name}: pip install 'coodie[livingdoc]>=2.0.0.dev0'"
        ) from missing


def _start(config: pytest.Config, directory: Path) -> None:
    worker: dict[str, str] | None = getattr(config, "workerinput", None)
    distributes = worker is None and getattr(config.option, "dist", "no") != "no"
    # Pictures wait outside of the reports: those stay as they are until a whole new one can be written.
    images = Path(mkdtemp(prefix="livingdoc-images-")) if worker is None else Path(worker[IMAGES])
    recorder = None
    if not distributes:
        make_recorder = import_module("coodie.livingdoc.recorder").Recorder
        recorder = make_recorder(config, images, "" if worker is None else worker["workerid"])
        config.pluginmanager.register(recorder, RECORDER)
    if worker is None:
        make_publisher = import_module("coodie.livingdoc.publisher").Publisher
        config.pluginmanager.register(make_publisher(config, directory, images, recorder), PUBLISHER)


@pytest.fixture(scope="session")
def livingdoc(pytestconfig: pytest.Config) -> LivingDoc:
    """Attach evidence to the running step; does nothing unless `--livingdoc` records."""
    api: LivingDoc = import_module("coodie.livingdoc.attach").LivingDoc(
        pytestconfig.pluginmanager.get_plugin(RECORDER)
    )
    return api
