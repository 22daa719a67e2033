"""The days of a fair or summit that an article reports from: exhibitors, visitors and deals are those of its own days.

What lives here: whether a lead tells that an event opens or is held on a day, and which sentences tell of who is there.
What does not: figures of the world that are only told at the event (see `period_focus`), and the words (`event`,
`event_verb` and `at_event` in `word_classes.csv` and `zh_words.csv`).
"""

from functools import lru_cache

from pipelines.catalogue import Catalogue
from pipelines.catalogue.sought import Guarded
from pipelines.catalogue.table import alternatives
from pipelines.vocabulary.article import Sentence

_REACH = 240  # characters of a sentence in which the words are looked for


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

    def opens(self, folded: str, sentence: Sentence) -> bool:
        """Whether a sentence tells that an event opens, is held or has closed."""
        return self._holds(self._events, folded, sentence) and self._holds(self._verbs, folded, sentence)

    def is_there(self, folded: str, sentence: Sentence) -> bool:
        """Whether a sentence tells of who has come to an event, or of what is there."""
        return self._holds(self._there, folded, sentence)

    @staticmethod
    def _holds(words: tuple[Guarded, Guarded], folded: str, sentence: Sentence) -> bool:
        pattern = words[sentence.language == "zh"]
        return pattern.search(folded, sentence.start, min(sentence.end, sentence.start + _REACH)) is not None


@lru_cache(maxsize=4)
def event_days(catalogue: Catalogue) -> EventDays:
    """The words of events of a catalogue, compiled once."""
    return EventDays(catalogue)
