"""The noun that a Chinese number leaves out, and the whole that it is counted by.

高质量数据集多于3.5万个: a classifier alone counts the noun before it. 每万人…6.7台: the denominator stands before.
"""

from pipelines.stages.quantities.chinese_lexicon import CLAUSE, Tables, noun_at
from pipelines.stages.quantities.chinese_measures import read_rate
from pipelines.stages.quantities.mention import Mention


def name_elided(text: str, mention: Mention, previous: Mention | None, table: Tables) -> None:
    """A classifier without a noun counts the noun before it: 高质量数据集多于3.5万个."""
    per = _per_before(text, mention, table)
    is_weak = mention.unit in table.words.by_role["weak_noun"] and mention.noun_start < 0
    if (mention.unit is None or is_weak) and mention.form in ("digits", "han"):
        start = max(
            (m.end() for m in CLAUSE.finditer(text, max(0, mention.start - 40), mention.start)),
            default=max(0, mention.start - 40),
        )
        k, found = start, None
        while k < mention.bound_start:
            noun = noun_at(text, k, table)
            if noun is not None and k + noun[0] <= mention.bound_start:
                k += noun[0]
                if k == mention.bound_start or table.words.after_noun.match(text, k) or table.words.stop.match(text, k):
                    found = noun[1]
            else:
                k += 1
        ends_with_classifier = text[mention.end - 1] not in "0123456789万萬亿億千百十"
        if found is not None and not _is_finer(found, mention, table):
            found = None
        if found is not None and (ends_with_classifier or mention.scale > 1):
            mention.unit, mention.dimension = found, f"count:{found}"
        elif ends_with_classifier and mention.unit is None:
            same = (
                previous is not None
                and previous.dimension.startswith("count")
                and previous.end > start - 12
                and text[previous.end - 1] == text[mention.end - 1]
            )
            code = previous.unit if same and previous is not None else table.nouns.defaults.get(text[mention.end - 1])
            if code:
                mention.unit, mention.dimension = code, f"count:{code}"
    if (
        mention.unit is not None
        and mention.dimension.startswith("count")
        and text[mention.end : mention.end + 1] == "/"
        and "/" not in mention.unit
    ):
        read_rate(text, mention, table)
    if per and mention.unit and mention.dimension.startswith("count"):
        mention.unit = f"{mention.unit}/{per}"


def _is_finer(found: str, mention: Mention, table: Tables) -> bool:
    """Whether a noun before a classifier may stand for what the classifier counts: 家 counts shops, not users."""
    kinds = table.words.finer_nouns.get(mention.unit or "")
    return kinds is None or found in kinds


def _per_before(text: str, mention: Mention, table: Tables) -> str | None:
    for word, code in table.words.by_role["measure_of"].items():
        at = text.rfind(word, max(0, mention.start - 24), mention.start)
        if at >= 0 and CLAUSE.search(text, at, mention.start) is None:
            return code
    return None
