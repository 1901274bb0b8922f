import pytest
from notes import Note, SharedNote, copy, titles

from coodie.testing import assert_statements

pytestmark = [pytest.mark.usefixtures("coodie_tables"), pytest.mark.anyio]


@pytest.fixture
def anyio_backend():
    return "asyncio"


async def test_what_async_code_saves_sync_code_reads():
    await SharedNote(author="ada", title="engine").save()
    assert titles("ada") == ["engine"]


async def test_copying_takes_two_statements():
    Note(author="ada", title="engine", text="It weaves").save()
    Note(author="ada", title="loom").save()
    with assert_statements(2) as sent:
        await copy("ada", to="bo")
    assert titles("bo") == ["engine", "loom"]
    assert [type(each.statement).__name__ for each in sent] == ["Statement", "BatchStatement"]
