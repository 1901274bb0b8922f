"""Named connections, settings from arguments and the environment, and connecting at first use."""

from __future__ import annotations

import asyncio
import re
import ssl
import threading
import time
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
import trustme
from cryptography.hazmat.primitives import serialization
from memory_driver import MemoryDriver

from coodie import drivers
from coodie.cql.dialect import Dialect, Server
from coodie.cql.statement import BatchStatement, Kind, Shape, Statement
from coodie.drivers import LazyDriver, get_driver, init_coodie, register_driver
from coodie.drivers.base import Arrived
from coodie.drivers.registry import forget_driver, known_target
from coodie.drivers.settings import ConnectionSettings
from coodie.drivers.tls import TlsFiles
from coodie.exceptions import ConfigurationError, Timeout, Unavailable, UnsupportedByDriver

pytestmark = pytest.mark.usefixtures("registry")
STATEMENT = Statement(Shape("SELECT 1", Kind.SELECT))


class TestRegistry:
    def test_the_first_is_the_default_until_another_says_so(self):
        first, second, third = MemoryDriver(), MemoryDriver(), MemoryDriver()
        register_driver("first", first)
        register_driver("second", second)
        assert get_driver() is first
        register_driver("third", third, default=True)
        assert get_driver() is third
        assert get_driver("first") is first
        assert [driver.name for driver in (first, second, third)] == ["first", "second", "third"]

    def test_an_unknown_name_is_told_with_those_there_are(self):
        with pytest.raises(
            ConfigurationError, match=r"no connection is registered \(known: none\).*init_coodie"
        ):
            get_driver()
        register_driver("main", MemoryDriver())
        with pytest.raises(ConfigurationError, match=r"no connection is called 'other' \(known: main\)"):
            get_driver("other")

    def test_a_replaced_connection_is_closed_and_the_same_one_is_not(self):
        old, new = MemoryDriver(), MemoryDriver()
        register_driver("main", old)
        register_driver("main", old)
        assert old.closed == 0
        register_driver("main", new)
        assert old.closed == 1
        assert get_driver() is new

    def test_a_forgotten_default_passes_on(self):
        first, second = MemoryDriver(), MemoryDriver()
        register_driver("first", first)
        register_driver("second", second)
        forget_driver(first)
        assert get_driver() is second
        forget_driver(second)
        with pytest.raises(ConfigurationError):
            get_driver()

    def test_a_target_is_known_without_connecting(self):
        assert known_target().keyspace is None
        register_driver("main", LazyDriver(lambda: pytest.fail("connected"), "shop"))
        assert known_target().keyspace == "shop"


