"""What may come in as a form or as JSON: the model's own rules, with the words and examples of the API page."""

from typing import Annotated

from models import Line, Name, Words
from pydantic import BaseModel, ConfigDict, Field

MOST = 200
NameIn = Annotated[Name, Field(description="Small letters, digits and _, a letter first", examples=["swope"])]
PersonIn = Annotated[Line, Field(description="Who has the name", examples=["Henrietta Swope"])]
MottoIn = Annotated[Words, Field(examples=["Count the pulses."])]
PlaceIn = Annotated[Words, Field(examples=["Pasadena"])]


class Incoming(BaseModel):
    """Whatever somebody sends: blanks around a value do not count."""

    model_config = ConfigDict(str_strip_whitespace=True)


class UserIn(Incoming):
    """Somebody who wants a name."""

    name: NameIn
    person: PersonIn
    motto: MottoIn = ""
    place: PlaceIn = ""


class RenameIn(Incoming):
    """Another person for a name, if it is still the one that was seen."""

    seen: Annotated[Line, Field(description="Who had it when you looked", examples=["Ashley Hutchinson"])]
    person: PersonIn


class ProfileIn(Incoming):
    """What a person says, over the version that was read."""

    version: Annotated[int, Field(ge=1, description="The version that you read", examples=[1])]
    motto: MottoIn = ""
    place: PlaceIn = ""


class ContestIn(Incoming):
    """A name that many want at once."""

    name: NameIn
    people: Annotated[int, Field(ge=2, le=MOST, examples=[50])] = 50


class RoundsIn(Incoming):
    """How often each kind of write is timed."""

    rounds: Annotated[int, Field(ge=2, le=MOST, examples=[10])] = 40
