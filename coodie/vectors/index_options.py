"""What a vector index can be told, by server: names, ranges and defaults, as their documentation has them."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from coodie.exceptions import InvalidQueryError

SIMILARITY = "similarity_function"
FUNCTIONS = ("COSINE", "DOT_PRODUCT", "EUCLIDEAN")
SCYLLA, CASSANDRA = "ScyllaDB", "Cassandra"
MOST_DIMENSIONS = {SCYLLA: 16_000, CASSANDRA: 8_192}


class Rule(NamedTuple):
    """What an option takes: one of some words, or a number within limits; and what it is when nobody says."""

    default: str
    words: tuple[str, ...] = ()
    least: float = 0
    most: float = 0
    whole: bool = True

    def refuse(self, text: str) -> str | None:
        """Tell what the option takes instead of `text`, or `None` where it takes that."""
        if self.words:
            return None if text.lower() in self.words else f"takes {', '.join(self.words)}"
        try:
            fits = self.least <= (int(text) if self.whole else float(text)) <= self.most
        except ValueError:
            fits = False
        kind = "a whole number" if self.whole else "a number"
        return None if fits else f"takes {kind} from {self.least:g} to {self.most:g}"


RULES: dict[str, dict[str, Rule]] = {
    SCYLLA: {
        "maximum_node_connections": Rule("16", least=1, most=512),
        "construction_beam_width": Rule("128", least=1, most=4096),
        "search_beam_width": Rule("64", least=1, most=4096),
        "quantization": Rule("f32", words=("f32", "f16", "bf16", "i8", "b1")),
        "oversampling": Rule("1", least=1, most=100, whole=False),
        "rescoring": Rule("false", words=("true", "false")),
    },
    CASSANDRA: {
        "maximum_node_connections": Rule("16", least=1, most=512),
        "construction_beam_width": Rule("100", least=1, most=3200),
        "optimize_for": Rule("latency", words=("latency", "recall")),
    },
}


def written(options: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return options as index options are written, in the order of their names; one that no server takes is refused."""
    texts = {name: _text(value) for name, value in options.items()}
    for name, text in texts.items():
        found = [rules[name] for rules in RULES.values() if name in rules]
        if not found:
            known = sorted({option for rules in RULES.values() for option in rules})
            near = get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
            raise InvalidQueryError(f"VectorIndex() has no option {name}; {hint}")
        reasons = [rule.refuse(text) for rule in found]
        if all(reasons):
            raise InvalidQueryError(f"VectorIndex({name}) {reasons[0]}, not {options[name]!r}")
    return tuple(sorted(texts.items()))


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def check_for(server: str, options: Mapping[str, str], where: str) -> None:
    """Refuse what a server's vector index does not take; the error names the field, the server and the range."""
    rules = RULES[server]
    for name, text in options.items():
        if name == SIMILARITY:
            continue
        if name not in rules:
            others = ", ".join(other for other, known in RULES.items() if name in known)
            raise InvalidQueryError(
                f"{where}: VectorIndex({name}) exists on {others} only; this server is {server}, "
                f"whose index takes {', '.join(rules)}"
            )
        reason = rules[name].refuse(text)
        if reason:
            raise InvalidQueryError(f"{where}: VectorIndex({name}) {reason} on {server}, not {text}")


def same(server: str, declared: Mapping[str, str], live: Mapping[str, str]) -> bool:
    """Tell whether two sets of options mean one index: case does not matter, nor does saying a default."""
    return all(
        _value(server, declared, name) == _value(server, live, name) for name in declared.keys() | live.keys()
    )


def _value(server: str, options: Mapping[str, str], name: str) -> Any:
    rule = RULES[server].get(name)
    default = FUNCTIONS[0] if name == SIMILARITY else rule.default if rule else ""
    text = options.get(name, default).lower()
    return float(text) if rule is not None and not rule.words and text else text
