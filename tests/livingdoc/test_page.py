"""The page is one file that asks for nothing, escapes everything, and reads without its script."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from coodie.livingdoc.failures import comparison
from coodie.livingdoc.messages import Run, Stream
from coodie.livingdoc.model import Book, CaseRun, Example, Feature, Proof, Rule, Scenario
from coodie.livingdoc.page.highlight import code, cql
from coodie.livingdoc.page.matrix import matrix
from coodie.livingdoc.page.proof import proof, proofs
from coodie.livingdoc.page.text import duration, prose
from coodie.livingdoc.records import COMPARISON, STATEMENT
from coodie.livingdoc.render import render
from tests.livingdoc.large import large_run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.livingdoc.conftest import Project

pytest_plugins = ["pytester"]

VOID = {"meta", "link", "input", "img", "br", "hr"}


class Tree(HTMLParser):
    """Checks that elements nest, and collects ids, links and what would be fetched."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.feed(html)
        self.close()
        assert not self.stack

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in VOID:
            self.stack.append(tag)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        self.fetched.extend(
            str(given[name]) for name in ("src", "srcset", "action", "data") if given.get(name)
        )
        if tag == "link":
            self.fetched.append(str(given["href"]))

    def handle_endtag(self, tag: str) -> None:
        if tag not in {"p", "li"} or self.stack[-1] == tag:
            assert self.stack.pop() == tag, self.getpos()


@pytest.fixture
def page(project: Project) -> str:
    project.feature(
        "Feature: <script>alert(2)</script>\n  [evil](javascript:alert(3)) ![out](http://example.org/x.png)\n\n"
        '  Scenario: <img src=x onerror=alert(4)>\n    Given a session of "<b>\'&" for 1 seconds\n'
    )
    project.run()
    return project.page


def test_it_nests_has_unique_ids_and_its_links_arrive(page: str) -> None:
    tree = Tree(page)
    assert len(tree.ids) == len(set(tree.ids))
    inner = [link[1:] for link in tree.links if link.startswith("#") and not link.startswith("#@")]
    assert set(inner) - {"passed", "failed", "skipped"} <= set(tree.ids)


def test_it_fetches_nothing(page: str) -> None:
    assert all(each.startswith("data:") for each in Tree(page).fetched)
    assert page.count("url(") == page.count("url(data:image/png;base64,") == 1
    assert not re.search(r"@import|fetch\(|XMLHttpRequest|importScripts", page)


def test_everything_is_escaped(page: str) -> None:
    script = page.index("<script>")
    assert "<script>alert" not in page[:script]
    assert page.count("<script>") == 1
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(4)&gt;" in page
    assert 'href="javascript:' not in page
    assert "&#x27;&lt;b&gt;ada&lt;/b&gt;&#x27;" in page


def test_all_of_it_is_there_without_the_script(page: str) -> None:
    text = page[: page.index("<script>")]
    for part in (
        "a session ends by itself",
        "VALUES",
        "LOCAL_ONE",
        "class</i> Session",
        "phrases/basics.py",
        "Fake 1.0",
    ):
        assert part in text, part
    assert "features/library/ttl.feature:11" in text


def test_prose_is_markdown_without_html() -> None:
    assert prose("  A *word*.\n\n  - one\n") == (
        '<div class="prose"><p>A <em>word</em>.</p>\n<ul>\n<li>one</li>\n</ul>\n</div>'
    )
    assert "<b>" not in prose("<b>no</b>")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT ?", "<i class=k>SELECT</i> <i class=o>?</i>"),
        ("'it''s < SELECT'", "<i class=s>&#x27;it&#x27;&#x27;s &lt; SELECT&#x27;</i>"),
        ('"from"', "&quot;from&quot;"),
        (
            "a int, b map<text, int>",
            "a <i class=t>int</i>, b <i class=t>map</i>&lt;<i class=t>text</i>, <i class=t>int</i>&gt;",
        ),
        ("-- note\nLIMIT 5", "<i class=c>-- note</i>\n<i class=k>LIMIT</i> <i class=n>5</i>"),
        ("selected", "selected"),
    ],
)
def test_cql_is_highlighted(text: str, expected: str) -> None:
    assert cql(text) == expected


def test_code_of_unknown_languages_is_only_escaped() -> None:
    assert code("<x>", "no such language") == "&lt;x&gt;"
    assert "class=k" in code("class A: ...", "python")


def test_a_failed_table_shows_the_cell() -> None:
    body = comparison("==", [["1", "ada"], ["2", "bob"]], [["1", "eve"], ["2", "bob"]])
    html = proof(Proof(COMPARISON, "", json.loads(body["body"])))
    assert "<del>eve</del> <ins>ada</ins>" in html
    assert "<del>bob" not in html


