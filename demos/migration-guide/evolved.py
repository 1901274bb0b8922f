"""The schema goes on where cqlengine's ended: a column and an index that it never knew."""

from typing import Annotated

import coodie_models

from coodie import Indexed


class Reader(coodie_models.Reader):
    """A reader who can be found by an address for mail."""

    email: Annotated[str | None, Indexed()] = None

    class Settings:
        name = "reader"