class TestSettings:
    @pytest.mark.parametrize(
        ("arguments", "environment", "hosts"),
        [
            ({"hosts": ["a"]}, {}, (("a", 9042),)),
            ({"hosts": "a, b:9043 ,"}, {}, (("a", 9042), ("b", 9043))),
            ({"hosts": ["a", "b:9"], "port": 7}, {}, (("a", 7), ("b", 9))),
            ({"hosts": ["a"], "port": "7"}, {}, (("a", 7),)),
            ({}, {"COODIE_HOSTS": "a:1,b"}, (("a", 1), ("b", 9042))),
            ({}, {"COODIE_HOSTS": "a", "COODIE_PORT": "8"}, (("a", 8),)),
            ({"hosts": ["c"]}, {"COODIE_HOSTS": "a", "COODIE_PORT": "8"}, (("c", 8),)),
            ({"hosts": ["[::1]:9"]}, {}, (("::1", 9),)),
            ({"hosts": ["[::1]"]}, {}, (("::1", 9042),)),
            ({"hosts": ["::1"]}, {}, (("::1", 9042),)),
        ],
    )
    def test_hosts(self, arguments, environment, hosts):
        assert ConnectionSettings.read(**arguments, environment=environment).hosts == hosts

    def test_an_argument_wins_over_the_environment(self):
        environment = {
            "COODIE_HOSTS": "a",
            "COODIE_KEYSPACE": "from_env",
            "COODIE_USERNAME": "me",
            "COODIE_PASSWORD": "pass",
            "COODIE_LOCAL_DATACENTER": "west",
        }
        read = ConnectionSettings.read(environment=environment)
        assert (read.keyspace, read.username, read.password, read.local_datacenter) == (
            "from_env",
            "me",
            "pass",
            "west",
        )
        assert ConnectionSettings.read(keyspace="mine", environment=environment).keyspace == "mine"

    @pytest.mark.parametrize(
        ("arguments", "environment", "says"),
        [
            ({}, {}, "no host.*COODIE_HOSTS"),
            ({"hosts": []}, {}, "no host"),
            ({"hosts": ""}, {"COODIE_HOSTS": "a"}, "no host"),
            ({"hosts": ["a:b"]}, {}, "'b' is not a port"),
            ({"hosts": ["a"], "port": 70_000}, {}, "70000 is not a port"),
            ({"hosts": ["a"]}, {"COODIE_PORT": "x"}, "'x' is not a port"),
            ({"hosts": ["a"], "username": "me"}, {}, "password is missing"),
            ({"hosts": ["a"], "password": "me"}, {}, "username is missing"),
        ],
    )
    def test_what_is_missing_or_contradicts_is_told(self, arguments, environment, says):
        with pytest.raises(ConfigurationError, match=says):
            ConnectionSettings.read(**arguments, environment=environment)

    def test_a_password_is_not_shown(self):
        shown = repr(ConnectionSettings.read("a", username="me", password="hush", environment={}))  # noqa: S106
        assert "hush" not in shown

    @pytest.mark.parametrize(
        ("url", "read"),
        [
            ("cassandra://a", {"hosts": (("a", 9042),)}),
            ("scylla://a:1,b/shop", {"hosts": (("a", 1), ("b", 9042)), "keyspace": "shop"}),
            ("cassandra://[::1]:9,[::2]", {"hosts": (("::1", 9), ("::2", 9042))}),
            ("cassandra://me:p%40ss%2Fw%3Ard@a", {"username": "me", "password": "p@ss/w:rd"}),
            ("cassandra://m%40e:a@b@host", {"username": "m@e", "password": "a@b"}),
            ("cassandra://a/k?driver=acsylla", {"driver_type": "acsylla", "keyspace": "k"}),
            ("cassandra://a?local_datacenter=west%201&tls=no", {"local_datacenter": "west 1", "tls": None}),
            ("cassandra://a?tls=yes", {"tls": TlsFiles()}),
            ("cassandra://a?tls=1&tls_check_hostname=off", {"tls": TlsFiles(check_hostname=False)}),
        ],
    )
    def test_a_url_says_all_of_it(self, url, read):
        for arguments, environment in (((url,), {}), ((), {"COODIE_URL": url})):
            settings = ConnectionSettings.read(*arguments, environment=environment)
            assert {name: getattr(settings, name) for name in read} == read

    def test_what_wins_over_what(self):
        environment = {"COODIE_URL": "cassandra://me:one@a/k", "COODIE_PASSWORD": "two"}
        read = ConnectionSettings.read(environment=environment)
        assert (read.hosts, read.username, read.password) == ((("a", 9042),), "me", "two")
        assert ConnectionSettings.read(username="you", environment=environment).username == "you"
        assert ConnectionSettings.read("cassandra://you:three@b", environment=environment).username == "you"
        # Where hosts are given, the URL of the environment describes another place.
        assert ConnectionSettings.read("b", environment={"COODIE_URL": "cassandra://a/k"}).keyspace is None

    @pytest.mark.parametrize(
        ("url", "says"),
        [
            ("mysql://me:hush@a", "begins with cassandra:// or scylla://, not mysql://"),
            ("cassandra:///shop", "no host to connect to"),
            ("cassandra://me@a", "password is missing"),
            ("cassandra://a/shop/table", "one keyspace"),
            ("cassandra://a#shop", "%23"),
            ("cassandra://me:hush@a?colour=red", "no 'colour': use driver, "),
            ("cassandra://me:hush@a?driver=a&driver=b", "driver twice"),
            ("cassandra://a?tls=perhaps", "tls is yes or no, not 'perhaps'"),
            ("cassandra://a:b", "'b' is not a port"),
            ("cassandra://a?tls=no&tls_ca=ca.pem", "tls is off, but tls_ca"),
            ("cassandra://a?tls_key=key.pem", "tls_key needs tls_certificate"),
            ("cassandra://a?tls_ca=nowhere.pem", "tls_ca: nowhere.pem cannot be read: No such file"),
            ("cassandra://a?secure_connect_bundle=nowhere.zip", "leave hosts out"),
            ("cassandra://?secure_connect_bundle=nowhere.zip", "there is no file nowhere.zip"),
        ],
    )
    def test_what_is_wrong_with_a_url_is_told_without_its_password(self, url, says):
        for arguments, environment in (((url,), {}), ((), {"COODIE_URL": url})):
            with pytest.raises(ConfigurationError, match=re.escape(says)) as raised:
                ConnectionSettings.read(*arguments, environment=environment)
            assert "hush" not in str(raised.value)

    def test_a_bundle_says_where_to_connect(self, tmp_path):
        (tmp_path / "text.zip").write_text("no bundle")
        with ZipFile(tmp_path / "bundle.zip", "w") as bundle:
            bundle.writestr("config.json", "{}")
        with pytest.raises(ConfigurationError, match=r"text\.zip is no zip file"):
            ConnectionSettings.read(secure_connect_bundle=tmp_path / "text.zip", environment={})
        read = ConnectionSettings.read(secure_connect_bundle=tmp_path / "bundle.zip", environment={})
        assert (read.hosts, read.secure_connect_bundle) == ((), str(tmp_path / "bundle.zip"))
        with pytest.raises(ConfigurationError, match="brings its own certificates"):
            ConnectionSettings.read(secure_connect_bundle=tmp_path / "bundle.zip", tls=True, environment={})

    @pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the protocol that the driver chooses
    def test_a_bundle_that_leads_nowhere_is_told_as_any_other_address(self, tmp_path):
        pytest.importorskip("cassandra")
        with ZipFile(tmp_path / "bundle.zip", "w") as bundle:
            bundle.writestr("config.json", '{"host": "127.0.0.1", "port": 1}')
            issued = trustme.CA().issue_cert("program@example.org")
            for name, part in (("ca.crt", 0), ("cert", 0)):
                bundle.writestr(name, issued.cert_chain_pems[part].bytes())
            bundle.writestr("key", issued.private_key_pem.bytes())
        with pytest.raises(Unavailable, match=r"no CQL server answers.*127\.0\.0\.1:1"):
            init_coodie(secure_connect_bundle=str(tmp_path / "bundle.zip"), driver_type="cassandra")


