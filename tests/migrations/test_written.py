"""What is written of a difference: a migration that can be taken back, unless something would stay in its way."""

from __future__ import annotations

from coodie.migrations import SchemaDiff, render_migration
from coodie.migrations.changes import Change

COLUMN = Change("t", "n", "column", "add", up=["ALTER TABLE t ADD n int"], down=["ALTER TABLE t DROP n"])
FIELD = Change("u", "city", "field", "add", up=["ALTER TYPE u ADD city text"])


def test_what_can_be_taken_back_has_a_downgrade() -> None:
    text = render_migration(SchemaDiff("k", [COLUMN]))
    assert "async def downgrade" in text
    assert "ALTER TABLE t DROP n" in text


def test_a_field_that_no_server_drops_forbids_it_as_it_would_be_in_the_way_of_doing_it_again() -> None:
    text = render_migration(SchemaDiff("k", [COLUMN, FIELD]))
    assert "downgrade(" not in text
    assert "# No downgrade: the field city of u stays, as no server drops one." in text
