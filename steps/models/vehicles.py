"""Vehicles of a garage: several classes, one table."""

# ruff: noqa: RUF012 - pydantic copies a default for each document
from typing import Annotated

from coodie import ClusteringKey, Discriminator, Indexed, PrimaryKey
from coodie.sync import Document


class Vehicle(Document):
    """What stands in a garage; `kind` says which class a row is of."""

    garage: Annotated[str, PrimaryKey()]
    plate: Annotated[str, ClusteringKey()]
    kind: Annotated[str, Discriminator(), Indexed()]
    colour: str = "grey"


class Car(Vehicle):
    """A car has doors."""

    doors: int = 4


class ElectricCar(Car):
    """And this one a battery."""

    battery: int

    class Settings:
        """A shorter word in the table."""

        __discriminator_value__ = "electric"


class Lorry(Vehicle):
    """A lorry carries things."""

    load: dict[str, int] = {}
