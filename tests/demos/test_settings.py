from pathlib import Path

import pytest
from demokit.settings import GALLERY, STATE_DIR, Settings, SettingsError

FOLDER = Path("demos/ttl-sessions")


def test_a_demo_needs_nothing_in_its_environment() -> None:
    settings = Settings.load(FOLDER, port=8004, environ={})
    assert (settings.name, settings.keyspace, settings.port) == ("ttl-sessions", "ttl_sessions", 8004)
    assert (settings.hosts, settings.tablets, settings.statement_log) == ((), None, None)
    assert (settings.gallery_url, settings.state_dir) == (GALLERY, STATE_DIR)


def test_the_environment_wins() -> None:
    settings = Settings.load(
        FOLDER,
        port=8004,
        environ={
            "PORT": "9000",
            "KEYSPACE": "mine",
            "COODIE_HOSTS": "a:9042, b:9043",
            "TABLETS": "off",
            "SECRET_KEY": "mine",
        },
    )
    assert (settings.port, settings.keyspace, settings.hosts) == (9000, "mine", ("a:9042", "b:9043"))
    assert settings.tablets is False
    assert settings.secret_key == settings.keyspace


def test_an_empty_variable_counts_as_unset() -> None:
    environ = {"PORT": "", "KEYSPACE": "", "COODIE_HOSTS": ""}
    settings = Settings.load(FOLDER, port=8004, environ=environ)
    assert (settings.port, settings.keyspace, settings.hosts) == (8004, "ttl_sessions", ())


@pytest.mark.parametrize(
    ("variable", "value"),
    [("PORT", "http"), ("PORT", "70000"), ("PORT", "²"), ("KEYSPACE", "My-Keyspace"), ("TABLETS", "yes")],
)
def test_a_value_that_cannot_work_is_named(variable: str, value: str) -> None:
    with pytest.raises(SettingsError, match=variable):
        Settings.load(FOLDER, environ={variable: value})


def test_each_start_draws_its_own_secret_and_never_shows_it() -> None:
    one, other = (Settings.load(FOLDER, environ={}) for _ in range(2))
    assert one.secret_key != other.secret_key
    assert one.secret_key not in repr(one)


def test_every_variable_is_documented_for_the_reader() -> None:
    module = Path(Settings.load.__code__.co_filename).read_text(encoding="utf-8")
    readme = (Path(__file__).parents[2] / "demos/README.md").read_text(encoding="utf-8")
    table = [line for line in module.splitlines() if line.startswith("| `")]
    assert len(table) >= 7
    for line in table:
        assert line.split("|")[1].strip() in readme