class TestTlsFiles:
    @pytest.fixture
    def files(self, tmp_path):
        """Return the paths of a CA, of a certificate and of keys: its own, another's, and its own encrypted."""
        authority = trustme.CA()
        names = {
            name: str(tmp_path / name) for name in ("ca", "cert", "key", "other", "locked", "two", "text")
        }
        authority.cert_pem.write_to_path(names["ca"])
        issued, other = authority.issue_cert("127.0.0.1"), authority.issue_cert("127.0.0.1")
        issued.cert_chain_pems[0].write_to_path(names["cert"])
        issued.private_key_pem.write_to_path(names["key"])
        other.private_key_pem.write_to_path(names["other"])
        key = serialization.load_pem_private_key(issued.private_key_pem.bytes(), None)
        locked = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"hush"),
        )
        Path(names["locked"]).write_bytes(locked)
        authority.cert_pem.write_to_path(names["two"], append=True)
        trustme.CA().cert_pem.write_to_path(names["two"], append=True)
        Path(names["text"]).write_text("no certificate")
        return names

    def read(self, **given):
        return ConnectionSettings.read("a", environment={}, **given).tls

    def test_are_checked_and_kept(self, files):
        read = self.read(tls_ca=files["ca"], tls_certificate=files["cert"], tls_key=files["key"])
        assert read == TlsFiles(files["ca"], files["cert"], files["key"])
        context = read.context()
        assert context.check_hostname
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert len(context.get_ca_certs()) == 1
        assert read.trusted() == [Path(files["ca"]).read_text()]
        assert len(self.read(tls_ca=files["two"]).trusted()) == 2

    @pytest.mark.parametrize(
        ("certificate", "key", "says"),
        [
            ("text", None, "tls_certificate: .*text is not PEM"),
            ("cert", "other", "tls_certificate: .*cert is not PEM as it is needed: KEY_VALUES_MISMATCH"),
            ("cert", None, "is not PEM as it is needed"),
            ("cert", "locked", "tls_key is encrypted.*openssl pkey"),
        ],
    )
    def test_what_does_not_fit_is_told(self, files, certificate, key, says):
        with pytest.raises(ConfigurationError, match=says):
            self.read(tls_certificate=files[certificate], tls_key=key and files[key])

    def test_a_ca_that_is_none_is_told(self, files):
        with pytest.raises(ConfigurationError, match=r"tls_ca: .*text is not PEM"):
            self.read(tls_ca=files["text"])

    def test_files_and_a_context_say_the_same_twice(self, files):
        with pytest.raises(ConfigurationError, match="leave one out"):
            init_coodie("a", tls_ca=files["ca"], ssl_context=ssl.create_default_context())

    def test_what_acsylla_is_given(self, files):
        cluster = pytest.importorskip("coodie.drivers.acsylla_cluster")

        def arguments(context=None, **given):
            settings = ConnectionSettings.read("a", environment={}, **given)
            return cluster.cluster_arguments(replace(settings, ssl_context=context), {})

        assert arguments(tls_ca=files["ca"])["ssl_verify_flags"].value == 3
        assert arguments(tls_ca=files["ca"], tls_check_hostname="no")["ssl_verify_flags"].value == 1
        with pytest.raises(UnsupportedByDriver, match="acsylla trusts one CA, not 2"):
            arguments(tls_ca=files["two"])
        with pytest.raises(UnsupportedByDriver, match=r"acsylla reads certificates from files.*tls_ca="):
            arguments(ssl.create_default_context())