def test_rows_that_only_one_side_has_are_named() -> None:
    body = comparison("==", [{"id": 1}], [{"id": 1}, {"id": 2}])
    html = proof(Proof(COMPARISON, "", json.loads(body["body"])))
    assert "<del>2</del></td><td class=note>missing" in html


def test_other_values_stand_side_by_side() -> None:
    html = proof(Proof(COMPARISON, "", json.loads(comparison("==", "a\nb", "a\nc")["body"])))
    assert "<del>c</del>" in html
    assert "<ins>b</ins>" in html


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.0012, "1.2 ms"), (0.25, "250 ms"), (41, "41.0 s"), (125, "2 min 5 s")]
)
def test_durations(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_three_hundred_scenarios_with_three_thousand_statements_stay_small(tmp_path: Path) -> None:
    envelopes = Stream(Run(large_run(), [], tmp_path, 0.0, 1.0, {"server": "Fake"})).envelopes()
    page = render(envelopes)
    assert page.count('class="stmt"') == 3000
    assert len(page) < 4_000_000


def test_a_statement_that_is_repeated_is_shown_first_and_last() -> None:
    def asked(number: int) -> Proof:
        return Proof(STATEMENT, "", {"text": "SELECT 1", "params": [], "ms": float(number), "rows": None})

    html = proofs([asked(number) for number in range(39)])
    assert html.count('class="stmt"') == 2
    assert "the same 37 times more" in html
    assert html.index("0.0 ms") < html.index("the same") < html.index("38 ms")
    assert proofs([asked(1), asked(2)]).count('class="stmt"') == 2


def sent(number: int, **more: object) -> Proof:
    text = f"SELECT {'a' if number % 2 else 'b'} FROM t WHERE n = ?"
    params = [{"name": "n", "type": "int", "value": str(number)}]
    return Proof(STATEMENT, "", {"text": text, "params": params, "ms": 1.0, "rows": None, **more})


def test_many_statements_are_shown_first_and_last_and_the_others_counted_by_their_texts() -> None:
    html = proofs([sent(number) for number in range(40)])
    assert html.count('class="stmt"') == 8
    assert [number for number in range(40) if f"<dd>{number}</dd>" in html] == [0, 1, 2, 3, 4, 5, 38, 39]
    assert "… 32 more like these, each of them whole in the messages of the run" in html
    assert html.count("16 times") == 2
    assert html.index("<dd>5</dd>") < html.index("32 more") < html.index("<dd>38</dd>")
    assert proofs([sent(number) for number in range(10)]).count('class="stmt"') == 10


def test_what_went_wrong_among_many_statements_stays() -> None:
    told = [sent(number) for number in range(40)]
    told[20] = sent(20, error={"type": "Timeout", "message": "no answer"})
    told[30] = sent(30, warnings=["Batch is large"])
    html = proofs(told)
    assert "no answer" in html
    assert "Batch is large" in html
    assert "… 14 more" in html
    assert "… 9 more" in html
    assert "… 7 more" in html


def test_of_a_step_that_failed_every_statement_is_shown() -> None:
    assert proofs([sent(number) for number in range(40)], whole=True).count('class="stmt"') == 40


def test_the_source_of_a_model_is_in_the_page_once(page: str) -> None:
    assert page.count("class</i> Session") == 1
    first, *others = re.findall(r'<details class="models" id="([^"]+)"', page)
    assert others
    assert page.count(f'<p class="same"><a href="#{first}">') == len(others)


def test_each_cell_of_the_matrix_has_an_answer() -> None:
    def run(driver: str, status: str, reason: str = "") -> CaseRun:
        return CaseRun("x", {"driver": driver}, status, reason, {}, 0, 1)

    def feature(name: str, *runs: CaseRun) -> Feature:
        example = Example(name, 1, (), [], list(runs))
        scenario = Scenario(f"{name}-1", "Scenario", name, "", [], 1, [], [example], [])
        rule = Rule(f"{name}-0", "", "", [], [], [scenario])
        return Feature(name, f"{name}.feature", (), "Feature", name, "", [], [], [rule])

    first = [
        run("swift", "PASSED"),
        run("swift", "SKIPPED", "swift keeps no <durations>"),
        run("quick", "FAILED"),
    ]
    book = Book([feature("first", *first), feature("second", run("swift", "PASSED"))], [], 0, 1)
    html = matrix(book)
    assert html.count("<td>") == 4
    assert "<li>swift keeps no &lt;durations&gt; (1)</li>" in html
    assert "not run</span></td></tr>" in html
