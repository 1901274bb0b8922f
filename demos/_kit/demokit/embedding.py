"""Texts to vectors: what an `Embedder` is, and the three that there are.

| `EMBEDDER` | numbers | needs |
|---|---|---|
| `wordllama` | 256 | a package of 19 MB that holds its weights; numpy, no network |
| `minilm` | 384 | the extra `transformers`, 3 GB: sentence-transformers, and all-MiniLM-L6-v2 from its hub |
| `recorded` | 384 | nothing: vectors of all-MiniLM-L6-v2 that lie in the demo, for its own texts alone |

Vectors of two models have nothing to do with each other, whatever their length: each has a space of its own.
"""

from __future__ import annotations

import logging
import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

MINILM: Final = "sentence-transformers/all-MiniLM-L6-v2"


class EmbedderError(ValueError):
    """A text cannot be made a vector; the message names cause and remedy."""


class Embedder(Protocol):
    """Turns texts into vectors of one length; texts that mean alike lie near each other.

    `space` names what its vectors may be compared with.
    """

    name: str
    space: str
    dimensions: int

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Return a vector for each text."""


class WordLlama:
    """Averages of word vectors that were trained for it: a tenth of a millisecond a text, no network."""

    name = "wordllama"
    space = "wordllama_256"
    dimensions = 256

    @cached_property
    def _model(self) -> Any:
        root = logging.getLogger()
        handlers, level = root.handlers[:], root.level
        try:
            import wordllama  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise EmbedderError("wordllama is not installed: pip install 'demokit[embeddings]'") from error
        finally:
            # It sets up the whole program's logging, which is not its own.
            root.handlers[:] = handlers
            root.setLevel(level)
        # Its own default looks for the weights elsewhere, and then on the network.
        folder = Path(wordllama.__file__).parent
        return wordllama.WordLlama.load(cache_dir=folder, dim=self.dimensions, disable_download=True)

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Return a vector of length 1 for each text; one without a word that it knows is refused."""
        if not texts:
            return []
        found: list[list[float]] = self._model.embed(list(texts), norm=True).tolist()
        for text, vector in zip(texts, found, strict=True):
            if not any(vector) or vector != vector:  # noqa: PLR0124 - NaN
                raise EmbedderError(f"{text!r} holds no word that {self.name} knows; write it in other words")
        return found


class MiniLm:
    """The sentence model all-MiniLM-L6-v2: knows how words stand to each other, at a hundred times the price."""

    name = "minilm"
    space = "minilm_384"
    dimensions = 384

    def __init__(self, model: str = MINILM) -> None:
        self._source = model

    @cached_property
    def _model(self) -> Any:
        try:
            import sentence_transformers  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise EmbedderError(
                "sentence-transformers is not installed: pip install 'demokit[transformers]' (3 GB), or take "
                "EMBEDDER=wordllama"
            ) from error
        return sentence_transformers.SentenceTransformer(self._source, device="cpu")

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Return a vector of length 1 for each text."""
        if not texts:
            return []
        found: list[list[float]] = self._model.encode(list(texts), normalize_embeddings=True).tolist()
        return found


class Recorded:
    """Vectors of all-MiniLM-L6-v2 that were computed once: for texts of a demo, and for no other."""

    name = "recorded"
    space = MiniLm.space
    dimensions = MiniLm.dimensions

    def __init__(self, read: Callable[[], Mapping[str, list[float]]]) -> None:
        self._read = read

    @cached_property
    def _known(self) -> Mapping[str, list[float]]:
        return self._read()

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Return the recorded vector of each text; another text is refused."""
        missing = next((text for text in texts if text not in self._known), None)
        if missing is not None:
            raise EmbedderError(
                f"{missing!r} is not among the {len(self._known)} texts whose vectors were recorded: take "
                "EMBEDDER=minilm, which computes them, or EMBEDDER=wordllama"
            )
        return [self._known[text] for text in texts]


def chosen(recorded: Callable[[], Mapping[str, list[float]]] = dict, *, name: str | None = None) -> Embedder:
    """Return the embedder of a name, or that `EMBEDDER` names; `recorded` reads the vectors of that one, by text."""
    name = name or os.environ.get("EMBEDDER") or WordLlama.name
    match name:
        case WordLlama.name:
            return WordLlama()
        case MiniLm.name:
            return MiniLm(os.environ.get("MINILM_MODEL") or MINILM)
        case Recorded.name:
            return Recorded(recorded)
        case _:
            raise EmbedderError(f"EMBEDDER={name!r} is none of wordllama, minilm, recorded")
