"""How right the extraction is on labelled articles, by the definitions of `scoring`.

    python bench/accuracy.py [FOLDER ...] [--misses N] [--json]

Without folders: all of bench/accuracy/. A folder holds the labels; its articles are those in FOLDER/articles, else the
shipped ones in raw/examples/. They are read as they are, without their side files. `first` is what was measured before
any rule was tuned on a folder; what the rules have been tuned on says little about the articles of others.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if not __package__:
    sys.path[0] = str(ROOT)

from bench import scoring  # noqa: E402
from pipelines import catalogue, flow  # noqa: E402
from pipelines.stages.text import is_article_path  # noqa: E402

DATA = Path(__file__).resolve().parent / "accuracy"
SHOWN = (
    "quote", "value", "value_high", "unit", "bound", "basis", "kind", "status", "metric", "place", "period_start",
    "period_end", "dimensions",
)  # fmt: skip


@dataclass(frozen=True)
class Scored:
    """A labelled folder, its articles as they were read, and every label and observation of it."""

    folder: Path
    labels: scoring.Labels
    articles: dict[str, flow.Extraction]
    pairs: list[scoring.Pair]

    @cached_property
    def levels(self) -> dict[str, scoring.Level]:
        return scoring.levels(self.pairs)

    @cached_property
    def fields(self) -> dict[str, float]:
        return scoring.fields(self.pairs)

    @cached_property
    def metrics(self) -> scoring.Metrics:
        return scoring.given_metrics(self.pairs, self.labels.metrics)


def score(folder: Path, known: catalogue.Catalogue) -> Scored:
    """Reads the folder's articles and compares what they state with the labels."""
    labels = scoring.read_labels(folder)
    place = folder / "articles" if (folder / "articles").is_dir() else ROOT / "raw" / "examples"
    paths = [p for p in sorted(place.iterdir()) if is_article_path(p.name) and p.stem in labels.by_article]
    articles = {p.stem: flow.extract(flow.read(p.read_bytes(), p.name), known) for p in paths}
    seen = {name: [o.as_record() for o in found.observations] for name, found in articles.items()}
    return Scored(folder, labels, articles, scoring.pair(labels, seen))


def first_time(folder: Path) -> dict[str, Any] | None:
    """What was measured of this folder before any rule was tuned on it."""
    for name, told in json.loads((DATA / "first_time.json").read_text(encoding="utf-8")).items():
        if name.split(",")[0] == folder.name:
            return {"articles": name, **told}
    return None


def _show(scored: Scored, misses: int) -> None:
    first = first_time(scored.folder)
    print(f"\n{scored.folder.name}: {len(scored.articles)} articles")
    print(f"{'':8}{'precision':>10}{'recall':>9}{'F1':>8}{'first':>8}   labels")
    for level, row in scored.levels.items():
        before = f"{first['f1'][level]:8.3f}" if first else f"{'':8}"
        print(f"{level:8}{row.precision:10.3f}{row.recall:9.3f}{row.f1:8.3f}{before}   {row.labels}")
    if first:
        print(f"first    {first['articles']}, measured {first['measured']}")
    print("fields   " + "  ".join(f"{field} {share:.3f}" for field, share in scored.fields.items()))
    given = scored.metrics
    print(
        f"metrics  {given.given} given, {given.wrong} wrong ({given.share_wrong:.1%}; {given.wrong_where_none} of them "
        f"where the label has none); {given.unknown} more under ids that the labels do not know "
        f"({given.share_wrong_at_worst:.1%} wrong, were all of these)"
    )
    wrong = [p for p in scored.pairs if not p.is_optional and (p.label is None or p.seen is None or p.wrong)]
    for one in wrong[:misses]:
        what = "missed" if one.seen is None else "spurious" if one.label is None else "wrong " + ", ".join(one.wrong)
        print(f"\n{one.article}: {what}\n  {_sentence(scored, one)}")
        for name, side in (("label", one.label), ("seen", one.seen)):
            if side:
                print(f"  {name:6}", {k: side.get(k) for k in SHOWN if side.get(k) not in (None, {}, [])})


def _sentence(scored: Scored, one: scoring.Pair) -> str:
    """The sentence of a miss. A label's offsets are of another reading of the page, so its quote is looked for."""
    if one.seen is not None:
        return " ".join(one.seen["sentence"].split())
    found = scored.articles.get(one.article)
    if found is None or one.label is None:
        return ""
    text, quote, wanted = found.article.text, one.label["quote"], one.label["start"]
    at = min((i for i in range(len(text)) if text.startswith(quote, i)), key=lambda i: abs(i - wanted), default=wanted)
    near = [s for s in found.sentences if s.start <= at < s.end]
    return " ".join(text[near[0].start : near[0].end].split()) if near else quote


def _as_json(scored: Scored) -> dict[str, Any]:
    return {
        "folder": scored.folder.name,
        "levels": {level: asdict(row) for level, row in scored.levels.items()},
        "first_time": first_time(scored.folder),
        "fields": scored.fields,
        "metrics": asdict(scored.metrics) | {"share_wrong": scored.metrics.share_wrong},
    }


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, help="default: every folder of bench/accuracy/")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="show up to N misses of each folder")
    parser.add_argument("--json", action="store_true", help="one JSON object a folder and line")
    options = parser.parse_args(arguments)
    known = catalogue.load()
    for folder in options.folders or sorted(p for p in DATA.iterdir() if (p / "gold.jsonl").exists()):
        scored = score(folder.resolve(), known)
        if options.json:
            print(json.dumps(_as_json(scored)))
        else:
            _show(scored, options.misses)


if __name__ == "__main__":
    main()
