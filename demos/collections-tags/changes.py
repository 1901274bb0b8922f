"""Each change that somebody can make to an article, and the call of the library that it becomes."""

from typing import Annotated, Literal

from calls import Call, Incoming, check, drop, update
from models import Article, Edition, Line, Place, Tag, Year
from pydantic import Field, TypeAdapter

Section = Annotated[Line, Field(examples=["Who lives on it"])]
Key = Annotated[Line, Field(examples=["lives"])]
Value = Annotated[Line, Field(examples=["300 years"])]
City = Annotated[Line, Field(examples=["Uppsala"])]
Country = Annotated[Line, Field(examples=["Sweden"])]
Position = Annotated[int, Field(ge=0, le=99, examples=[0])]


class TagChange(Incoming):
    """A tag comes to the set, or leaves it."""

    op: Annotated[Literal["add_tag", "remove_tag"], Field(examples=["add_tag"])]
    tag: Annotated[Tag, Field(examples=["riverside"])]

    def call(self, _article: Article) -> Call:
        """Name the element; nothing is read."""
        return update(tags__add={self.tag}) if self.op == "add_tag" else update(tags__remove={self.tag})


class SectionAdded(Incoming):
    """A section at either end of the list."""

    op: Annotated[Literal["append_section", "prepend_section"], Field(examples=["append_section"])]
    section: Section

    def call(self, _article: Article) -> Call:
        """Name the new element; the server knows where the list ends."""
        found = [self.section]
        return (
            update(sections__append=found) if self.op == "append_section" else update(sections__prepend=found)
        )


class SectionReplaced(Incoming):
    """Another text at a position."""

    op: Annotated[Literal["replace_section"], Field(examples=["replace_section"])]
    position: Position
    section: Section

    def call(self, article: Article) -> Call:
        """Name position and text; the server reads the list to find it."""
        check(article.sections, self.position, "sections")
        return update(sections__setindex=(self.position, self.section))


class SectionMoved(Incoming):
    """A section changes places with the one before it."""

    op: Annotated[Literal["move_section"], Field(examples=["move_section"])]
    position: Annotated[int, Field(ge=1, le=99, examples=[1])]

    def call(self, article: Article) -> Call:
        """Write the whole list: an order is a matter of all elements."""
        check(article.sections, self.position, "sections")
        sections = list(article.sections)
        sections.insert(self.position - 1, sections.pop(self.position))
        return update(sections=sections)


class Removed(Incoming):
    """The element at a position goes."""

    op: Annotated[Literal["remove_section", "remove_edition"], Field(examples=["remove_section"])]
    position: Position

    def call(self, article: Article) -> Call:
        """Name the position."""
        name = "sections" if self.op == "remove_section" else "editions"
        check(getattr(article, name), self.position, name)
        return drop(**{name: [self.position]})


class FactPut(Incoming):
    """A value for a key of the map."""

    op: Annotated[Literal["put_fact"], Field(examples=["put_fact"])]
    key: Key
    value: Value

    def call(self, _article: Article) -> Call:
        """Name key and value; whether the key was there does not matter."""
        return update(facts__put=(self.key, self.value))


class FactRemoved(Incoming):
    """A key leaves the map."""

    op: Annotated[Literal["remove_fact"], Field(examples=["remove_fact"])]
    key: Key

    def call(self, _article: Article) -> Call:
        """Name the key."""
        return update(facts__remove={self.key})


class OriginSet(Incoming):
    """Another origin."""

    op: Annotated[Literal["set_origin"], Field(examples=["set_origin"])]
    city: City
    country: Country

    def call(self, _article: Article) -> Call:
        """Write the value as a whole: it is frozen."""
        return update(origin=Place(city=self.city, country=self.country))


class EditionAdded(Incoming):
    """One more edition, or other words for one that is there."""

    op: Annotated[Literal["append_edition", "replace_edition"], Field(examples=["append_edition"])]
    label: Annotated[Line, Field(examples=["Second edition"])]
    year: Annotated[Year, Field(examples=[1801])]
    city: City
    country: Country
    position: Position = 0

    def call(self, article: Article) -> Call:
        """Name the element, a value in a value, as a whole."""
        edition = Edition(
            label=self.label, year=self.year, printed=Place(city=self.city, country=self.country)
        )
        if self.op == "append_edition":
            return update(editions__append=[edition])
        check(article.editions, self.position, "editions")
        return update(editions__setindex=(self.position, edition))


Sections = SectionAdded | SectionReplaced | SectionMoved
Change = Annotated[
    TagChange | Sections | Removed | FactPut | FactRemoved | OriginSet | EditionAdded,
    Field(discriminator="op"),
]
CHANGE: TypeAdapter[Change] = TypeAdapter(Change)
