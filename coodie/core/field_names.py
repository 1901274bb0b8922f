"""Fields that are called as a method of documents: allowed where the class still works, refused where it would not.

A table with a column `at` or `get` is common, and its class is asked for `Model.at(...)`, not its documents. A field
called `save` would take the method away from every document.
"""

from __future__ import annotations

import inspect
import warnings
from typing import Any

from pydantic import BaseModel
from pydantic._internal._model_construction import ModelMetaclass
from pydantic_core import PydanticUndefined

from coodie.exceptions import InvalidQueryError


class DocumentMeta(ModelMetaclass):
    """Makes document classes without the warning that a field called as a class method would draw."""

    def __new__(
        mcs, name: str, bases: tuple[type[Any], ...], namespace: dict[str, Any], **kwargs: Any
    ) -> Any:
        """Make the class; `free_fields` gives such fields their own default back."""
        known = "|".join(sorted({method for base in bases for method in _class_methods(base)})) or "(?!)"
        with warnings.catch_warnings():
            message = f'Field name "({known})" in .* shadows an attribute'
            warnings.filterwarnings("ignore", message=message, category=UserWarning)
            return super().__new__(mcs, name, bases, namespace, **kwargs)


def _ours(model: type[Any], name: str) -> Any:
    for base in model.__mro__:
        if name in base.__dict__:
            return base.__dict__[name] if base.__module__.startswith("coodie.") else None
    return None


def _class_methods(model: type[Any]) -> set[str]:
    return {name for name in dir(model) if name[0] != "_" and isinstance(_ours(model, name), classmethod)}


def free_fields(model: type[BaseModel]) -> None:
    """Take methods out of the defaults of fields, where pydantic puts an inherited attribute of the same name.

    Raises `InvalidQueryError` for a field that would hide a method of its documents.
    """
    freed = False
    for name, info in model.model_fields.items():
        hidden = next((found for base in model.__mro__[1:] if (found := _ours(base, name)) is not None), None)
        if inspect.isfunction(hidden):
            raise InvalidQueryError(
                f"{model.__name__}.{name}: {name}() is a method of every document; call the field something else and "
                f"keep the column's name with Column(name={name!r})"
            )
        if isinstance(hidden, classmethod) and inspect.ismethod(info.default):
            info.default = PydanticUndefined
            freed = True
    if freed:
        model.model_rebuild(force=True, raise_errors=False)
