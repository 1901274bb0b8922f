"""Texts that somebody hostile would send, at every place where a program may hand one on."""

from __future__ import annotations

import itertools
import re
import shlex
from typing import TYPE_CHECKING, Any

import hypothesis
from hypothesis import strategies as draw
from pydantic import ValidationError
from pytest_bdd import then

from coodie.exceptions import CoodieError, OperationError
from coodie.execution import observe
from steps.properties import examples
from steps.snippets import Snippet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from anyio.from_thread import BlockingPortal

    from coodie.livingdoc.attach import LivingDoc
    from steps.cells import Table
    from steps.commands import Project
    from steps.world import World

# Each has a character that no name of a keyspace, table, column or option here has.
CORPUS = (
    *("'", "''", '"', '""', "\\", "\\'", "`", "\0", "a\0b", "", " ", "?", ":name", "%s", "%(name)s"),
    *("{0}", "{name!r}", "$$", "-- ", "/*", "*/", "//", "x /* y", "*", "(", ")", "-1", "NaN!"),
    *(
        "x; DROP TABLE canary;",
        "'; DROP TABLE canary; --",
        '"; DROP TABLE canary; --',
        "$$; DROP TABLE canary; $$",
    ),
    *(
        '" = 1 OR "a',
        "x' OR 'a'='a",
        "1 OR 1=1",
        ") VALUES (1); --",
        "APPLY BATCH;",
        "name ASC",
        "number, name",
    ),
    *("\n", "\r\n", "\t", "a\nAPPLY BATCH", "ALLOW FILTERING", "USING TTL 1", "name = ?", "name__ "),
    *(
        "\u202edrop",
        "\u2066a\u2069",
        "\u200b",
        "\ufeff",
        "\u0130\u0131",
        "\uff07",
        "\uff02",
        "\u00a0",
        "e\u0301",
    ),
    *(
        "👩\u200d👧",
        "\ud800",
        "${jndi:ldap://x/a}",
        "../../etc/passwd",
        "__class__.__init__",
        "<script>",
        "\x1b[2J",
    ),
    *("a'" * 400, '"' * 401, "é" * 30_000, "a " * 32_768, "(" * 1000),
)
FRAGMENTS = draw.sampled_from([text for text in CORPUS if len(text) < 50]) | draw.text(max_size=8)
HOSTILE = (
    draw.lists(FRAGMENTS, min_size=1, max_size=6)
    .map("".join)
    .filter(lambda text: not re.fullmatch(r"\w+", text))
)
DRAWN = 20
LONGEST_MESSAGE = 1500
PLAIN = "plain"
# A command connects anew each time.
FOR_COMMANDS = [text for text in CORPUS if len(text) < LONGEST_MESSAGE][::5]
EXPECTED_EXITS = (0, 1, 2, 3)  # done, failed, wrong usage, no server
_QUOTED = re.compile(r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'")
_REFUSALS = (CoodieError, ValidationError)


def skeleton(cql: str) -> str:
    """Return a statement without what stands between quotes: all that a server would interpret."""
    return _QUOTED.sub(lambda found: found[0][0] * 2, cql)


class Attack:
    """Runs a call with one text after another, in the colour of the scenario; what `awaits` is async in either."""

    def __init__(self, world: World, portal: BlockingPortal, *, awaits: bool = False) -> None:
        self._world, self._portal = world, portal
        self._awaits = awaits or world.colour == "aio"
        self.tried = self.refused = 0
        self.sent: list[str] = []

    def run(self, source: str, text: str) -> Any:
        """Return what the call gives, or its refusal, which is a readable one."""
        self._world.names["text"] = text
        self.sent.clear()
        self.tried += 1
        snippet = Snippet(source)
        with observe(lambda each: self.sent.append(str(getattr(each.statement, "cql", each.statement)))):
            try:
                if self._awaits:
                    return snippet.run_awaiting(self._world.names, self._portal)
                return snippet.run(self._world.names)
            except _REFUSALS as error:
                self.refused += 1
                self._readable(error, text)
                return error

    @staticmethod
    def _readable(error: Exception, text: str) -> None:
        """Expect no flood in a log, and nothing that moves a terminal's cursor or hides what follows it."""
        said = str(error)
        assert len(said) <= LONGEST_MESSAGE, (len(said), said[:200])
        odd = [char for char in text if not char.isprintable() and char not in " \n"]
        assert not any(char in said for char in odd), ascii(said)


def _texts(check: Callable[[str], None]) -> None:
    """Hand over the whole corpus, and what Hypothesis makes of it."""
    for text in CORPUS:
        check(text)

    @examples(DRAWN)
    @hypothesis.given(HOSTILE)
    def drawn(text: str) -> None:
        check(text)

    drawn()


def _calls(datatable: Table) -> Iterator[list[str]]:
    yield from datatable[1:]


def _report(livingdoc: LivingDoc, attack: Attack, places: int, outcome: str) -> None:
    livingdoc.attach_text(
        "inputs", f"{attack.tried} hostile texts at {places} places: {attack.refused} refused, {outcome}"
    )


@then("each hostile text is refused in each of these calls, before anything is sent")
def refused_everywhere(world: World, portal: BlockingPortal, livingdoc: LivingDoc, datatable: Table) -> None:
    """Expect an error for each text at each place, and no statement."""
    attack = Attack(world, portal)
    for (call,) in _calls(datatable):

        def is_refused(text: str, call: str = call) -> None:
            result = attack.run(call, text)
            assert isinstance(result, _REFUSALS), f"{call} took {text[:80]!a} and gave {result!r}"
            assert attack.sent == [], f"{call} sent {attack.sent} for {text[:80]!a}"

        _texts(is_refused)
    _report(livingdoc, attack, len(datatable) - 1, "0 taken")


@then("each hostile text comes back as it was, or is refused, in each of these calls")
def comes_back(world: World, portal: BlockingPortal, livingdoc: LivingDoc, datatable: Table) -> None:
    """Expect what was written when it is read, by statements that are the same for each text."""
    attack = Attack(world, portal)
    for write, read in _calls(datatable):
        attack.run(write, PLAIN)
        usual = {skeleton(each) for each in attack.sent}

        def is_bound(text: str, write: str = write, read: str = read, usual: set[str] = usual) -> None:
            written = attack.run(write, text)
            assert {skeleton(each) for each in attack.sent} <= usual, attack.sent
            if not isinstance(written, _REFUSALS):
                assert attack.run(read, text) is True, f"{read} is not so for {text[:80]!a}"

        _texts(is_bound)
    _report(livingdoc, attack, len(datatable) - 1, "all others bound, stored and read back as they were")


@then("each hostile text changes only what stands between quotes, or is refused")
def only_between_quotes(world: World, portal: BlockingPortal, livingdoc: LivingDoc, docstring: str) -> None:
    """Compare the CQL for each text with the CQL for a plain name."""
    attack = Attack(world, portal)
    plain = attack.run(docstring, PLAIN)
    expected = [skeleton(cql) for cql in _lines(plain)]

    def is_quoted(text: str) -> None:
        result = attack.run(docstring, text)
        if not isinstance(result, _REFUSALS):
            assert [skeleton(cql) for cql in _lines(result)] == expected, ascii(text[:80])

    _texts(is_quoted)
    _report(livingdoc, attack, 1, "all others quoted: but for the quotes, the CQL is that of a plain name")


@then("with each hostile text the server does what it does with a plain name, or it is refused")
def server_takes_names(world: World, portal: BlockingPortal, livingdoc: LivingDoc, docstring: str) -> None:
    """Execute the program with each text of the corpus that is no flood; it says whether all is well."""
    attack = Attack(world, portal)
    assert attack.run(docstring, PLAIN) is True
    for text in CORPUS:
        if len(text) < LONGEST_MESSAGE:
            result = attack.run(docstring, text)
            assert result is True or isinstance(result, CoodieError), (ascii(text), result)
            assert not isinstance(result, OperationError), (ascii(text), result)
    _report(livingdoc, attack, 1, "all others became names on the server, and nothing else")


@then(
    "each of some hostile texts as `TEXT` in these commands fails with an error, or changes nothing but what it names"
)
def commands_stand(world: World, project: Project, livingdoc: LivingDoc, datatable: Table) -> None:
    """Run commands in a folder; expect no traceback, no other table, and no file outside of the folder."""
    tables = _schema(world)
    outside = project.folder.parent
    beside = {path.name for path in outside.iterdir()}
    tried = refused = 0
    for (command,) in _calls(datatable):
        for text in FOR_COMMANDS:
            project.run(command.replace("TEXT", shlex.quote(text)))
            tried += 1
            refused += project.exit_code != 0
            assert project.exit_code in EXPECTED_EXITS, (command, ascii(text), project.complained)
            said = project.complained
            assert "Traceback" not in said, said
            assert project.exit_code == 0 or said, (command, ascii(text))
    assert _schema(world) == tables
    assert {path.name for path in outside.iterdir()} == beside
    livingdoc.attach_text(
        "inputs", f"{tried} command lines: {refused} refused, none of them changed the schema"
    )


def _schema(world: World) -> set[tuple[str, ...]]:
    rows = world.call(
        world.names["execute_raw"], "SELECT keyspace_name, table_name FROM system_schema.tables"
    )
    return {tuple(row.values()) for row in rows}


def _lines(result: Any) -> list[str]:
    assert not isinstance(result, Exception), result
    return [result] if isinstance(result, str) else list(itertools.chain(result))
