"""The grammar of time, place and speaker: each case of time.yaml and where_and_who.yaml, read as articles."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines import catalogue, flow

KNOWN = catalogue.load()
DATA = Path(__file__).parent / "data"


def cases(name: str) -> list[Any]:
    return [
        pytest.param(case, id=case["id"])
        for case in yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("case", [*cases("time"), *cases("where_and_who")])
def test_form(case: dict[str, Any]) -> None:
    text = f"{case.get('title', 'A headline')}\n\n{case['text']}\n"
    article = flow.read(text.encode(), "a.txt", {"published_at": str(case.get("date", "2026-06-09"))})
    found = {o.quote: o for o in flow.extract(article, KNOWN).observations}
    for quote, wanted in case["want"].items():
        assert quote in found, f"{quote} not among {list(found)}"
        seen = found[quote]
        got = {
            field: [seen.period_start, seen.period_end] if field == "period" else getattr(seen, field)
            for field in wanted
        }
        assert got == {f: [str(day) for day in v] if f == "period" else v for f, v in wanted.items()}
