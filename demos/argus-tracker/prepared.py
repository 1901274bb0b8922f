"""How many texts this app has prepared, and how often each was sent: what a bound statement saves."""

from collections import Counter
from collections.abc import Callable

from demokit.hood import Sent
from markupsafe import Markup
from pydantic import BaseModel, Field

from coodie.cql.statement import BatchStatement
from coodie.execution import add_observer
from coodie.observation import Observation


class Text(BaseModel):
    """One text with markers in place of values, and how often it was sent."""

    cql: str
    sent: int

    @property
    def gist(self) -> Markup:
        """The text in one line, as the drawer has it."""
        return Sent({"cql": self.cql}).gist


class Told(BaseModel):
    """All texts, most often sent first. Each is prepared once: parsed by the server, then known by a number."""

    prepared: int = Field(description="Different texts since the app was started")
    sent: int = Field(description="Statements with values, those in batches among them")
    texts: list[Text]


class Prepared:
    """Counts the statements of this process that have values, by their texts."""

    def __init__(self) -> None:
        self._sent: Counter[str] = Counter()

    def watch(self) -> Callable[[], None]:
        """Begin to count; the function that it returns ends that."""
        return add_observer(self._note)

    def told(self, most: int = 60) -> Told:
        """Tell the counts so far, and at most so many texts."""
        texts = [Text(cql=text, sent=times) for text, times in self._sent.most_common(most)]
        return Told(prepared=len(self._sent), sent=self._sent.total(), texts=texts)

    def _note(self, seen: Observation) -> None:
        sent = seen.statement
        for statement in sent.statements if isinstance(sent, BatchStatement) else (sent,):
            if statement.params:
                self._sent[statement.shape.text] += 1
