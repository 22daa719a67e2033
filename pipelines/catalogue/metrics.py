"""The metrics that figures are tied to: their names, what fits them, and what is believable for them.

What lives here: the rows of `metrics.csv`, checked at load, and the finder of their names in a text. What does not: the
choice among the names that stand near a number (see `stages.observations.metrics`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from pipelines.catalogue.script import fold
from pipelines.catalogue.table import Row, read_table
from pipelines.vocabulary.observation import KINDS
from pipelines.vocabulary.values import light

COLUMNS = (
    "id", "subject", "name_en", "name_zh", "aliases_en", "aliases_zh", "requires", "excludes", "definition",
    "dimension", "unit", "units_also", "kind", "stock_or_flow", "is_national", "is_company", "part_of", "share_of",
    "plausible_low", "plausible_high", "yearly_step", "source", "concept",
)  # fmt: skip
#: How strongly a name names: by itself, near a cue, near a cue and for want of another name.
STRONG, WEAK, FAINT = range(3)
#: A name that opens with one of these names the whole of a share; the name inside it still counts.
_OF_THE_WHOLE = ("of ", "占")
#: What follows a name and makes it another: 利润 is no 利润率, a computing power index no computing power.
_MAKES_ANOTHER = ("率", "指数", "器", " index", " indices")
_FLOWS = ("stock", "flow", "ratio")
#: What the definition of money earned or made says of it, not of money spent.
_EARNED = re.compile(
    r"\b(?:[Rr]evenue|[Ss]ales|[Pp]rofits?|[Ii]ncome|[Ee]arnings|[Vv]alue added|[Oo]utput value|[Ss]cale of)\b"
)
_ADDED = re.compile(r"(?<![Vv]alue )\badded\b|\b[Nn]ewly (?:added|established|installed)|\btaken up\b")
#: What a word that sets a part apart does not end with.
_OPEN_ENDS = frozenset(("of", "from", "the", "and", "with", "a", "an", "to", "for"))
_PART = re.compile(r"\{(\w+)\}")
#: The word of a part that may be left out.
NOTHING = "-"


@dataclass(frozen=True, eq=False)
class Metric:
    """One row of the catalogue. `plausible_low` and `plausible_high` are in `unit`, `yearly_step` is a factor."""

    id: str
    subject: str
    name_en: str
    name_zh: str
    aliases: tuple[str, ...]  # strong names, as written in the row
    weak_aliases: tuple[str, ...]  # names that count only near a cue
    faint_aliases: tuple[str, ...]  # weak names that give way to every other
    cues: tuple[str, ...]  # folded words of which one must stand near a weak name
    excludes: tuple[str, ...]  # folded words that bar it in the same clause
    definition: str
    dimension: str
    unit: str
    units: frozenset[str]  # `unit` and the further codes it is counted or priced in
    kind: str
    stock_or_flow: str
    is_national: bool
    is_company: bool
    is_of_market: bool  # no single company has such a figure
    part_of: str | None
    share_of: str | None  # of a share: the metric that is measured as a part of a whole
    plausible_low: float | None
    plausible_high: float | None
    yearly_step: float | None
    source: str
    concepts: tuple[str, ...]

    @cached_property
    def cue_words(self) -> frozenset[str]:
        """`cues`, to be met with the words of a sentence."""
        return frozenset(self.cues)

    @cached_property
    def barring(self) -> frozenset[str]:
        """`excludes`, to be met with the words of a sentence."""
        return frozenset(self.excludes)

    @cached_property
    def mistaken(self) -> dict[str, tuple[str, ...]]:
        """Cue word -> the words of `excludes` that end in it and mean another thing: "press conference"."""
        found: dict[str, tuple[str, ...]] = {}
        for cue in self.cues:
            longer = tuple(word for word in self.excludes if word != cue and word.endswith(cue))
            if longer:
                found[cue] = longer
        return found

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Its strong names, folded."""
        return tuple(fold(alias) for alias in self.aliases)

    @cached_property
    def is_company_alone(self) -> bool:
        """Does it tell of companies only, never of a nation?"""
        return self.is_company and not self.is_national

    @cached_property
    def is_ratio(self) -> bool:
        """Is its own level a percentage or another bare ratio?"""
        return self.dimension == "ratio"

    @cached_property
    def has_parts(self) -> bool:
        """Can a part of it be told in percent? Of a stock and a flow, not of a duration, the size of one thing or what
        is told for each share.
        """
        is_each = self.is_per_head and self.dimension in ("money", "data")
        return (
            self.stock_or_flow != "ratio"
            and self.dimension not in ("time", "length/time", "money/count")
            and not is_each
        )

    @cached_property
    def is_increment(self) -> bool:
        """Does it count what was added in a period, so that "added 5 GW" states its level?"""
        return self.stock_or_flow == "flow" and _ADDED.search(self.definition) is not None

    @cached_property
    def is_earned(self) -> bool:
        """Is it money that is earned or made, so that what is spent is none of it?"""
        return self.dimension.startswith("money") and _EARNED.search(self.definition) is not None

    @cached_property
    def is_per_head(self) -> bool:
        """Is it told per person, user or household?"""
        return " per " in self.definition or "verage" in self.definition

    @cached_property
    def is_of_one(self) -> bool:
        """Is it told of a single thing, as the size of one plant, so that no place has it?"""
        return " of a single " in self.definition

    @cached_property
    def counts_others(self) -> bool:
        """Does it count the people who do not do something, of whom a share of the population may be told?"""
        return self.definition.startswith("People who do not")

    @cached_property
    def is_of_population(self) -> bool:
        """Is it a share of the population?"""
        return "of the population" in self.definition


