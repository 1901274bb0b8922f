"""What may come in as a form or as JSON: the models' own rules, with the words and examples of the API page."""

from typing import Annotated, Literal

from models import Category, Line, Price, Stars, Stock
from pydantic import BaseModel, ConfigDict, Field

Shelf = Literal["all", "Audio", "Garden", "Kitchen", "Lighting", "Paper", "Travel"]
PriceIn = Annotated[Price, Field(description="In euros", examples=["49.90"])]
StockIn = Annotated[Stock, Field(description="Pieces in store", examples=[12])]


class Incoming(BaseModel):
    """Whatever somebody sends: blanks around a value do not count."""

    model_config = ConfigDict(str_strip_whitespace=True)


class ProductIn(Incoming):
    """A product as somebody sends it."""

    name: Annotated[Line, Field(description="The search finds its beginning", examples=["Walnut desk lamp"])]
    brand: Annotated[Line, Field(description="Has an index", examples=["Fennmark"])]
    category: Annotated[Category, Field(description="The shelf it stands on", examples=["Lighting"])]
    price: PriceIn
    stock: StockIn = 0
    description: Annotated[str, Field(max_length=1000, examples=["Dimmable, on a cord of two metres."])] = ""


class ProductChange(Incoming):
    """What may change later: the name orders the shelves, so it stays."""

    price: PriceIn
    stock: StockIn


class ReviewIn(Incoming):
    """A review as somebody sends it."""

    author: Annotated[Line, Field(examples=["Ada"])]
    stars: Annotated[Stars, Field(description="From 1 to 5", examples=[5])]
    text: Annotated[str, Field(min_length=1, max_length=1000, examples=["Does what it says, every day."])]
