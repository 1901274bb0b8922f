"""The figures as Markdown tables."""

from __future__ import annotations

from typing import Any

SHORT = 25  # microseconds: what takes no longer is shown with its own time


def comparisons(results: list[dict[str, Any]], others: list[str]) -> str:
    """Write what was compared: the first program's own cost, and the ratios of the others."""
    lines = [
        f"| operation | raw driver | {' | '.join(others)} | reach |",
        f"|---|---|{'---|' * len(others)}---|",
    ]
    for result in results:
        programs = result["programs"]
        raw = next(iter(programs.values()))
        cells = [_ratio(programs.get(who), result["missing"].get(who), raw) for who in others]
        lines.append(f"| {result['title']} | {_own(result, raw)} | {' | '.join(cells)} | {result['goal']} |")
    return "\n".join(lines)


def _own(result: dict[str, Any], raw: dict[str, float]) -> str:
    return f"{raw['rate']:,.0f} /s" if result["measure"] == "rate" else f"{raw['cpu_us']:,.0f} µs"


def _ratio(program: dict[str, float] | None, missing: str | None, raw: dict[str, float]) -> str:
    if program is None:
        return "does not" if missing is None or "no " in missing else "fails"
    text = f"**{program['ratio']:.2f}** ± {program['spread']:.2f}"
    if program is not raw and program["cpu_us"] < SHORT:
        text += f" ({program['cpu_us']:.1f} µs)"
    if program is not raw and program["growth_mib"] > 1:
        text += f" (+{program['growth_mib']:.0f} MiB)"
    return text


def figures(found: list[dict[str, Any]]) -> str:
    """Write single figures."""
    lines = ["| what | measured | reach |", "|---|---|---|"]
    lines += [f"| {each['title']} | {each['value']} {each['unit']} | {each['goal']} |" for each in found]
    return "\n".join(lines)
