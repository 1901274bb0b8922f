"""The publisher: collects the records of a run and writes the messages, the page and a line of history."""

from __future__ import annotations

import json
import shutil
import time
from typing import TYPE_CHECKING, Any

import pytest

from coodie.livingdoc import history, messages, surroundings
from coodie.livingdoc.recorder import PROPERTY
from coodie.livingdoc.render import render

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from coodie.livingdoc.recorder import Recorder
    from coodie.livingdoc.records import Case, LastWords, LateEvidence


class Publisher:
    """Takes records out of test reports; writes the document once the session has ended."""

    def __init__(self, config: pytest.Config, directory: Path, recorder: Recorder | None) -> None:
        self._config, self._directory, self._recorder = config, directory, recorder
        self._cases: list[Case] = []
        self._late: list[LateEvidence] = []
        self._started = time.time()
        self._published = False

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take the record out of a report, so that other reporters do not print it."""
        for entry in [each for each in report.user_properties if each[0] == PROPERTY]:
            report.user_properties.remove(entry)
            self._cases.append(json.loads(str(entry[1])))

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take a worker's last words."""
        words = getattr(node, "workeroutput", {}).get(PROPERTY)
        if words is not None:
            self._take(json.loads(words))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self) -> Generator[None, None, None]:
        """Write everything, when scenarios ran at all."""
        yield
        if self._recorder is not None:
            self._take(self._recorder.last_words())
        if self._cases:
            self._publish()

    @pytest.hookimpl(trylast=True)
    def pytest_unconfigure(self, config: pytest.Config) -> None:
        """Say, last of all, where the document is."""
        terminal: Any = config.pluginmanager.get_plugin("terminalreporter")
        if self._published and terminal is not None:
            terminal.write_line(f"living document: {self._directory / 'index.html'}")

    def _take(self, words: LastWords) -> None:
        self._cases.extend(words["cases"])
        self._late.extend(words["late"])

    def _publish(self) -> None:
        images = self._directory / ".images"
        self._directory.mkdir(parents=True, exist_ok=True)
        around = surroundings.describe(self._config.rootpath, self._cases)
        chapters = self._config.getini("livingdoc_chapters")
        if chapters:
            around["chapters"] = " ".join(chapters)
        run = messages.Run(
            cases=self._cases,
            late=self._late,
            images=images,
            started=self._started,
            finished=time.time(),
            environment=around,
        )
        envelopes = messages.write(run, self._directory / "messages.ndjson")
        history.append(self._directory / "history.ndjson", run)
        page = render(envelopes, history.read(self._directory / "history.ndjson"))
        (self._directory / "index.html").write_text(page, "utf-8", "backslashreplace")
        shutil.rmtree(images, ignore_errors=True)
        self._published = True
