"""The days of a fair or summit that an article reports from: exhibitors, visitors and deals are those of its own days.

What lives here: whether a lead tells that an event opens or is held on a day, and which sentences tell of who is there.
What does not: figures of the world that are only told at the event (see `period_focus`), and the words (`event`,
`event_verb` and `at_event` in `word_classes.csv` and `zh_words.csv`).
"""

import re
from datetime import date, timedelta
from functools import lru_cache

from pipelines.catalogue import Catalogue
from pipelines.catalogue.sought import Guarded
from pipelines.catalogue.table import alternatives
from pipelines.vocabulary.article import Sentence

_REACH = 240  # characters of a sentence in which the words are looked for
_LONGEST = 31  # days of an event
_DIGITS_ZH = "一二三四五六七八九十"


class EventDays:
    """The words of events, compiled for one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        classes, roles = catalogue.grammar.classes, catalogue.chinese.by_role
        self._events, self._verbs, self._there = (
            (
                Guarded(rf"\b(?:{alternatives(classes[name])})\b", classes[name]),
                Guarded(alternatives(roles[name]), roles[name]),
            )
            for name in ("event", "event_verb", "at_event")
        )
        self._end = re.compile(rf"\b(?:{alternatives(classes['event_end'])})\b|{alternatives(roles['event_end'])}")
        self._lasts = Guarded(
            rf"\b([a-z]{{2,9}}|\d{{1,2}})[- ]day (?:[a-z]+ ){{0,2}}(?:event|{alternatives(classes['event'])})\b"
            rf"|为期([{_DIGITS_ZH}两]|\d{{1,2}})[天日]|為期([{_DIGITS_ZH}兩]|\d{{1,2}})[天日]",
            ("day ", "为期", "為期"),
        )
        self._over = Guarded(
            r"\b(?:after|for|lasting|lasts|lasted|runs|ran|over) ([a-z]{2,9}|\d{1,2}) days\b", (" days",)
        )
        self._numbers = {
            word: int(value) for word, (role, value) in catalogue.grammar.cardinals.items() if role == "unit"
        }

    def opens(self, folded: str, sentence: Sentence) -> bool:
        """Whether a sentence tells that an event opens, is held or has closed."""
        return all(self._find(words, folded, sentence) is not None for words in (self._events, self._verbs))

    def verb_at(self, folded: str, sentence: Sentence) -> int:
        """Where the verb stands by which an event opens, is held or closes; the sentence's begin if there is none."""
        verb = self._find(self._verbs, folded, sentence)
        return verb.start() if verb else sentence.start

    def is_there(self, folded: str, sentence: Sentence) -> bool:
        """Whether a sentence tells of who has come to an event, or of what is there."""
        return self._find(self._there, folded, sentence) is not None

    def whole(self, folded: str, sentence: Sentence, day: date) -> tuple[date, date]:
        """All days of the event that the sentence says to open or close on a day, where the article tells how many
        they are: "the three-day expo closed on Saturday".
        """
        near = min(sentence.end, sentence.start + _REACH)
        told = self._over.search(folded, sentence.start, near) or self._lasts.search(folded, 0, len(folded))
        more = self._number(next(filter(None, told.groups()))) - 1 if told else 0
        if not 0 < more < _LONGEST:
            return day, day
        is_last = self._end.search(folded, sentence.start, near) is not None
        return (day - timedelta(more), day) if is_last else (day, day + timedelta(more))

    def _number(self, word: str) -> int:
        """The number that a word or digits tell, 0 where they tell none."""
        if word.isascii():
            return int(word) if word.isdecimal() else self._numbers.get(word, 0)
        return 2 if word in "两兩" else _DIGITS_ZH.find(word) + 1

    @staticmethod
    def _find(words: tuple[Guarded, Guarded], folded: str, sentence: Sentence) -> re.Match[str] | None:
        pattern = words[sentence.language == "zh"]
        return pattern.search(folded, sentence.start, min(sentence.end, sentence.start + _REACH))


@lru_cache(maxsize=4)
def event_days(catalogue: Catalogue) -> EventDays:
    """The words of events of a catalogue, compiled once."""
    return EventDays(catalogue)
