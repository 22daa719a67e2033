"""An observation in words: the fields of the contract as a person reads them.

What lives here: one layout for `try`, `extract` and `explain`, which have the same fields from different places. What
does not: where the fields come from, and the article.
"""

import json
from collections.abc import Mapping
from typing import Any

from pipelines.cli import printing

Fields = Mapping[str, Any]


def told(found: Fields) -> list[tuple[str, str | None]]:
    """Names and values, None for what the observation does not have."""
    period = " to ".join(dict.fromkeys(str(p) for p in (found["period_start"], found["period_end"]) if p))
    return [
        ("value", f"{bounded(found)} {found['unit'] or '(no unit)'}{_canonical(found)}{_words(found['bound_text'])}"),
        ("interval", _interval(found)),
        ("kind", ", ".join(filter(None, (found["kind"], found["status"], found["trend"], found["scope"])))),
        ("versus", found["versus"]),
        ("basis", found["basis"]),
        ("size", _object(found["size"])),
        ("metric", found["metric"] or f'none in the catalogue (label "{found["label"]}")'),
        ("label", found["label"] if found["metric"] else None),
        ("breakdown", _object(found["dimensions"])),
        ("place", found["place"]),
        ("period", period + _words(found["period_text"])),
        ("reporter", found["reporter"]),
        ("report", found["report"]),
        ("restates", found["restates"]),
        ("confidence", f"{found['confidence']:.2f}"),
    ]


def bounded(found: Fields) -> str:
    """The value with its bound: > 9,000,000 or 5 to 7."""
    bound = "" if found["bound"] == "=" else f"{found['bound']} "
    upper = "" if found["value_high"] is None else f" to {printing.number(found['value_high'])}"
    return f"{bound}{printing.number(found['value'])}{upper}"


def _canonical(found: Fields) -> str:
    if found["canonical_value"] is None or found["canonical_unit"] == found["unit"]:
        return ""
    return f" = {printing.number(found['canonical_value'])} {_unit(found)}".rstrip()


def _words(words: str | None) -> str:
    return f' ("{words}")' if words else ""


def _interval(found: Fields) -> str | None:
    low, high = found["low"], found["high"]
    if low is None and high is None:
        return None
    left = "(-∞" if low is None else f"{'[' if found['low_closed'] else '('}{printing.number(low)}"
    right = "∞)" if high is None else f"{printing.number(high)}{']' if found['high_closed'] else ')'}"
    return f"{left}, {right} {_unit(found)}".rstrip()


def _unit(found: Fields) -> str:
    """The canonical unit; a pure number has none to show."""
    return "" if found["canonical_unit"] in (None, "1") else str(found["canonical_unit"])


def _object(value: Any) -> str | None:
    """An object of the contract: {"use": "training"} is "use training"."""
    content = json.loads(value) if isinstance(value, str) else value
    if not content:
        return None
    return ", ".join(f"{k} {printing.number(v) if isinstance(v, int | float) else v}" for k, v in content.items())
