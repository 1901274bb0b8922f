"""The publisher: collects the records of a run and writes the messages, the page and a line of history."""

from __future__ import annotations

import json
import shutil
import time
import traceback
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

import pytest

from coodie.livingdoc import history, messages, surroundings
from coodie.livingdoc.plugin import IMAGES
from coodie.livingdoc.recorder import PROPERTY
from coodie.livingdoc.render import render

if TYPE_CHECKING:
    from collections.abc import Generator

    from coodie.livingdoc.recorder import Recorder
    from coodie.livingdoc.records import Absent, Case, Handed, LastWords, LateEvidence

PHASES = {"setup", "call", "teardown"}


class Publisher:
    """Takes records out of test reports; writes the document once the session has ended.

    A document that cannot be written where it should be is written elsewhere, and fails the run; so does one that
    cannot be written at all.
    """

    def __init__(
        self, config: pytest.Config, directory: Path, images: Path, recorder: Recorder | None
    ) -> None:
        self._config, self._directory, self._images, self._recorder = config, directory, images, recorder
        self._cases: dict[tuple[str, int], Case] = {}
        self._late: list[LateEvidence] = []
        self._absent: list[Absent] = []
        self._started = time.time()
        self._last_lines: list[str] = []

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Tell a worker where pictures wait."""
        node.workerinput[IMAGES] = str(self._images)

    @pytest.hookimpl
    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note what could not be collected: the document lacks it."""
        if report.failed:
            self._lacks(report)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take the record out of a report, so that other reporters do not print it."""
        for entry in [each for each in report.user_properties if each[0] == PROPERTY]:
            report.user_properties.remove(entry)
            handed: Handed = json.loads(str(entry[1]))
            self._add(handed["cases"])
            self._absent.extend(handed["absent"])
        if report.when not in PHASES:  # its process has ended, so nobody can tell what happened
            self._lacks(report)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take a worker's last words."""
        words = getattr(node, "workeroutput", {}).get(PROPERTY)
        if words is not None:
            self._take(json.loads(words))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None, None, None]:
        """Write everything, when scenarios ran at all."""
        yield
        if self._recorder is not None:
            self._take(self._recorder.last_words())
        if self._cases:
            self._publish(session)
        elif any(".feature" in each["place"] for each in self._absent):
            self._last_lines.append("living document: not written, for no scenario ran")
        shutil.rmtree(self._images, ignore_errors=True)

    @pytest.hookimpl(trylast=True)
    def pytest_unconfigure(self, config: pytest.Config) -> None:
        """Say, last of all, where the document is."""
        shutil.rmtree(self._images, ignore_errors=True)
        terminal: Any = config.pluginmanager.get_plugin("terminalreporter")
        for line in self._last_lines if terminal is not None else ():
            terminal.write_line(line)

    def _lacks(self, report: pytest.CollectReport | pytest.TestReport) -> None:
        why = _first_lines(report.longreprtext.replace(f"{self._config.rootpath}/", ""))
        self._absent.append({"place": report.nodeid, "message": why})

    def _take(self, words: LastWords) -> None:
        self._add(words["cases"])
        self._late.extend(words["late"])

    def _add(self, cases: list[Case]) -> None:
        for case in cases:
            self._cases[case["id"], case["attempt"]] = case

    def _publish(self, session: pytest.Session) -> None:
        try:
            place = self._write(self._directory)
        except OSError as error:
            elsewhere = Path(mkdtemp(prefix="livingdoc-"))
            self._fail(session, f"living document: cannot be written to {self._directory}: {error}")
            place = self._write(elsewhere)
        except Exception:  # noqa: BLE001 - a document that fails must not hide how the tests went
            lines = traceback.format_exc().rstrip().splitlines()
            self._fail(session, *lines, f"living document: not written: {lines[-1]}")
            return
        self._last_lines.append(f"living document: {place}")

    def _fail(self, session: pytest.Session, *lines: str) -> None:
        self._last_lines.extend(lines)
        if session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.INTERNAL_ERROR

    def _write(self, directory: Path) -> Path:
        directory.mkdir(parents=True, exist_ok=True)
        cases = list(self._cases.values())
        around = surroundings.describe(self._config.rootpath, cases)
        about = " ".join(self._config.getini("livingdoc_about").split())
        if about:
            around["about"] = about
        chapters = self._config.getini("livingdoc_chapters")
        if chapters:
            around["chapters"] = " ".join(chapters)
        run = messages.Run(
            cases=cases,
            late=self._late,
            images=self._images,
            started=self._started,
            finished=time.time(),
            environment=around,
            absent=self._absent,
            root=self._config.rootpath,
        )
        envelopes = messages.write(run, directory / "messages.ndjson")
        history.append(directory / "history.ndjson", run)
        page = render(envelopes, history.read(directory / "history.ndjson"))
        (directory / "index.html").write_text(page, "utf-8", "backslashreplace")
        return directory / "index.html"


def _first_lines(text: str) -> str:
    """Keep what a reader needs of a report; the terminal has it whole."""
    lines = text.strip().splitlines()
    return "\n".join(lines if len(lines) <= 12 else [*lines[:4], "…", *lines[-6:]])  # noqa: PLR2004
