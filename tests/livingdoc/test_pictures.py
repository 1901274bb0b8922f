"""Each picture is in the page once, however many steps show it, and needs no script."""

from __future__ import annotations

import struct
from base64 import b64encode
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from coodie.livingdoc.adapters import of_observation, shortened
from coodie.livingdoc.model import Book, CaseRun, Example, Feature, Proof, Rule, Scenario, StepResult
from coodie.livingdoc.page.cards import cards, slowest
from coodie.livingdoc.page.pictures import is_wide, picture
from coodie.livingdoc.page.statement import statement

if TYPE_CHECKING:
    from tests.livingdoc.conftest import Project

pytest_plugins = ["pytester"]


def proof(data: bytes, media: str) -> Proof:
    return Proof(media, "a picture", b64encode(data).decode())


def webp(kind: bytes, body: bytes) -> bytes:
    return b"RIFF\0\0\0\0WEBP" + kind + struct.pack("<I", len(body)) + body


PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 640, 480)
LOSSY = webp(b"VP8 ", b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 640, 480))
LOSSLESS = webp(b"VP8L", b"\x2f" + struct.pack("<I", 639 | 479 << 14))
EXTENDED = webp(b"VP8X", b"\x10\0\0\0" + (639).to_bytes(3, "little") + (479).to_bytes(3, "little"))
JPEG = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08" + struct.pack(">HH", 480, 640)


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (PNG, "image/png"),
        (LOSSY, "image/webp"),
        (LOSSLESS, "image/webp"),
        (EXTENDED, "image/webp"),
        (JPEG, "image/jpeg"),
    ],
)
def test_the_size_is_read_from_the_head(data: bytes, media: str) -> None:
    assert is_wide(proof(data, media))
    assert 'role="img" aria-label="a picture"' in picture(proof(data, media))


@pytest.mark.parametrize(
    ("data", "media"), [(b"<svg/>", "image/svg+xml"), (PNG[:18], "image/png"), (JPEG[:9], "image/jpeg")]
)
def test_a_picture_without_a_known_size_stays_where_it_is_used(data: bytes, media: str) -> None:
    assert f'src="data:{media};base64,' in picture(proof(data, media))


def test_it_is_in_the_page_once(project: Project) -> None:
    step = '    When the text is\n      """cql\n      SELECT 1\n      """\n'
    project.feature(f"Feature: pictures\n  Scenario: one\n{step}\n  Scenario: two\n{step}{step}")
    project.run()
    assert project.page.count('role="img"') == 4
    assert project.page.count("data:image/png;base64,") == 1
    assert "width:1px;aspect-ratio:1/1" in project.page


def test_the_title_page_has_a_card_for_each_folder_with_pictures_of_a_desktop() -> None:
    small, large = proof(PNG, "image/png"), proof(PNG + bytes(99), "image/png")
    readme, phone = proof(PNG, "image/png"), proof(PNG[:16] + struct.pack(">II", 375, 812), "image/png")
    readme.name = "README"
    assert cards(book(small, large)) == cards(book(large))
    assert cards(book(readme, large)) == cards(book(readme)) != cards(book(large))
    assert "<b>shop</b></a><p>" in cards(book(large))
    assert "1 scenario" in cards(book(large))
    assert cards(book(phone)) == cards(book()) == ""


def test_the_slowest_scenarios_are_named_when_there_are_many() -> None:
    many = book()
    run = many.features[0].rules[0].scenarios[0].examples[0].runs[0]
    many.features[0].rules[0].scenarios = [
        Scenario(f"s{number}", "Scenario", f"lasts {number}", "", [], 1, [], [timed(run, number)], [])
        for number in range(12)
    ]
    html = slowest(many)
    assert html.index("lasts 11<") < html.index("lasts 10<") < html.index("lasts 2<")
    assert "lasts 1<" not in html
    assert slowest(book()) == ""


def timed(run: CaseRun, seconds: float) -> Example:
    return Example("", 1, (), [], [replace(run, seconds=seconds)])


def book(*pictures: Proof) -> Book:
    step = StepResult("PASSED", proofs=list(pictures))
    run = CaseRun("x", {}, "PASSED", "", {}, 0, 1, steps=[step])
    scenario = Scenario("s", "Scenario", "s", "", [], 1, [], [Example("", 1, (), [], [run])], [])
    rule = Rule("r", "", "", [], [], [scenario])
    feature = Feature(
        "f", "features/demos/shop/f.feature", ("demos", "shop"), "Feature", "f", "", [], [], [rule]
    )
    return Book([feature], [], 0, 1)


def test_a_batch_of_one_statement_is_shown_once_with_the_first_and_the_last_values() -> None:
    def child(number: int) -> dict[str, object]:
        return {"cql": "INSERT", "params": [{"name": "id", "type": "int", "value": f"<{number}>"}]}

    text = "BEGIN BATCH\n" + "  INSERT;\n" * 100 + "  DELETE;\nAPPLY BATCH"
    assert shortened(text) == "BEGIN BATCH\n  INSERT;\n  -- and 99 times more\n  DELETE;\nAPPLY BATCH"
    children = [*map(child, range(100)), {"cql": "DELETE", "params": []}]
    sent = {"cql": text, "params": [], "ms": 1.0, "rows": None, "children": children}
    html = statement(of_observation(sent).body)
    assert html.count("<dt>id</dt>") == 4
    assert "the values of 96 more" in html
    assert html.index("&lt;2&gt;") < html.index("96 more") < html.index("&lt;99&gt;")
    few = statement(of_observation({**sent, "cql": "", "children": children[:4]}).body)
    assert few.count("<dt>id</dt>") == 4
    assert "more" not in few
