"""The recorder: pytest's and pytest-bdd's hooks make one record per scenario run and hand it on with its report."""

from __future__ import annotations

import json
import shutil
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from pytest_bdd.scenario import scenario_wrapper_template_registry

from coodie.livingdoc.adapters import Record, coodie_statements, of_observation
from coodie.livingdoc.evidence import Bounded, LogTail, relative, trouble
from coodie.livingdoc.failures import comparison, failure_of, notes, plain, skip_reason, trace_of
from coodie.livingdoc.open_case import OpenCase
from coodie.livingdoc.step_definitions import arguments, context_of, definition

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from pytest_bdd.parser import ScenarioTemplate, Step

    from coodie.livingdoc.records import Case, Evidence, Handed, LastWords, LateEvidence

PROPERTY = "livingdoc"
EXAMPLE = "_pytest_bdd_example"


class Recorder:
    """Records the scenarios of this process; each record travels in `report.user_properties` of its tear-down.

    What cannot be recorded is told in the step it belongs to, and its scenario fails by it; the session goes on.
    """

    def __init__(self, config: pytest.Config, images: Path, worker: str) -> None:
        self.root, self.images, self._worker = config.rootpath, images, worker
        self._folder = Path(mkdtemp(prefix="livingdoc-"))
        self.log = self._folder / "statements.ndjson"
        self._tail = LogTail(self.log)
        self._case: OpenCase | None = None
        self._handed: list[Case] = []  # the earlier attempts at the running case
        self._meta: dict[str, list[str]] = {}
        self._late: list[LateEvidence] = []
        self._compared: Evidence | None = None
        self._sources: dict[str, str] = {}
        named = [each for found in config.hook.pytest_livingdoc_adapters(config=config) for each in found]
        self._endings = [
            adapter(partial(self.sent, str(number)))
            for number, adapter in enumerate((coodie_statements, *named))
        ]

    @property
    def step_id(self) -> str | None:
        """The id of the running step."""
        return None if self._case is None else self._case.current.id

    def attach(self, evidence: Evidence) -> None:
        """Take evidence for the running step; outside a scenario it is dropped."""
        if self._case is not None:
            self._case.current.attached.append(evidence)

    def sent(self, kind: str, text: str, make: Callable[[], Record]) -> None:
        """Take something that was sent during the running step; outside a scenario it is dropped."""
        if self._case is not None:
            self._case.current.take(kind, text, make)

    def set_meta(self, key: str, value: str) -> None:
        """Take a fact about the environment; the latest of its values comes last."""
        values = self._meta.setdefault(key, [])
        if value in values:
            values.remove(value)
        values.append(value)

    # --- pytest

    @pytest.hookimpl
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Keep the text of each feature file: somebody may edit it while the scenarios run."""
        templates = filter(None, map(scenario_template, session.items))
        for path in {Path(template.feature.filename) for template in templates}:
            self._sources[relative(path, self.root)] = path.read_text("utf-8")

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Open a case around a scenario's whole protocol."""
        template = scenario_template(item)
        if template is not None:
            self._case = self._open(item, template)
        result = yield
        self._case = None
        self._handed.clear()
        return result

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Open the case again when a plugin repeats it, because it failed."""
        template = scenario_template(item)
        if self._handed and template is not None:
            self._case = self._open(item, template, self._handed[-1])

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_teardown(self) -> None:
        """Give what the fixtures do from now on to the case's `after`."""
        if self._case is not None:
            self._case.open_after()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(
        self, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Learn the outcome of a phase; hand the record on with the last."""
        report = yield
        case = self._case
        if case is not None:
            with self._telling():
                self._judge(case, report, call)
            if report.when == "teardown":
                self._hand_on(case, report)
        return report

    @pytest.hookimpl
    def pytest_assertrepr_compare(self, op: str, left: object, right: object) -> None:
        """Keep both sides of the comparison that failed last."""
        with self._telling() as case:
            if case is not None:
                self._compared = comparison(op, left, right)

    @pytest.hookimpl
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Leave a worker's last words for the process that reports."""
        output = getattr(session.config, "workeroutput", None)
        if output is not None:
            output[PROPERTY] = json.dumps(self.last_words())

    @pytest.hookimpl
    def pytest_unconfigure(self) -> None:
        """Stop observing; remove the statement log."""
        for end in self._endings:
            end()
        shutil.rmtree(self._folder, ignore_errors=True)

    def last_words(self) -> LastWords:
        """Return the case that an interrupt has cut off, and statements that arrived after theirs was handed on."""
        unfinished = [] if self._case is None else [*self._handed, self._close(self._case)]
        self._case = None
        self._read_log(None)
        return {"cases": unfinished, "late": self._late}

    # --- pytest-bdd

    @pytest.hookimpl(tryfirst=True)
    def pytest_bdd_before_step(self, step: Step, step_func: Callable[..., object]) -> None:
        """Open a step; what its fixtures send is told apart from what it sends itself."""
        if self._case is None:
            return
        span = self._case.open_step()
        self._compared = None
        with self._telling():
            context = context_of(step_func, step.name)
            if context is not None:
                span.definition = definition(context, self.root)
                span.arguments = arguments(context, step.name)

    @pytest.hookimpl(trylast=True)
    def pytest_bdd_before_step_call(self) -> None:
        """Note that the fixtures are there and the step itself begins."""
        if self._case is not None:
            self._case.current.phase = "step"

    @pytest.hookimpl(tryfirst=True)
    def pytest_bdd_after_step(self) -> None:
        """Close a step that passed."""
        with self._telling() as case:
            if case is not None:
                case.current.close("PASSED")
                self._read_log(case)

    @pytest.hookimpl(tryfirst=True)
    def pytest_bdd_step_error(self, exception: BaseException) -> None:
        """Close a step that failed."""
        with self._telling() as case:
            if case is not None:
                case.current.fail(failure_of(exception, self.root))
                self._read_log(case)
                if self._compared is not None and isinstance(exception, AssertionError):
                    case.current.attached.append(self._compared)
                case.current.attached.extend(notes(exception))

    @pytest.hookimpl
    def pytest_bdd_step_func_lookup_error(self, exception: Exception) -> None:
        """Record a step that nobody has defined."""
        if self._case is not None:
            self._case.open_step().fail(failure_of(exception, self.root), "UNDEFINED")

    # --- helpers

    @contextmanager
    def _telling(self) -> Iterator[OpenCase | None]:
        """Tell in the running step what could not be recorded; that ends neither the step nor the session."""
        try:
            yield self._case
        except Exception as error:
            if self._case is None:
                raise
            self._case.current.attached.append(trouble(error))

    def _open(self, item: pytest.Item, template: ScenarioTemplate, earlier: Case | None = None) -> OpenCase:
        callspec = getattr(item, "callspec", None)
        params = {} if callspec is None else dict(callspec.params)
        uri = relative(Path(template.feature.filename), self.root)
        return OpenCase(
            id=uuid4().hex[:12] if earlier is None else earlier["id"],
            attempt=0 if earlier is None else earlier["attempt"] + 1,
            node=item.nodeid,
            uri=uri,
            source=self._sources.pop(uri, None),
            line=template.line_number,
            example=_example_row(template, params.get(EXAMPLE)),
            params={name: str(value) for name, value in params.items() if name != EXAMPLE},
            worker=self._worker,
        )

    def _judge(self, case: OpenCase, report: pytest.TestReport, call: pytest.CallInfo[None]) -> None:
        span = {"setup": case.before, "call": case.steps[-1] if case.steps else None}.get(
            report.when, case.after
        )
        if report.passed:
            if report.when == "call":
                case.status = "PASSED"
            return
        if report.skipped:
            case.status, case.reason = "SKIPPED", skip_reason(report)
            if span is not None:
                span.close("SKIPPED", case.reason)
            return
        case.status = "FAILED"
        if span is None or call.excinfo is None:  # such as a strict xfail that passed
            case.reason = plain(report.longreprtext)
            return
        trace = trace_of(call.excinfo, self.root, report.longreprtext)
        span.fail(span.failure or failure_of(call.excinfo.value, self.root), "FAILED")
        if span.failure is not None:
            span.failure["trace"] = trace

    def _hand_on(self, case: OpenCase, report: pytest.TestReport) -> None:
        """Put the record of a case, and of earlier attempts at it, into the report of its tear-down."""
        try:
            self._handed.append(self._close(case))
            told: Handed = {"cases": self._handed, "absent": []}
            text = json.dumps(told)
        except Exception as error:  # noqa: BLE001 - the scenario fails by it
            why = f"the record is lost: {type(error).__name__}: {error}"
            text = json.dumps({"cases": [], "absent": [{"place": case.node, "message": why}]})
            case.unrecorded, case.reason = True, why
        if case.unrecorded and report.passed:
            report.outcome, report.longrepr = "failed", f"living document: {case.reason}"
        report.user_properties.append((PROPERTY, text))

    def _close(self, case: OpenCase) -> Case:
        with self._telling():
            self._read_log(case)
        late, self._late = self._late, []
        return case.close({key: list(values) for key, values in self._meta.items()}, late)

    def _read_log(self, case: OpenCase | None) -> None:
        for step_id, record in self._tail.read():
            span = None if case is None else case.span(step_id)
            make = partial(of_observation, record)
            if span is not None:
                span.served.add(record["cql"], make, "server")
            elif step_id is not None:
                late = Bounded()
                late.add(record["cql"], make, "server")
                self._late.extend({"step": step_id, "evidence": each} for each in late.evidence())


def scenario_template(item: pytest.Item) -> ScenarioTemplate | None:
    """Return the scenario that a test item runs, if it runs one."""
    function = getattr(item, "function", None)
    return None if function is None else scenario_wrapper_template_registry.get(function)


def _example_row(template: ScenarioTemplate, values: object) -> int | None:
    """Count which row of all the outline's examples has these values."""
    rows = [row for table in template.examples for row in table.as_contexts()]
    return rows.index(values) if values in rows else None
