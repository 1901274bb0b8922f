"""Many people want one name at the same moment: one insert each, all under way at once, and what each was told."""

import asyncio
import time
from uuid import UUID

import registry
from faker import Faker
from models import User
from pydantic import BaseModel, Field, computed_field


class Answer(BaseModel):
    """What one of them was told."""

    person: str
    applied: bool = Field(description="[applied], which one of all gets")
    saw: str | None = Field(description="Who stood there, for those who came too late")
    ms: float = Field(description="How long the answer took", examples=[12.5])


class Contest(BaseModel):
    """The ledger of all answers, in the order in which they came, and the row that stands there now."""

    name: str
    answers: list[Answer]
    standing: User | None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def winners(self) -> int:
        """How many were told that the name is theirs."""
        return sum(answer.applied for answer in self.answers)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def agreed(self) -> bool:
        """Whether all others saw the row that stands there."""
        others = [answer.saw for answer in self.answers if not answer.applied]
        return self.standing is not None and set(others) <= {self.standing.person}


async def hold(name: str, people: int) -> Contest:
    """Let `people` insert one name at once, each under an id of their own."""
    answers: list[Answer] = []

    async def grab(person: str) -> None:
        started = time.perf_counter()
        result = await registry.claim(registry.new(name, person))
        ms = (time.perf_counter() - started) * 1000
        saw = None if result.existing is None else str(result.existing["person"])
        answers.append(Answer(person=person, applied=result.applied, saw=saw, ms=round(ms, 1)))

    await asyncio.gather(*(grab(person) for person in crowd(name, people)))
    found = await User.find(letter=name[0], name=name).consistency("SERIAL").all()
    return Contest(name=name, answers=answers, standing=found[0] if found else None)


def crowd(name: str, people: int) -> list[str]:
    """Think of people who want that name, no two alike."""
    fake = Faker("en")
    fake.seed_instance(UUID(bytes=name.encode().ljust(16, b"\0")[:16]).int)
    return [fake.unique.name() for _ in range(people)]
