"""What governs a sentence from outside: lead-ins of lists and tables, headings, the sentences before, the title.

What lives here: the names that stand there, with the score of their place, the longer name that a bare one takes up
again, and the names that words of a statement make with one before it. What does not: names of the sentence itself (see
`naming`) and the choice (see `metrics`).
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from pipelines.stages.observations.naming import Mention, Naming, Reading
from pipelines.stages.observations.rows import Span

_NEW_STORY = re.compile(r"[A-Z]{3,}(?:[ ,/][A-Z]{2,}){0,3}(?:,? \([^)\n]{1,30}\))? ?[-–—:]{1,2} ?")
_LABEL = re.compile(r"\s*([^\d,，。；:：]{2,12}?)(?:方面|领域)[,，]")
_WORD = re.compile(r"[a-z0-9]+")
_THREE_WORDS = 50  # characters, that hold three words as a rule
#: From where a name governs the sentence below it.
GOVERNING = frozenset(("sentence before", "heading", "lead-in"))
_SILENT = frozenset(("meta", "boilerplate"))
_LISTED = frozenset(("row", "item"))
_ASKED = "?？"


class Surroundings:
    """The surroundings of an article's sentences, each looked up once."""

    __slots__ = (
        "_elsewhere", "_opening", "_reading", "_tails",
    )  # fmt: skip

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._elsewhere: dict[int, list[Mention]] = {}
        self._opening: dict[int, bool] = {}
        self._tails: dict[int, dict[str, list[Mention]]] = {}

    def elsewhere(self, sentence: int) -> list[Mention]:
        """The namings outside of a sentence that govern it: lead-ins, headings, earlier sentences, the title."""
        if sentence not in self._elsewhere:
            self._elsewhere[sentence] = list(self._outside(sentence))
        return self._elsewhere[sentence]

    def _outside(self, number: int) -> Iterator[Mention]:
        reading = self._reading
        here = reading.sentences[number]
        context = reading.cells(number).around if here.block == "row" else here.context
        for rank, span in enumerate(context):
            is_heading = here.block == "paragraph" or (rank == len(context) - 1 and len(context) > 1)
            where, score = ("heading", 1.7) if is_heading else ("lead-in", 2.2)
            if where == "lead-in" and here.block == "row" and not self.leads_in(self._sentence_of(span)):
                score = 1.2
            for naming in reading.within(*span):
                yield Mention(naming, score, where)
        back, steps = number - 1, 0
        while back >= 0 and steps < 3 and reading.sentences[back].paragraph == here.paragraph:
            sentence = reading.sentences[back]
            for naming in reading.in_sentence(back):
                near = 2.3 - 0.5 * steps - 0.002 * (here.start - naming.end)
                if naming.start - sentence.start < 12 or not reading.clauses.weak(sentence.start, naming.start):
                    near += 0.2  # its subject
                is_counted = reading.owner(naming, back) >= 0
                near -= 1.0 if reading.seat(naming, back).is_adjunct else 0.0
                yield Mention(naming, near - (0.5 if is_counted else 0.0), "sentence before")
            back, steps = back - 1, steps + 1
        if here.block in _LISTED:
            for step, lead in enumerate(self.lead_in(number)):
                best = 2.0 if here.block == "item" or self.leads_in(lead) else 1.2
                for naming in reading.in_sentence(lead):
                    yield Mention(naming, best - 0.3 * step, "lead-in")
        is_new = self.opens_story(here.paragraph, number)
        while back >= 0 and here.block == "paragraph" and reading.sentences[back].block in ("heading", *_SILENT):
            back -= 1
        if back >= 0 and here.block == "paragraph" and not is_new:
            paragraph, step = reading.sentences[back].paragraph, 0
            if reading.text[reading.sentences[back].end - 1] in _ASKED:  # "How many? – 1.1 billion"
                for naming in reading.in_sentence(back):
                    yield Mention(naming, 2.6 - 0.3 * steps, "sentence before")
                back, step = back - 1, 1
            while back >= 0 and step < 4 and reading.sentences[back].paragraph == paragraph:
                if reading.sentences[back].block not in _SILENT:
                    for naming in reading.in_sentence(back):
                        yield Mention(naming, 1.7 - 0.15 * (step + steps), "paragraph before")
                back, step = back - 1, step + 1
        if reading.title is not None and reading.title != number and not is_new:
            for naming in reading.in_sentence(reading.title):
                yield Mention(naming, 1.3, "title")

    def leads_in(self, sentence: int) -> bool:
        """Does a sentence announce what follows: is it a caption, or does it end with a colon?"""
        reading = self._reading
        here = reading.sentences[sentence]
        return (
            reading.text[here.end - 1] in ":："
            or here.end - here.start < 60
            or reading.text[here.end - 1] not in ".。!?！？"
        )

    def _sentence_of(self, span: Span) -> int:
        return max(0, bisect_right(self._reading.sentence_starts, span[0]) - 1)

    def opens_story(self, paragraph: int, sentence: int) -> bool:
        """Is the paragraph an item of its own in a digest: does it, as the one before, open with a dateline?"""
        if paragraph not in self._opening:
            self._opening[paragraph] = self._opens_story(paragraph, sentence)
        return self._opening[paragraph]

    def _opens_story(self, paragraph: int, sentence: int) -> bool:
        reading = self._reading
        first = sentence
        while first > 0 and reading.sentences[first - 1].paragraph == paragraph:
            first -= 1
        if first == 0 or not _NEW_STORY.match(reading.text, reading.sentences[first].start):
            return False
        before = first - 1
        while before > 0 and reading.sentences[before - 1].paragraph == reading.sentences[before].paragraph:
            before -= 1
        return bool(_NEW_STORY.match(reading.text, reading.sentences[before].start))

    def lead_in(self, sentence: int) -> list[int]:
        """The sentences of the paragraph that a row or item hangs under, nearest first."""
        reading = self._reading
        back = sentence
        while back >= 0 and reading.sentences[back].block in _LISTED and sentence - back < 40:
            back -= 1
        paragraph = reading.sentences[back].paragraph
        found: list[int] = []
        while back >= 0 and reading.sentences[back].paragraph == paragraph and len(found) < 4:
            if reading.sentences[back].block == "paragraph":
                found.append(back)
            back -= 1
        return found

    def longer(self, sentence: int, naming: Naming) -> Sequence[Mention]:
        """The longer names that govern a sentence and end with the words of a name."""
        if sentence not in self._tails:
            tails: dict[str, list[Mention]] = {}
            for mention in self.elsewhere(sentence):
                if mention.where in GOVERNING:
                    tails.setdefault(_tail(mention.naming.text), []).append(mention)
            self._tails[sentence] = tails
        text = naming.text
        return [
            mention
            for mention in self._tails[sentence].get(_tail(text), ())
            if mention.naming.text.endswith(text) and len(mention.naming.text) > len(text)
        ]

    def composed(self, index: int) -> Iterator[Mention]:
        """Names that a word of the statement makes with the end of a name before it: "7 million of these served 4G".

        In Chinese it is the label of the statement and the words before the number: 固定宽带方面,接入用户.
        """
        reading = self._reading
        quantity = reading.quantities[index]
        here = reading.sentences[quantity.sentence]
        left = quantity.left
        if here.language == "zh":
            start = reading.clauses.start_of(left, here.start)
            label = _LABEL.match(reading.folded, start, left)
            if label is not None:
                for naming in reading.join(label.span(1), (label.end(), left)):
                    yield Mention(naming, 5.0, "label")
            return
        start, stop = self._surroundings(index)
        end = max(quantity.end, quantity.noun_end)
        opening = reading.catalogue.metrics.first_words
        near = [*_last_words(reading.folded, start, left), *islice(_WORD.finditer(reading.folded, end, stop), 8)]
        spans = [word.span() for word in near if word[0] in opening]
        if not spans:
            return
        light = reading.catalogue.light_words.english
        taken = [n for n in reading.names_about(quantity) if " " in n.text]
        if here.block == "row":
            row = reading.cells(quantity.sentence)
            head = reading.head(row, row.at(quantity.start))
            topics = [reading.folded[slice(*head)]] if head is not None else []
        else:
            topics = [n.text for n in reading.nearest(here.start, start)][-1:]
            topics += [m.naming.text for m in self.elsewhere(quantity.sentence) if m.where in GOVERNING][:3]
        for topic in topics:
            words = topic.split()
            for low, high in spans:
                word = reading.folded[low:high]
                if word in light or word.isdigit() or word in words or any(n.start <= low < n.end for n in taken):
                    continue
                for cut in range(len(words)):
                    metrics = reading.catalogue.metrics.named(" ".join([word, *words[cut:]]))
                    if metrics:
                        naming = Naming(low, high, " ".join([word, *words[cut:]]), metrics)
                        yield Mention(naming, 4.6 - 0.2 * cut - 0.01 * abs(low - end), "composed")
                        break

    def _surroundings(self, index: int) -> Span:
        """The words about a number that are told of it: its cell, or the statement between its neighbours."""
        reading = self._reading
        quantity = reading.quantities[index]
        here = reading.sentences[quantity.sentence]
        if here.block == "row":
            row = reading.cells(quantity.sentence)
            return row.spans[row.at(quantity.start)]
        start, stop = reading.clauses.start_of(quantity.start, here.start), here.end
        for other in (reading.quantities[i] for i in reading.beside(index)):
            if other.end <= quantity.start:
                start = max(start, other.end)
            elif other.start >= quantity.end and other.kind != "share":
                stop = min(stop, other.start)
        return start, min(stop, quantity.end + 60, reading.clauses.next_strong(quantity.end, here.end))


def _last_words(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The last three words of a span."""
    near = max(start, end - _THREE_WORDS)
    words = list(_WORD.finditer(text, near, end))
    if near > start and len(words) < 4:  # the first may have lost its begin
        words = list(_WORD.finditer(text, start, end))
    return words[-3:]


def _tail(text: str) -> str:
    """The last word of a name, or its last ideograph."""
    return text.rpartition(" ")[2] if text.isascii() else text[-1]
