"""One Chinese sentence: its quantities and its ignored numbers. The order of the rules stands here.

numbers → measures → compounds, ranges and lists → headers → bounds → kinds → elided nouns → sizes and limits

The words are in `zh_words.csv`; units and counted nouns in their catalogues.
"""

from collections.abc import Sequence

from pipelines.stages.quantities import chinese_kinds, chinese_ranks, chinese_tables
from pipelines.stages.quantities.chinese_bounds import read_bound
from pipelines.stages.quantities.chinese_compact import Compact, covered, find_taken, is_counted
from pipelines.stages.quantities.chinese_conditions import limit_things
from pipelines.stages.quantities.chinese_elision import DENOMINATOR, name_elided
from pipelines.stages.quantities.chinese_lexicon import Tables
from pipelines.stages.quantities.chinese_lists import (
    join_compounds,
    join_ends,
    join_ranges,
    join_tolerances,
    set_sizes,
    share_lists,
    share_of_each,
    share_sides,
)
from pipelines.stages.quantities.chinese_measures import read_mention
from pipelines.stages.quantities.chinese_numbers import HanNumber, scan
from pipelines.stages.quantities.chinese_pairs import find_proportions, find_to_one, join_exchange, leave_out_bases
from pipelines.stages.quantities.chinese_slashes import find_slashed
from pipelines.stages.quantities.mention import Mention
from pipelines.stages.quantities.stretches import Stretches
from pipelines.stages.quantities.tables import Cells
from pipelines.vocabulary.quantity import Ignored, Quantity


def read_sentence(
    index: int,
    source: str,
    begin: int,
    stop: int,
    spans: Sequence[tuple[int, int, str]],
    headers: Sequence[str],
    block: str,
    table: Tables,
) -> tuple[list[Quantity], list[Ignored]]:
    """The quantities and ignored numbers of `source[begin:stop]`, the sentence number `index`.

    `spans` are dates, codes and names in the text; `headers` is what governs a row or item, nearest first.
    """
    is_row = block == "row"
    compact = Compact(source, begin, stop, block)
    text = compact.text
    taken = find_taken(compact, spans, table.words)
    mentions: list[Mention] = chinese_ranks.find(text, table.words, Stretches.of(taken))
    mentions += find_proportions(text)
    mentions += find_to_one(text)
    multiples = chinese_kinds.find_multiples(text) + chinese_kinds.find_halves(text)
    mentions += multiples
    read = Stretches.of([(m.start, m.end) for m in mentions])
    ignored: list[Ignored] = []
    open_spans: list[tuple[int, int, str]] = []
    following = 0
    for number in scan(text):
        while following < len(taken) and taken[following][0] < number.end:
            open_spans.append(taken[following])
            following += 1
        open_spans = [span for span in open_spans if span[1] > number.start]
        reason = covered(number, open_spans)
        if reason == "year" and is_counted(text, number, table):
            reason = ""
        if not reason and (
            read.holds(number.start) or (mentions and mentions[-1].start <= number.start < mentions[-1].j)
        ):
            continue
        if reason:
            ignored.append(_ignored(compact, number, reason))
            continue
        mention = read_mention(text, number, table)
        if isinstance(mention, Mention):
            mentions.append(mention)
        else:
            ignored.append(_ignored(compact, number, mention))
    slashed = find_slashed(text, mentions, table.words)
    if slashed:
        mentions += slashed
        told = {compact.back(m.start) for m in slashed}
        ignored = [one for one in ignored if one.start not in told]
    mentions.sort(key=lambda m: (m.start, -m.end))
    mentions = share_of_each(text, mentions)
    if len(mentions) > 1:
        mentions = join_compounds(text, join_tolerances(text, mentions), table)
        share_sides(text, mentions)
    mentions = join_ranges(text, mentions, table)
    mentions = leave_out_bases(text, join_exchange(text, mentions, table), table)
    share_lists(text, mentions, table)
    row = chinese_tables.cells(text) if is_row and mentions else Cells("", ())
    if is_row:
        mentions = chinese_tables.apply_headers(text, mentions, row, headers, table)
    governing = " ".join(headers)
    for k, mention in enumerate(mentions):
        read_bound(text, mention, table)
        context = chinese_tables.context_of(row, mention, headers) if is_row else governing
        chinese_kinds.read_kind(text, mentions, k, context, table.words)
        name_elided(text, mentions, k, table)
    mentions = join_ends(text, [m for m in mentions if DENOMINATOR not in m.rules])
    set_sizes(text, mentions)
    limit_things(text, mentions, table)
    return [_frozen(compact, m, index) for m in mentions], ignored


def _ignored(compact: Compact, number: HanNumber, reason: str) -> Ignored:
    return Ignored(compact.back(number.start), compact.back(number.end - 1) + 1, reason)


def _frozen(compact: Compact, mention: Mention, index: int) -> Quantity:
    mention.start, mention.end = compact.back(mention.start), compact.back(mention.end - 1) + 1
    mention.bound_start = compact.back(mention.bound_start) if mention.bound_start >= 0 else mention.start
    if mention.noun_start >= 0:
        mention.noun_start, mention.noun_end = compact.back(mention.noun_start), compact.back(mention.noun_end - 1) + 1
    return mention.freeze(index)
