"""The words of Chinese statistics: bounds, growth, shares, comparisons, ranks, and words that only look like
numbers."""

import re
from dataclasses import dataclass
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from pipelines.catalogue.table import alternatives, read_table

ROLES = (
    "bound_before", "bound_after", "up", "down", "share", "level_up", "level_down", "change_up", "change_down",
    "versus", "rank_verb", "scope", "after_ordinal", "stop", "name", "measure_of", "size_noun", "size_dimension",
    "age", "mean_age", "own_age", "compares", "comparative", "introduces", "leads_to", "movement_after",
    "short_bound", "joins_short_bound", "inexact", "not_bound_after", "closing_bound", "bound_after_classifier",
    "letter_dimension", "before_figure", "range_unit", "rate", "weak_noun", "vague_noun", "finer_noun", "neutral",
    "after_noun",
    "span_before", "span_after", "growth_noun", "reference", "each_verb",
    "definite", "lasts", "parted_unit", "short_money", "short_coin", "short_time", "thing_classifier",
    "back_classifier", "rate_before", "rate_goes_on",
    "head_noun", "not_head", "surplus", "not_surplus", "same_below", "prefix_unit",
    "money_word", "money_sized", "multiple_noun", "pair_noun",
    "towards", "moves_on", "spend_verb", "about_part", "no_part", "bound_after_age",
    "plan_document", "present", "as_it_is", "share_head", "use_cue", "added", "in_turn",
    "band", "told_figure", "region", "wide_region", "company_end", "event", "event_verb", "event_end", "at_event",
    "sold_in", "priced",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChineseWords:
    """Words by role, longest first where they are matched at a place."""

    by_role: dict[str, dict[str, str]]
    names: AhoCorasick
    cues: AhoCorasick  # up, down, share, level and change words
    cue_roles: tuple[str, ...]
    versus: AhoCorasick
    versus_values: tuple[str, ...]
    bound_before: re.Pattern[str]  # anchored at its end
    bound_after: re.Pattern[str]
    stop: re.Pattern[str]
    mean_age: re.Pattern[str]
    own_age: re.Pattern[str]  # anchored at its end
    after_noun: re.Pattern[str]
    span_before: re.Pattern[str]
    span_after: re.Pattern[str]
    rate_before: re.Pattern[str]  # anchored at its end
    definite: re.Pattern[str]  # anchored at its end
    lasts: re.Pattern[str]  # anchored at its end
    compares: re.Pattern[str]
    leads_to: re.Pattern[str]
    movement_after: re.Pattern[str]
    not_bound_after: re.Pattern[str]
    each_of: re.Pattern[str]  # anchored at its end
    surplus: re.Pattern[str]  # anchored at its end
    same_below: re.Pattern[str]
    prefix_unit: re.Pattern[str]
    money_word: re.Pattern[str]  # anchored at its end
    money_sized: re.Pattern[str]
    moves_on: re.Pattern[str]
    priced: re.Pattern[str]  # behind a bound
    band: re.Pattern[str]  # behind a frequency, over further ones
    finer_nouns: dict[str, frozenset[str]]  # what a classifier may count, by the code that it has alone

    def is_span(self, text: str, start: int, end: int) -> bool:
        """Whether a length of time at `text[start:end]` only says when: 过去5年, 3年内."""
        before = self.span_before.search(text, max(0, start - 3), start)
        if before is not None and before.group() in self.by_role["bound_before"]:
            before = None if self.is_moved(text, before.start()) else before
        return before is not None or self.span_after.match(text, end) is not None

    def is_changed(self, text: str, at: int) -> bool:
        """Whether a word of movement ends at an offset: 下跌|150点."""
        return any(text.endswith(word, 0, at) for role in ("up", "down") for word in self.by_role[role])

    def is_moved(self, text: str, at: int) -> bool:
        """Whether a word that moves or brings in a number ends at an offset: 提高|近300小时 tells how far, not when."""
        roles = ("up", "down", "change_up", "change_down", "level_up", "level_down", "introduces")
        return any(text.endswith(word, 0, at) for role in roles for word in self.by_role[role])


def load(overlay: Path | None = None) -> ChineseWords:
    """Read `zh_words.csv`."""
    by_role: dict[str, dict[str, str]] = {role: {} for role in ROLES}
    for row in read_table("zh_words.csv", ("words", "role", "value"), overlay):
        if row["role"] not in by_role:
            raise row.unknown("role", row["role"], ROLES)
        for word in row.list("words"):
            by_role[row["role"]][word] = row["value"]
    cues = [
        (word, role)
        for role in ("neutral", "rate", "level_up", "level_down", "change_up", "change_down", "up", "down", "share")
        for word in by_role[role]
    ]
    unique: dict[str, str] = {}
    for word, role in cues:
        unique[word] = f"{unique[word]} {role}" if word in unique else role
    return ChineseWords(
        by_role=by_role,
        names=AhoCorasick(list(by_role["name"]), matchkind=MatchKind.LeftmostLongest),
        cues=AhoCorasick(list(unique), matchkind=MatchKind.LeftmostLongest),
        cue_roles=tuple(unique.values()),
        versus=AhoCorasick(list(by_role["versus"])),
        versus_values=tuple(by_role["versus"].values()),
        bound_before=re.compile(f"(?:{alternatives(by_role['bound_before'])})$"),
        bound_after=re.compile(alternatives(by_role["bound_after"])),
        stop=re.compile(alternatives(by_role["stop"])),
        after_noun=re.compile(alternatives(by_role["after_noun"])),
        mean_age=re.compile(alternatives(by_role["mean_age"])),
        own_age=re.compile(f"(?:{alternatives(by_role['own_age'])})$"),
        span_before=re.compile(f"(?:{alternatives(by_role['span_before'])})$"),
        span_after=re.compile(alternatives(by_role["span_after"])),
        rate_before=re.compile(
            rf"(?P<per>{alternatives(by_role['rate_before'])})[^,;\uff0c。\uff1b、\d一二两三四五六七八九十]{{0,6}}$"
        ),
        definite=re.compile(f"(?:{alternatives(by_role['definite'])})$"),
        lasts=re.compile(rf"(?:{alternatives(by_role['lasts'])})[^,;\uff0c。\uff1b]{{0,10}}$"),
        # none is 占比, 比重, 比例
        compares=re.compile(rf"(?<![占佔百])(?:{alternatives(by_role['compares'])})(?![重例值])"),
        leads_to=re.compile(alternatives(by_role["leads_to"])),
        movement_after=re.compile(alternatives(by_role["movement_after"])),
        not_bound_after=re.compile(alternatives(by_role["not_bound_after"])),
        each_of=re.compile(f"每(?:{alternatives(by_role['each_verb'])})了?$"),
        surplus=re.compile(f"(?:{alternatives(by_role['surplus'])})$"),
        same_below=re.compile(alternatives(by_role["same_below"])),
        prefix_unit=re.compile(alternatives(by_role["prefix_unit"])),
        money_sized=re.compile(alternatives(by_role["money_sized"])),
        moves_on=re.compile(alternatives(by_role["moves_on"])),
        priced=re.compile(f"以[上下内]的?(?:中?[高低]端)?(?:{alternatives(by_role['priced'])})"),
        band=re.compile(
            rf"(?:[、和及与與/~-]\d{{1,5}}(?:\.\d{{1,3}})?(?:[kMG]Hz|[兆吉]赫兹?)?){{0,6}}(?:{alternatives(by_role['band'])})"
        ),
        money_word=re.compile(
            f"(?:{alternatives(by_role['money_word'])})[额額了]?[或料]?(?:[要将將正已还還仍]?[向朝]|[要将將正已还還仍])?$"
        ),
        finer_nouns={
            code: frozenset(noun for noun, of in by_role["finer_noun"].items() if of == code)
            for code in set(by_role["finer_noun"].values())
        },
    )
