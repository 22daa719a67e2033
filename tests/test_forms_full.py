"""The example files through the whole extraction: place, period, status, reporter and canonical value of each form."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines import catalogue, flow
from pipelines.vocabulary.article import Article
from pipelines.vocabulary.observation import Observation

CATALOGUE = catalogue.load()
DATA = Path(__file__).parent / "data"
#: What this test is about; the quantity's own fields are in test_quantities.py.
FIELDS = ("place", "period", "status", "dimensions", "restates", "reporter", "canonical", "versus", "unit")
STATED = frozenset(("place", "period", "status", "dimensions", "restates", "reporter", "canonical"))
#: What is not read yet.
KNOWN = {
    "forecast": "a place said by an adjective",
}


def cases() -> list[Any]:
    found = []
    for name in ("forms.yaml", "forms_more.yaml"):
        for case in yaml.safe_load((DATA / name).read_text(encoding="utf-8")):
            if any(STATED & set(row) for row in case["find"]):
                known = KNOWN.get(case["id"])
                marks = [pytest.mark.xfail(reason=known)] if known else []
                found.append(pytest.param(case, id=case["id"], marks=marks))
    return found


def extract(text: str, date: str) -> list[Observation]:
    language = "zh" if sum("\u4e00" <= c <= "\u9fff" for c in text) > 3 else "en"
    article = Article(
        article_id="0" * 16, document_id="form", sha256="0" * 64, raw_path="form.txt", text=text, published_at=date,
        language=language,
    )  # fmt: skip
    return list(flow.extract(article, CATALOGUE).observations)


@pytest.mark.parametrize("case", cases())
def test_form(case: dict[str, Any]) -> None:
    found = extract(case["text"], str(case.get("date", "2026-06-09")))
    by_quote = {o.quote: o for o in found}
    by_id = {o.observation_id: o for o in found}
    assert sorted(by_quote) == sorted(row["quote"] for row in case["find"])
    for row in case["find"]:
        observation = by_quote[row["quote"]]
        assert observation.status == row.get("status", "actual")
        for field in FIELDS:
            if field not in row or field == "status":
                continue
            wanted = row[field]
            if field == "canonical":
                assert observation.canonical_value is not None
                assert float(observation.canonical_value) == pytest.approx(wanted, rel=1e-6)
            elif field == "period":
                assert [observation.period_start, observation.period_end] == [str(day) for day in wanted]
            elif field == "restates":
                assert observation.restates is not None
                assert by_id[observation.restates].quote == wanted
            elif field == "dimensions":
                assert {key: observation.dimensions.get(key) for key in wanted} == wanted
            else:
                assert getattr(observation, field) == (str(wanted) if field == "versus" else wanted)
