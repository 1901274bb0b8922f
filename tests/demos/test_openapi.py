from typing import Annotated, Literal

from demokit import openapi
from fastapi import FastAPI, Header
from pydantic import BaseModel, Field


class Cat(BaseModel):
    kind: Literal["cat"] = "cat"
    lives: Annotated[int, Field(examples=[9])]
    tag: str | None = None


class Dog(BaseModel):
    kind: Literal["dog"] = "dog"
    name: Annotated[str, Field(examples=["Rex"])]
    id: str = Field(default_factory=str)


app = FastAPI()


@app.post("/pets")
def adopt(pet: Annotated[Cat | Dog, Field(discriminator="kind")]) -> None:
    """Adopt a pet."""


@app.post("/cats")
def adopt_cat(cat: Cat) -> None:
    """Adopt a cat."""


class Walk(BaseModel):
    lead: Annotated[Dog, Field(examples=[{"name": "Bello"}])]


@app.put("/walks")
def walk(sent: Walk, token: Annotated[str, Header(alias="X-Token", examples=["ours"])] = "") -> None:
    """Walk one; its keeper has a token."""


@app.post("/naps")
def nap() -> None:
    """Let all of them sleep."""


@app.delete("/naps")
def wake() -> None:
    """Wake them."""


def test_each_variant_of_a_union_has_an_example() -> None:
    pets, cats, *_ = openapi.operations(app.openapi(), "http://x/")
    assert [name for name, _ in pets.bodies] == ["cat", "dog"]
    assert [name for name, _ in cats.bodies] == [""]
    assert "Rex" in pets.bodies[1][1]
    assert pets.curl.count("lives") == 1


def test_what_is_made_on_the_server_is_not_in_the_example() -> None:
    pets, *_ = openapi.operations(app.openapi(), "http://x/")
    assert "id" not in pets.bodies[1][1].striptags()


def test_a_header_stands_in_the_line_for_the_terminal() -> None:
    _, _, walk, *_ = openapi.operations(app.openapi(), "http://x/")
    assert "-H 'X-Token: ours'" in walk.curl.striptags()


def test_an_example_of_a_field_wins_over_those_of_its_own_fields() -> None:
    _, _, walk, *_ = openapi.operations(app.openapi(), "http://x/")
    assert "Bello" in walk.bodies[0][1]
    assert "Rex" not in walk.bodies[0][1]


def test_a_post_without_a_body_says_that_it_is_json() -> None:
    *_, post, delete = openapi.operations(app.openapi(), "http://x/")
    assert "application/json" in post.curl
    assert post.curl.striptags().endswith("-d '{}'")
    assert "-d" not in delete.curl