@light
@dataclass(frozen=True, slots=True)
class Naming:
    """A name of one or more metrics at `text[start:end]`, and how strongly it names each."""

    start: int
    end: int
    metrics: tuple[tuple[Metric, int], ...]  # STRONG, WEAK or FAINT


class Metrics:
    """All metrics, by id and by name."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        self.by_id = {metric.id: metric for metric in metrics}

    def __getitem__(self, metric_id: str) -> Metric:
        return self.by_id[metric_id]

    def get(self, metric_id: str | None) -> Metric | None:
        """The metric of that id, or None."""
        return self.by_id.get(metric_id) if metric_id else None

    def __iter__(self) -> Iterator[Metric]:
        return iter(self.by_id.values())

    def __len__(self) -> int:
        return len(self.by_id)

    @cached_property
    def shares(self) -> dict[str, tuple[Metric, ...]]:
        """Id of a metric -> the share metrics that measure it as a part of a whole."""
        shares: dict[str, tuple[Metric, ...]] = {}
        for metric in self:
            if metric.share_of:
                shares[metric.share_of] = (*shares.get(metric.share_of, ()), metric)
        return shares

    @cached_property
    def of_segments(self) -> frozenset[str]:
        """The measures of a company that its parts have as well: "client revenue" is revenue."""
        return frozenset(metric.part_of for metric in self if metric.part_of and metric.is_company_alone)

    @cached_property
    def increments(self) -> frozenset[tuple[str, str, str]]:
        """Subject, dimension and unit of what is added of a stock, where a metric tells it."""
        return frozenset((m.subject, m.dimension, m.unit) for m in self if m.is_increment)

    @cached_property
    def marks(self) -> dict[str, dict[str, Metric]]:
        """Id of a metric -> the words that set its parts apart from it, the longest first: "5G" and "4G" of base
        stations, 无线 and 有线 of subscribers. A word that may mean two of the parts is none.
        """
        marks: dict[str, dict[str, Metric]] = {}
        wholes = {metric.part_of for metric in self if metric.part_of}
        tails = {whole: {tail for name in self.by_id[whole].names for tail in _tails(name)} for whole in wholes}
        for part in self:
            if part.part_of is None:
                continue
            told = marks.setdefault(part.part_of, {})
            for name in part.names:
                mark = _before_tail(name, tails[part.part_of])
                if _sets_apart(mark) and told.setdefault(mark, part) is not part:
                    told[mark] = self.by_id[part.part_of]
        return {
            whole: {mark: found[mark] for mark in sorted(found, key=len, reverse=True) if found[mark].id != whole}
            for whole, found in marks.items()
        }

    @cached_property
    def _names(self) -> dict[str, tuple[tuple[Metric, int], ...]]:
        """Folded name -> the metrics it names, each with its strength."""
        names: dict[str, dict[str, tuple[Metric, int]]] = {}
        for metric in self:
            for strength, aliases in enumerate((metric.aliases, metric.weak_aliases, metric.faint_aliases)):
                for alias in aliases:
                    for form in _forms_of(alias):
                        names.setdefault(form, {}).setdefault(metric.id, (metric, strength))
        return {name: tuple(named.values()) for name, named in names.items()}

    def named(self, folded: str) -> tuple[tuple[Metric, int], ...]:
        """The metrics that exactly these words name, each with its strength."""
        return self._names.get(folded, ())

    @cached_property
    def first_words(self) -> frozenset[str]:
        """The words that names of more than one word open with."""
        return frozenset(name.partition(" ")[0] for name in self._names if " " in name)

    @cached_property
    def _finder(self) -> tuple[AhoCorasick, list[tuple[bool, bool, tuple[tuple[Metric, int], ...]]]]:
        """The names, and of each whether it begins and whether it ends with a Latin letter, and what it names."""
        known = [(_is_latin(name[0]), _is_latin(name[-1]), metrics) for name, metrics in self._names.items()]
        return AhoCorasick(list(self._names), matchkind=MatchKind.Standard), known

    def find(self, folded: str) -> list[Naming]:
        """The names in a folded text, in order, the longest first where they overlap.

        Whole words only: the ends of a Latin word stand at word boundaries; ideographs bound words by themselves.
        """
        finder, named = self._finder
        found: list[Naming] = []
        length = len(folded)
        for index, start, end in finder.find_matches_as_indexes(folded, overlapping=True):
            begins, ends, metrics = named[index]
            if begins and start and _is_latin(folded[start - 1]):
                continue
            if ends and end < length and _is_latin(folded[end]):
                before = folded[max(0, start - 2) : start].rstrip(",;:")  # 每股EPS15.36元, 其中4G713万个; EBITDA21亿元
                is_told_in_chinese = before[-1:] > "\x7f"
                if not (is_told_in_chinese and folded[end].isdigit() and folded[end - 1].isalpha()):
                    continue
            if folded.startswith(_MAKES_ANOTHER, end):
                continue
            # Matches come in the order of their ends: a later one may swallow those before it, or lose to one of them.
            is_whole = folded.startswith(_OF_THE_WHOLE, start)
            while (
                found
                and found[-1].end > start
                and found[-1].end - found[-1].start < end - start + (found[-1].start == start)
            ):
                if is_whole and found[-1].end == end:
                    break
                found.pop()
            last = found[-1] if found else None
            if (
                last is None
                or last.end <= start
                or (last.end == end and (is_whole or folded.startswith(_OF_THE_WHOLE, last.start)))
            ):
                found.append(Naming(start, end, metrics))
        return found

    @cached_property
    def _cue_finder(self) -> tuple[AhoCorasick, list[tuple[str, bool, bool]]]:
        """The words, and of each whether it is Latin and whether it is short."""
        words = list({word: None for metric in self for word in (*metric.cues, *metric.excludes)})
        known = [(word, word[0].isascii(), len(word) <= 3) for word in words]
        return AhoCorasick(words, matchkind=MatchKind.Standard), known

    def find_cues(self, folded: str) -> list[tuple[int, str]]:
        """Where each cue and excluding word of any metric begins, a Latin one at the begin of a word."""
        finder, words = self._cue_finder
        found = []
        for index, start, end in finder.find_matches_as_indexes(folded, overlapping=True):
            word, is_latin, is_short = words[index]
            if is_latin:
                if start and "a" <= folded[start - 1] <= "z":
                    continue
                if is_short and end < len(folded) and folded[end].isascii() and folded[end].isalnum():
                    continue
            found.append((start, word))
        return found

    def collisions(self) -> list[tuple[str, tuple[str, ...]]]:
        """Strong names that two metrics of one dimension share: what a curator should tell apart."""
        shared = []
        for name, named in self._names.items():
            strong = [metric for metric, strength in named if strength == STRONG]
            kinds = [(m.dimension, m.unit if m.dimension == "count" else "") for m in strong]
            if len(set(kinds)) < len(kinds):
                shared.append((name, tuple(m.id for m in strong)))
        return shared


def load(overlay: Path | None = None) -> Metrics:
    """The catalogue of metrics. Raises CatalogueError with file and line for a row that cannot be used."""
    rows = read_table("metrics.csv", COLUMNS, overlay, is_unique=True)
    ids = [row["id"] for row in rows]
    parts = {
        row["part"]: tuple("" if word == NOTHING else word for word in row.list("words"))
        for row in read_table("name_parts.csv", ("part", "words"), overlay, is_unique=True)
    }
    metrics = [_metric(row, parts) for row in rows]
    for row in rows:
        for column in ("part_of", "share_of"):
            if row[column] and row[column] not in ids:
                raise row.unknown("metric", row[column], ids)
    return Metrics(metrics)


def _metric(row: Row, parts: Mapping[str, Sequence[str]]) -> Metric:
    for column in ("id", "name_en", "name_zh", "definition", "dimension", "unit", "source"):
        if not row[column]:
            raise row.fail(f"{column} is empty")
    if row["kind"] not in KINDS:
        raise row.unknown("kind", row["kind"], KINDS)
    if row["stock_or_flow"] not in _FLOWS:
        raise row.unknown("stock_or_flow", row["stock_or_flow"], _FLOWS)
    listed = [
        name
        for column in ("aliases_en", "aliases_zh")
        for alias in row.list(column)
        for name in _composed(alias, parts, row)
    ]
    faint = tuple(alias.rstrip("?") for alias in listed if alias.endswith("??"))
    weak = tuple(alias.rstrip("?") for alias in listed if alias.endswith("?") and not alias.endswith("??"))
    outright = [alias for alias in listed if not alias.endswith("?")]
    full = [name for name in (row["name_en"].lower(), row["name_zh"]) if name not in (*weak, *faint)]
    strong = tuple(dict.fromkeys((*full, *outright)))
    weak = tuple(alias for alias in weak if alias not in outright)
    if (weak or faint) and not row["requires"]:
        raise row.fail(f'"{(weak + faint)[0]}" is a weak alias, but "requires" has no word that must stand near it')
    return Metric(
        row["id"], row["subject"], row["name_en"], row["name_zh"],
        strong, weak, faint,
        tuple(fold(word) for word in row.list("requires")), tuple(fold(word) for word in row.list("excludes")),
        row["definition"], row["dimension"], row["unit"], frozenset((row["unit"], *row.list("units_also"))),
        row["kind"], row["stock_or_flow"], row["is_national"] == "yes", row["is_company"] == "yes",
        row["is_company"] == "never", row["part_of"] or None, row["share_of"] or None, _number(row, "plausible_low"),
        _number(row, "plausible_high"), _number(row, "yearly_step"), row["source"], row.list("concept"),
    )  # fmt: skip


def _composed(alias: str, parts: Mapping[str, Sequence[str]], row: Row) -> Iterator[str]:
    """The names an alias stands for: each "{part}" in it by each of its words ("{telecom} revenue")."""
    pieces = _PART.split(alias)  # text, part, text, part ... text
    for name in pieces[1::2]:
        if name not in parts:
            raise row.unknown("part of a name", name, list(parts))
    words = [parts[piece] if k % 2 else (piece,) for k, piece in enumerate(pieces)]
    for chosen in product(*words):
        yield " ".join("".join(chosen).split())


def _number(row: Row, column: str) -> float | None:
    try:
        return float(row[column]) if row[column] else None
    except ValueError:
        raise row.fail(f'{column} "{row[column]}" is no number') from None


@cache
def _spellings() -> tuple[tuple[str, str], ...]:
    return tuple((row["british"], row["american"]) for row in read_table("spellings.csv", ("british", "american")))


@cache
def _usages() -> tuple[tuple[str, str, str], ...]:
    """What is called otherwise in Taiwan or Hong Kong, in simplified characters, and what anywhere."""
    columns = ("mainland", "elsewhere", "also")
    return tuple((row["mainland"], row["elsewhere"], row["also"]) for row in read_table("usages.csv", columns))


#: Where Latin letters or digits meet ideographs, which many texts part by a space: 5G 移动电话用户.
_SCRIPTS_MEET = re.compile(r"(?<=[a-z0-9])(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])(?=[a-z0-9])")


def _forms_of(alias: str) -> set[str]:
    """The folded alias, its other spelling or usage and, for English, the regular plural of its last word."""
    forms = {fold(alias)}
    if not alias.isascii():
        other = fold(alias)
        for mainland, taiwan, _ in _usages():
            other = other.replace(mainland, taiwan or mainland)
        forms.add(other)
        for mainland, _, also in _usages():
            forms |= {form.replace(mainland, also) for form in forms if also and form.find(mainland) > 1}
        return {form for one in forms for form in (one, _SCRIPTS_MEET.sub(" ", one))}
    for british, american in _spellings():
        forms |= {form.replace(british, american) for form in forms}
        forms |= {form.replace(american, british) for form in forms}
    plurals = {form[:-1] + "ies" for form in forms if form.endswith(("ry", "ty", "ny", "gy", "cy", "dy"))}
    plurals |= {form + "s" for form in forms if form[-1].isalpha() and not form.endswith(("s", "y"))}
    return forms | plurals


def _tails(name: str) -> Iterator[str]:
    """The ends of a folded name: its last words, or its last ideographs, two at least."""
    if name.isascii():
        words = name.split()
        yield from (" ".join(words[k:]) for k in range(len(words)))
    else:
        yield from (name[k:] for k in range(len(name) - 1))


def _before_tail(name: str, tails: Set[str]) -> str:
    """The begin of a name, before the longest of these ends; empty where it has none or is one."""
    for tail in _tails(name):
        if tail in tails:
            return name[: len(name) - len(tail)].strip()
    return ""


def _sets_apart(mark: str) -> bool:
    """Does the begin of a name say something by itself: neither "revenue from" nor one ideograph?"""
    if not mark.isascii():
        return len(mark) > 1
    return mark[:1].isalnum() and mark.rpartition(" ")[2] not in _OPEN_ENDS and any(c.isalpha() for c in mark)


def calls_a_whole(name: str) -> bool:
    """Does a name say of what a share is told ("of telecom revenue", 占电信业务收入, 在移动用户中, 移动用户的)?"""
    return name.startswith((*_OF_THE_WHOLE, "在")) or name.endswith("的")


def _is_latin(letter: str) -> bool:
    return letter < "\x7f" and letter.isalnum()