class TestInit:
    def test_the_url_or_the_environment_chooses_the_driver(self, monkeypatch):
        monkeypatch.setenv("COODIE_DRIVER", "oracle")
        with pytest.raises(ConfigurationError, match="unknown driver_type 'oracle'"):
            init_coodie("a")
        with pytest.raises(ConfigurationError, match="unknown driver_type 'db2'"):
            init_coodie("cassandra://a?driver=db2")
        with pytest.raises(ConfigurationError, match="unknown driver_type 'mysql'"):
            init_coodie("cassandra://a?driver=db2", driver_type="mysql")

    def test_the_environment_may_say_all_of_it(self, monkeypatch):
        monkeypatch.delenv("COODIE_HOSTS", raising=False)
        monkeypatch.setenv("COODIE_URL", "cassandra://nowhere.invalid/shop?driver=cassandra")
        driver = init_coodie(lazy=True, name="x")
        assert (driver.keyspace, driver.driver_type) == ("shop", "cassandra")

    def test_an_unknown_driver_lists_those_there_are(self):
        with pytest.raises(ConfigurationError, match=r"unknown driver_type 'oracle'.*'scylla', 'cassandra'"):
            init_coodie("a", driver_type="oracle")

    def test_hosts_and_a_session_contradict(self):
        with pytest.raises(ConfigurationError, match="hosts or a session"):
            init_coodie(["a"], session=object())

    def test_a_session_of_the_application_is_not_configured(self):
        with pytest.raises(ConfigurationError, match="compression, username"):
            init_coodie(session=object(), compression=True, username="me")

    def test_lazy_connects_to_nothing_yet(self):
        driver = init_coodie("nowhere.invalid", keyspace="shop", lazy=True, name="x")
        assert isinstance(driver, LazyDriver)
        assert drivers.get_driver("x") is driver
        assert driver.keyspace == "shop"

    def test_lazy_still_checks_its_settings_at_once(self, monkeypatch, tmp_path):
        monkeypatch.delenv("COODIE_HOSTS", raising=False)
        monkeypatch.setenv("COODIE_STATE_DIR", str(tmp_path))  # whatever server of the user's stands
        with pytest.raises(ConfigurationError, match="no host"):
            init_coodie(lazy=True)


