"""`coodie convert`: models and queries of cqlengine, turned into coodie's."""

from __future__ import annotations

import difflib
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from coodie.cli.command import CommandError, Exit
from coodie.cli.output import Output, add_output_options, styled
from coodie.codegen.cqlengine.convert import Converted, convert, read_models

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from coodie.cli.command import Commands
    from coodie.codegen.cqlengine.classes import Model


def register(commands: Commands) -> None:
    """Add `coodie convert`."""
    parser = commands.add_parser(
        "convert",
        help="turn models and queries of cqlengine into coodie's",
        description="Read Python that uses cqlengine and write it anew for coodie: models, user types, queries, "
        "writes, batches, connections. Comments and all other code stay. What a person has to decide is reported, "
        "and marked in the code with `# convert:`. No server is needed; "
        "nothing is written unless -o or --in-place says so.",
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="Python files, or folders of them")
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "-o", "--output", metavar="PATH", help="write to this file, or this folder for several"
    )
    where.add_argument(
        "--in-place", action="store_true", help="write over the files; keep them in version control"
    )
    where.add_argument("--diff", action="store_true", help="show what would change")
    add_output_options(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    output = Output.of(options)
    sources = {path: _read(path) for path in _files(options.files)}
    known: dict[str, Model] = {}
    results: dict[Path, Converted] = {}
    for path, text in sources.items():
        with _naming(path):
            known |= read_models(text, known)
    for path, text in sources.items():
        with _naming(path):
            results[path] = convert(text, known, path.parent)
    changed = {path: result for path, result in results.items() if result.changed}
    targets = _targets(options, list(changed))
    for path, result in changed.items():
        if path in targets:
            targets[path].parent.mkdir(parents=True, exist_ok=True)
            targets[path].write_text(result.source, encoding="utf-8")
        elif options.diff:
            _show_diff(output, path, sources[path], result.source)
        elif not options.json:
            sys.stdout.write(result.source)
    _report(output, results, targets)
    return Exit.OK


def _files(names: Sequence[str]) -> Iterator[Path]:
    for name in names:
        path = Path(name)
        if path.is_dir():
            yield from sorted(path.rglob("*.py"))
        elif path.is_file():
            yield path
        else:
            raise CommandError(f"{name}: No such file", Exit.USAGE)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path}: {error}") from error


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Say of which file a syntax error is."""
    try:
        yield
    except SyntaxError as error:
        raise CommandError(
            f"{path}, line {error.lineno}: {error.msg}: only Python 3 can be converted"
        ) from error


def _targets(options: argparse.Namespace, changed: list[Path]) -> dict[Path, Path]:
    if options.in_place:
        return {path: path for path in changed}
    if options.output is None:
        return {}
    target = Path(options.output)
    if len(changed) == 1 and not target.is_dir():
        found = {changed[0]: target}
    else:
        found = {path: target / path.name for path in changed}
        if len(set(found.values())) < len(found):
            raise CommandError("two files have one name: convert them apart, or --in-place", Exit.USAGE)
    there = [path for path in found.values() if path.exists()]
    if there:
        raise CommandError(f"{there[0]} is there already: name another place, or remove it", Exit.USAGE)
    return found


def _show_diff(output: Output, path: Path, before: str, after: str) -> None:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), str(path), str(path), lineterm="")
    styles = {"+": "green", "-": "red", "@": "cyan"}
    for line in lines:
        output.say(line, styles.get(line[0]))


def _report(output: Output, results: dict[Path, Converted], targets: dict[Path, Path]) -> None:
    """Tell on the error stream, where it does not mix with the code, what was done and what is left to do."""
    for path, result in results.items():
        where = f" -> {targets[path]}" if path in targets and targets[path] != path else ""
        what = f"{len(result.models)} models" if result.changed else "nothing of cqlengine"
        sys.stderr.write(f"{styled(f'{path}{where}', 'bold', sys.stderr)}: {what}\n")
        for note in result.notes:
            sys.stderr.write(f"  line {note.line}: {note.text}\n")
    left = sum(len(result.notes) for result in results.values())
    sys.stderr.write(f"{left} {'place needs' if left == 1 else 'places need'} a person\n")
    output.document(
        {
            "files": [
                {
                    "file": str(path),
                    "written": str(targets[path]) if path in targets else None,
                    "changed": result.changed,
                    "models": list(result.models),
                    "source": result.source,
                    "notes": [note._asdict() for note in result.notes],
                }
                for path, result in results.items()
            ],
            "notes": left,
        }
    )
