"""Why: what decided the metric, place, period, reporter and status of each figure, and what else was in question.

What lives here: reading the answers' own notes (`why`), and the other names of the sentence beside them. Nothing is
decided here, and nothing of it is worked out unless somebody asks (`tallyhouse try`).
"""

from collections.abc import Iterable, Iterator, Sequence

from pipelines.catalogue import Catalogue
from pipelines.catalogue.periods import fold
from pipelines.stages.observations.answers import Answers, ask
from pipelines.stages.observations.linking import Candidate
from pipelines.stages.observations.metrics import Linked
from pipelines.stages.observations.places import Where
from pipelines.stages.observations.reporters import Who
from pipelines.stages.observations.when import When
from pipelines.vocabulary.article import Article, Sentence
from pipelines.vocabulary.quantity import Quantity
from pipelines.vocabulary.reason import Reason

#: So many other answers are told of a question.
MOST = 3


def reasons(
    article: Article, sentences: Sequence[Sentence], quantities: Sequence[Quantity], catalogue: Catalogue
) -> list[tuple[Reason, ...]]:
    """For each quantity, in order: the reasons for metric, place, period, reporter and status."""
    answers = ask(article, sentences, quantities, catalogue)
    around = [_Around(article.text[s.start : s.end], catalogue) for s in sentences]
    return [tuple(_told(answers, k, around[q.sentence])) for k, q in enumerate(answers.quantities)]


class _Around:
    """The names in a sentence that could have answered: places, times, organisations, words of goal or expectation."""

    def __init__(self, text: str, catalogue: Catalogue) -> None:
        self.places = [text[m.start : m.end] for m in catalogue.places.find(text)]
        self.times = [text[e.start : e.end] for e in catalogue.periods.find(text)]
        self.names = [text[m.start : m.end] for m in catalogue.organisations.find(text)]
        folded = fold(text)
        self.goals = [(text[c.start : c.end], c.status) for c in catalogue.periods.status.find(folded)]


def _told(answers: Answers, k: int, around: _Around) -> Iterator[Reason]:
    yield _metric(answers.linked[k])
    yield _place(answers.wheres[k], around)
    yield _period(answers.whens[k], around)
    yield _reporter(answers.whos[k], around)
    yield _status(answers.states[k], around)


def _metric(linked: Linked) -> Reason:
    runners = tuple(_candidate(c) for c in linked.runners_up[:MOST])
    if linked.metric is None:
        return Reason("metric", None, linked.why[0], None, runners)
    place, _, words = linked.why[0].partition(": ")
    return Reason("metric", linked.metric, f"{place}, score {linked.score:.1f}", words or linked.label, runners)


def _candidate(candidate: Candidate) -> str:
    return f"{candidate.metric.id} ({candidate.why}, score {candidate.score:.1f})"


def _place(where: Where, around: _Around) -> Reason:
    rule, words = _split(where.why if where.place else (), "none stated")
    return Reason("place", where.place, rule, words, _others(around.places, words))


def _period(when: When, around: _Around) -> Reason:
    rule, words = _split(when.why, "none stated")
    period = " to ".join(dict.fromkeys(day for day in (when.start, when.end) if day)) or None
    rule = "; ".join(filter(None, (rule, words)))
    return Reason("period", period, rule, when.text, _others(around.times, when.text))


def _reporter(who: Who, around: _Around) -> Reason:
    rule, words = _split(who.why, "none named")
    return Reason("reporter", who.reporter, rule, words, _others(around.names, words))


def _status(status: str, around: _Around) -> Reason:
    """Its words are those of goal or expectation that say the same; a forecast without any lies ahead."""
    same = ", ".join(dict.fromkeys(words for words, told in around.goals if told == status)) or None
    others = tuple(f"{words} ({told})" for words, told in around.goals if told != status)
    is_told = status == "actual" or same is not None
    return Reason("status", status, "sentence" if same else "a fact" if is_told else "context or period", same, others)


def _split(why: tuple[str, ...], otherwise: str) -> tuple[str, str | None]:
    """The name of a rule and the words it read."""
    return (why[0] or otherwise, ", ".join(why[1:]) or None) if why else (otherwise, None)


def _others(found: Iterable[str], chosen: str | None) -> tuple[str, ...]:
    """What else stands there: each once, without what is part of the words that decided."""
    return tuple(dict.fromkeys(words for words in found if words not in (chosen or "")))[:MOST]
