"""Numbers of any size as keys: a partition is found by the bytes of its key, so every driver must write the same."""

from decimal import Decimal
from typing import Annotated

import pytest

from coodie.fields import PrimaryKey, VarInt

POWERS = [2 ** (8 * size - 1) for size in (1, 2, 3, 9)]
NUMBERS = [0, -1, *(number for power in POWERS for number in (power - 1, power, -power, -power - 1))]


@pytest.fixture(scope="module")
def counted(world):
    """A table that is keyed by a whole number of any size, and one that is by a decimal."""

    class Counted(world.Document):
        number: Annotated[int, VarInt(), PrimaryKey()]
        name: str

    class Priced(world.Document):
        price: Annotated[Decimal, PrimaryKey()]
        name: str

    for model in (Counted, Priced):
        world.call(model.sync_table)
    return Counted, Priced


@pytest.mark.parametrize("number", NUMBERS)
def test_a_row_is_found_by_the_number_that_the_server_itself_writes(world, counted, number):
    """A literal in the text is encoded by the server."""
    whole, priced = counted
    world.call(whole(number=number, name="saved").save)
    assert [row["name"] for row in world.raw(f"SELECT name FROM counted WHERE number = {number}")] == [
        "saved"
    ]
    world.call(priced(price=Decimal(number).scaleb(-2), name="saved").save)
    price = f"{number}E-2"
    assert [row["name"] for row in world.raw(f"SELECT name FROM priced WHERE price = {price}")] == ["saved"]
    world.raw(f"INSERT INTO counted (number, name) VALUES ({number}, 'by hand')")
    assert world.call(whole.get, number=number).name == "by hand"
