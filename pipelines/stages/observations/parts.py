"""Parts of a level told by the word alone that sets them apart: "12.9 million base stations, of which 4.8 million 5G".

What lives here: the part whose mark ("5G", "gigabit", 无线) is all that a statement says besides its number, where the
level before is of its whole or of another part of that, and the whole itself before it. What does not: names in full
(see `named`).
"""

import re
from collections.abc import Iterator, Sequence

from pipelines.catalogue.metrics import STRONG, Metric
from pipelines.stages.observations.linking import Candidate, Linking
from pipelines.stages.observations.rows import Span

#: So many figures back the whole is sought: in the sentence, or in the rows above.
_BACK = 12
_SCORE = 5.5
_MORE = 0.4  # than a name of the whole
#: What leads from a number to the mark behind it: "1.2 billion of whom were on 5G", "4.8 million for 5G", also over
#: the share that the number is: "1.2 billion, or 66 %, were on 5G".
_LEADS = re.compile(
    r"(?:,? or [^,;.()]{1,20}(?:\.\d[^,;.()]{0,14})?(?:,|(?=\s(?:were|are|had|have)\b))|\s?\([^()]{1,24}\),?)?"
    r"\s(?:(?:of|them|those|these|which|whom|people|ones|are|were|is|was|being|for|on|with|in|using|a|an|the|by|via|to"
    r"|having|have|had|all|now|already|ran|run|running|enjoyed|enjoy|subscribed|to|at)\s){0,7}"
)
#: What may stand between a mark and the number behind it, and before the mark.
_TO_NUMBER = re.compile(
    r"(?:\s(?:ones|was|were|at|with|had|made up|make up|accounted for|account for|comprised|came to|totall?ed|stood at"
    r"|numbered|reached|for|being))?[\s:]*"
    r"|(?:的|部分|站|类|者)?[\s:：]?(?:有|为|是|达|达到|约|共|占|突破|超过|已达|已有)?\s?"
)
_BEFORE_MARK = re.compile(
    r"(?:.*[,;:，；：(（|—-]|\s?、|\s?(?:and|和|及|与)"
    r"|.*(?:of which|of whom|of these|of those|of them|including|include|includes|with|while|among them)"
    r"|.*(?:其中|包括|包含))\s*(?:the|:|：)?\s*"
)
#: What opens a sentence that goes on with the parts of what the one before counted.
_OF_THESE = re.compile(r"(?:of|among) (?:these|those|them|that|the total|that total),? |其中[,，]?")
#: What leads from a number to the whole that it is some of: "1.65 million of the 5G stations".
_SOME_OF = re.compile(r"\sof (?:the|these|those|its|their|all(?: the)?)\s")
_NEAR = 48  # characters before a number in which its mark stands


