import pytest
from notes import Note


@pytest.fixture(scope="session")
def coodie_models():
    return [Note]