class TestLazy:
    @staticmethod
    def counted(delay: float = 0.05) -> tuple[LazyDriver, list[MemoryDriver]]:
        made: list[MemoryDriver] = []

        def connect() -> MemoryDriver:
            time.sleep(delay)
            made.append(MemoryDriver().speak(Dialect.SCYLLA, "2026.1"))
            return made[-1]

        return LazyDriver(connect, "shop"), made

    def test_threads_connect_once(self):
        lazy, made = self.counted()
        start = threading.Barrier(20)

        def work() -> None:
            start.wait()
            lazy.execute(STATEMENT)

        threads = [threading.Thread(target=work) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(made) == 1
        assert len(made[0].sent) == 20

    def test_tasks_connect_once_and_the_loop_goes_on(self):
        lazy, made = self.counted(0.2)
        ticks = []

        async def tick() -> None:
            while not made:
                ticks.append(time.perf_counter())
                await asyncio.sleep(0.01)

        async def main() -> None:
            await asyncio.gather(tick(), *(lazy.execute_async(STATEMENT) for _ in range(20)))

        asyncio.run(main())
        assert len(made) == 1
        assert len(made[0].sent) == 20
        assert len(ticks) > 5, "connecting blocked the loop"

    def test_nothing_connects_before_a_statement(self):
        lazy, made = self.counted()
        lazy.close()
        asyncio.run(lazy.close_async())
        assert lazy.server == Server()
        assert made == []

    def test_everything_goes_to_what_it_connected_to(self):
        lazy, made = self.counted(0)
        lazy.name = "main"
        lazy.execute_batch(BatchStatement((STATEMENT,)))
        asyncio.run(lazy.execute_batch_async(BatchStatement((STATEMENT,))))
        lazy.submit(STATEMENT).result()
        assert len(made[0].sent) == 3
        assert made[0].name == "main"
        assert lazy.ready() is made[0]
        assert (lazy.target.dialect, lazy.target.keyspace) == (Dialect.SCYLLA, "shop")
        lazy.close()
        asyncio.run(lazy.close_async())
        assert made[0].closed == 2

    def test_a_failure_is_raised_and_tried_again(self):
        outcomes = [Unavailable("down"), MemoryDriver()]

        def connect() -> MemoryDriver:
            outcome = outcomes.pop(0)
            if isinstance(outcome, Exception):
                raise outcome
            return outcome

        lazy = LazyDriver(connect)
        with pytest.raises(Unavailable):
            lazy.execute(STATEMENT)
        lazy.execute(STATEMENT)
        assert outcomes == []


def test_a_driver_that_cannot_send_ahead_keeps_its_error_for_the_result():
    driver = MemoryDriver(Timeout("late"))
    pending = driver.submit(STATEMENT)
    assert isinstance(pending, Arrived)
    with pytest.raises(Timeout):
        pending.result()
    assert pending.elapsed >= 0