def part_told(linking: Linking, index: int, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """The metric of a part whose mark is all that a level says of itself; a name of the whole gives way to it."""
    quantity = linking.quantities[index]
    if quantity.kind != "level":
        return
    wholes = _wholes(linking, index)
    for whole in wholes:
        marks = linking.catalogue.metrics.marks.get(whole)
        part = _marked(linking, index, marks) if marks else None
        if part is not None:
            if linking.fits.of(part, quantity) is not None:
                score = max([_SCORE, *(c.score + _MORE for c in found if c.metric.id in wholes)])
                yield Candidate(part, score, None, f"the part of it: {part.id}")
            return


def part_over(linking: Linking, index: int, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Of a table's cell: the part that the head of its column names, where its row names the whole ("Telephone
    subscribers" | "Wireless"); and where its column is that of totals, the whole of what stands in the others.
    """
    if not found or not linking.is_row(linking.quantities[index]):
        return
    whole = max((c for c in found if c.why.startswith("row")), key=lambda c: c.score, default=None)
    is_total = _is_total(linking, index)
    if whole is not None:
        for part in found if not is_total else ():
            if part.why.startswith("column") and part.metric.part_of == whole.metric.id:
                yield part._replace(score=whole.score + _MORE)
        return
    wholes = {c.metric.part_of for c in found if c.why.startswith(("as beside", "column")) and c.metric.part_of}
    if len(wholes) == 1 and is_total:
        metric = linking.catalogue.metrics.get(wholes.pop())
        if metric is not None:
            yield Candidate(metric, max(c.score for c in found) + _MORE, None, f"the total of them: {metric.id}")


def _is_total(linking: Linking, index: int) -> bool:
    """Does a cell stand in a column of totals?"""
    quantity = linking.quantities[index]
    row = linking.reading.cells(quantity.sentence)
    totals = linking.catalogue.grammar.classes["table_total"]
    heads = (linking.reading.folded[slice(*span)] for span in row.over(row.at(quantity.start)))
    return any(head.partition("(")[0].strip() in totals for head in heads)  # "Total (wireless + wireline)"


def whole_told(linking: Linking, index: int, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """The whole, where a name may mean it or a part, and the next figure tells that part: "12.9 million base stations,
    of which 4.8 million are 5G".
    """
    quantity, after = linking.quantities[index], index + 1
    if quantity.kind != "level" or after == len(linking.quantities) or linking.is_row(quantity):
        return
    following = linking.quantities[after]
    if following.sentence != quantity.sentence or following.kind != "level":
        return
    for candidate in found:
        metrics = dict(candidate.naming.metrics) if candidate.naming is not None else {}
        whole = linking.catalogue.metrics.get(candidate.metric.part_of)
        if whole is None or whole not in metrics or metrics.get(candidate.metric) == STRONG:
            continue
        if _marked(linking, after, linking.catalogue.metrics.marks.get(whole.id, {})) is not None:
            yield candidate._replace(metric=whole, score=candidate.score + _MORE)


def part_of_whole(linking: Linking, index: int, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """The part named before a level, where the name of its whole stands behind: "RedCap is live on 1.65 million of the
    5G stations".
    """
    quantity = linking.quantities[index]
    if quantity.kind != "level" or linking.is_row(quantity):
        return
    if _SOME_OF.match(linking.reading.folded, max(quantity.end, quantity.noun_end)) is None:
        return
    wholes = {c.metric.id: c.score for c in found if c.why.startswith("of it")}
    for candidate in found:
        if candidate.metric.part_of in wholes and candidate.why.startswith("before"):
            yield candidate._replace(score=max(candidate.score, wholes[candidate.metric.part_of] + _MORE))


def _wholes(linking: Linking, index: int) -> tuple[str, ...]:
    """The ids of what the level before a figure is, and of what that is a part of."""
    this, reading = linking.quantities[index], linking.reading
    is_row = linking.is_row(this)
    start = reading.sentences[this.sentence].start
    goes_on = this.left - start < _NEAR and _OF_THESE.fullmatch(reading.folded, start, this.left) is not None
    for other in range(index - 1, max(-1, index - 1 - _BACK), -1):
        before = linking.quantities[other]
        is_near = before.sentence == this.sentence or (goes_on and before.sentence == this.sentence - 1)
        if not is_near and not (is_row and linking.is_row(before)):
            return ()
        if before.kind != "level" or (is_row and before.sentence == this.sentence):
            continue
        given = linking.chosen[other]
        if given is None:
            return ()
        return (given.metric.id, given.metric.part_of) if given.metric.part_of else (given.metric.id,)
    return ()


def _marked(linking: Linking, index: int, marks: dict[str, Metric]) -> Metric | None:
    """The part whose mark stands right before a number, or right behind it."""
    quantity, reading = linking.quantities[index], linking.reading
    folded, here = reading.folded, reading.sentences[quantity.sentence]
    if linking.is_row(quantity):
        row = reading.cells(quantity.sentence)
        head = row.head(reading.text, row.at(quantity.start))
        return _ending(folded, head, marks, is_whole=True) if head is not None else None
    start = max(here.start, quantity.left - _NEAR)
    last = linking.quantities[index - 1] if index else None
    if last is not None and last.sentence == quantity.sentence:
        start = max(start, last.end, last.noun_end)
    part = _ending(folded, (start, quantity.left), marks, is_whole=start == here.start)
    if part is not None or here.language == "zh":
        return part
    leads = _LEADS.match(folded, quantity.end, here.end)
    return _opening(folded, leads.end(), here.end, marks) if leads is not None else None


def _ending(folded: str, span: Span, marks: dict[str, Metric], is_whole: bool) -> Metric | None:
    """The part whose mark ends a span, where nothing else stands in its statement; `is_whole` where the span is one."""
    words = folded[slice(*span)]
    for mark, part in marks.items():
        at = words.rfind(mark)
        if at < 0 or _TO_NUMBER.fullmatch(words, at + len(mark)) is None:
            continue
        if (is_whole and not words[:at].strip()) or _BEFORE_MARK.fullmatch(words, 0, at) is not None:
            return part
    return None


def _opening(folded: str, start: int, end: int, marks: dict[str, Metric]) -> Metric | None:
    """The part whose mark stands at an offset, as a word."""
    for mark, part in marks.items():
        after = start + len(mark)
        if folded.startswith(mark, start) and after <= end and not folded[after : after + 1].isalnum():
            return part
    return None
