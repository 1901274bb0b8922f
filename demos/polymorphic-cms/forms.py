"""A form for each kind, made of its class's own fields: a plug-in gets one, too."""

from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from models import Content
from pydantic import ValidationError

LONG = 200
HIDDEN = frozenset({"id", "kind"})
SEPARATOR = ";"


@dataclass(frozen=True)
class Input:
    """One field of a form; `options` are an element's own attributes."""

    name: str
    control: str
    value: str
    required: bool
    hint: str
    choices: tuple[str, ...] = ()
    options: tuple[tuple[str, Any], ...] = ()


def inputs(kind: type[Content], filled: Content | None = None) -> list[Input]:
    """Return the fields that somebody fills in, the columns of all kinds first."""
    schema = kind.model_json_schema()
    names = [
        name for name in schema["properties"] if name not in HIDDEN and not (filled and name == "channel")
    ]
    return [
        _input(name, schema["properties"][name], required=name in schema["required"], filled=filled)
        for name in names
    ]


async def sent(request: Request, kind: type[Content], **more: Any) -> Content:
    """Validate a form as a document of its kind; what is wrong with it is shown inside the form."""
    form = {name: str(value).strip() for name, value in (await request.form()).items()}
    values: dict[str, Any] = {name: form[name] for name in kind.model_fields if form.get(name)} | more
    for name, field in kind.model_json_schema()["properties"].items():
        if field.get("type") == "array" and name in values:
            values[name] = [part.strip() for part in values[name].split(SEPARATOR) if part.strip()]
    try:
        return kind(**values)
    except ValidationError as error:
        raise RequestValidationError(
            [{**one, "loc": ("body", *one["loc"][:1])} for one in error.errors()]
        ) from error


def _input(name: str, schema: dict[str, Any], *, required: bool, filled: Content | None) -> Input:
    value = getattr(filled, name) if filled else schema.get("default", "")
    hint = schema.get("description", "")
    match schema:
        case {"enum": choices}:
            return Input(name, "select", str(value), required, hint, tuple(choices))
        case {"type": "integer"}:
            limits = (("min", schema.get("minimum")), ("max", schema.get("maximum")))
            return Input(name, "number", str(value), required, hint, options=limits)
        case {"type": "array"}:
            hint = f"Separate them with “{SEPARATOR}”"
            return Input(name, "text", f"{SEPARATOR} ".join(value), required, hint)
        case _:
            longest = schema.get("maxLength", LONG)
            control = "textarea" if longest > LONG else "text"
            return Input(name, control, str(value), required, hint, options=(("maxlength", longest),))
