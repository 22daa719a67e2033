"""By whom: the organisation that issued each figure of an article, and the named report it stands in.

What lives here: who is speaking, sentence by sentence, until another speaker takes over. What does not: organisations,
their people and reports, and the words of speech (see `catalogue.organisations`, `catalogue.speech`). Whoever prints a
figure is not its reporter: an outlet counts only where the text appeals to it ("according to a People's Daily story").
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.catalogue import Catalogue
from pipelines.catalogue.metrics import Metric
from pipelines.catalogue.organisations import OrganisationMention
from pipelines.catalogue.speech import edition_end
from pipelines.stages.observations.stretches import Blocks, stories
from pipelines.stages.observations.unlisted import is_place
from pipelines.vocabulary.article import Article, Sentence
from pipelines.vocabulary.quantity import Quantity
from pipelines.vocabulary.values import light

_SILENT = ("meta", "boilerplate")
_DATELINED = re.compile(
    r"[A-Z][A-Z .,'\u2019/-]{2,30}(?:\([A-Za-z ]{2,24}\)\s?)?\s?[-\u2013\u2014]{1,2}\s?(?:[Tt]he\s)?"
)


_SEATS = ("subdivision", "capital", "city")  # kinds of place that have a government of their own
_RANKS = ("省", "市", "自治区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治州", "县", "区")
_COMPANY, _POLL = "company", "poll"
_PASSING = "source"  # kind of a speaker for whom nothing goes on
_GATHERED = re.compile(  # whoever asks analysts tells what these expect, and nothing else
    r"\b(?:analysts|economists|forecasters|experts|strategists)\b[^.;\n]{0,30}"
    r"\b(?:polled|surveyed|interviewed|asked|queried|questioned|compiled|collected|gathered) by (?:the )?$",
    re.IGNORECASE,
)
_POLLED = re.compile(r"(?:['\u2019]s)? (?:poll|survey)\b(?! of (?:\d|people|users|consumers|companies|firms))")
_RESULTS_ZH = re.compile(  # a company's results are its own: 腾讯第三季收入按年升15%
    r"(?:[(\uff08][^)\uff09\n]{2,24}[)\uff09])?[^,\uff0c\u3002;\uff1b\n]{0,12}?"
    r"(?:收入|营收|營收|净利|淨利|纯利|純利|純益|毛利|盈利|利润|利潤|出货|出貨|销量|銷量)"
)


_RIVALS = ("research", "association")  # who counts what each company sells
_COUNTING = (*_RIVALS, "agency", "ministry", "international")  # whose name may head a line
_HEADS = re.compile(r"[\u4e00-\u9fff ]{0,6}[:\uff1a]")  # TrendForce集邦咨询:第三季...


@light
@dataclass(frozen=True, slots=True)
class Who:
    """The reporter's canonical name and the report's title with its edition; `why` names the words that decided."""

    reporter: str | None
    report: str | None = None
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Speaker:
    at: int
    name: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class _Heard:
    """Who speaks in one sentence, and which reports it names."""

    speakers: tuple[_Speaker, ...] = ()
    titles: tuple[str, ...] = ()
    stand_ins: tuple[str, ...] = ()


_NOBODY = _Heard()


def reporters(
    article: Article, sentences: list[Sentence], quantities: list[Quantity], catalogue: Catalogue
) -> list[Who]:
    """One `Who` for each quantity, in their order. A speaker goes on until another takes over."""
    mentions = catalogue.organisations.find(article.text)
    signed = _signature(article, sentences, mentions, catalogue)
    heard = _listen(article, sentences, mentions, catalogue, signed is not None)
    own = stories(article.text, sentences)
    answers: list[Who] = [Who(None)] * len(quantities)
    first, which = 0, 0
    begins = frozenset(own)
    starts = [k for k, s in enumerate(sentences) if s.start in begins]
    for last in (*starts[1:], len(sentences)) if own else (len(sentences),):
        part = sentences[first:last]
        main = signed or next((s for h in heard[first:last] for s in h.speakers if s.kind != _PASSING), None)
        main = main or (_most_named(article, part, mentions, is_story=bool(own)) if part else None)
        told = _in_force(heard[first:last], main)
        main_report = next((h.titles[0] for h in heard[first:last] if h.titles), None)
        while which < len(quantities) and quantities[which].sentence < last:
            q = quantities[which]
            is_known = which and q.sentence == quantities[which - 1].sentence and not heard[q.sentence].speakers
            answers[which] = (
                answers[which - 1]
                if is_known
                else _who(q, _for_it(q, quantities, which, heard), *told[q.sentence - first], main, main_report)
            )
            which += 1
        first = last
    return answers


def of_companies(
    article: Article,
    metrics: Sequence[Metric | None],
    companies: Sequence[str | None],
    whos: Sequence[Who],
    spoken: Sequence[bool],
    main: str | None,
    catalogue: Catalogue,
) -> list[Who]:
    """A company's figures are its own where their sentence gives nobody else: "CoreWeave booked $1.36 billion".

    So they are wherever it speaks of itself (`spoken`), and so is what only companies have of the one that the article
    is about (`main`), whoever was named before. What else a researcher counts stays the researcher's as long as it is
    the one that speaks, and what the headline's or the publisher's own people tell is theirs.
    """
    titled = catalogue.organisations.find(article.title or "")
    signing = {m.organisation.name for m in titled} | {article.publisher}
    told = list(whos)
    for k, (who, company, metric, is_spoken) in enumerate(zip(whos, companies, metrics, spoken, strict=True)):
        if company is None or (who.why and who.why[0] == "sentence") or who.reporter == company:
            continue
        known = catalogue.organisations.all.get(who.reporter or "")
        is_company = known is not None and known.kind == _COMPANY
        is_article = not who.why or who.why[0] == "article"
        if is_article and not is_spoken and who.reporter and who.reporter in signing and not is_company:
            continue
        is_own = metric is not None and metric.is_company_alone
        is_carried = is_own and company == main and not is_article
        if is_spoken or is_article or is_carried or (is_company and (is_own or who.reporter not in signing)):
            told[k] = Who(company, None, ("company", company))
    return told


def _in_force(heard: list[_Heard], main: _Speaker | None) -> list[tuple[_Speaker | None, str | None]]:
    """Sentence by sentence, who speaks and which of their reports is open."""
    told: list[tuple[_Speaker | None, str | None]] = []
    speaker: _Speaker | None = None
    report: tuple[str, str] | None = None  # title, and whose
    last_of: dict[str, _Speaker] = {}
    for here in heard:
        staying = [s for s in here.speakers if s.kind != _PASSING]
        if staying:
            last_of.update((s.kind, s) for s in staying)
            speaker = staying[-1]
        elif here.stand_ins and (speaker is None or speaker.kind not in here.stand_ins):
            known = [last_of[kind] for kind in here.stand_ins if kind in last_of]
            speaker = max(known, key=lambda s: s.at) if known else speaker
        if here.titles:
            issuer = speaker or main
            report = (here.titles[-1], issuer.name if issuer else "")
        named = speaker or main
        told.append((speaker, report[0] if report and named and report[1] in (named.name, "") else None))
    return told


def _signature(
    article: Article, sentences: list[Sentence], mentions: list[OrganisationMention], catalogue: Catalogue
) -> _Speaker | None:
    """Who signs below the headline, or publishes: an issuer of statistics that tells its own."""
    starts = [m.start for m in mentions]
    for sentence in sentences[:6]:
        if sentence.block not in _SILENT or sentence.end - sentence.start > 120:
            continue
        here = mentions[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        line = article.text[sentence.start : sentence.end]
        written = next((name for _, name in catalogue.company_words.introduces.find(line)), None)
        if written is not None and not here and not is_place(written, catalogue):
            return _Speaker(sentence.start, written, _COMPANY, written)  # "By Ada Lind, head of platform at Norvik"
        if sentence.block != "meta":
            continue
        name = catalogue.organisations.speech.signature(line)
        listed = next(
            (
                m
                for m in here
                if m.organisation.kind not in ("outlet", "venue") and m.by == "name" and not _is_zone(article.text, m)
            ),
            None,
        )
        if name and not (listed and article.text[listed.start : listed.end] == name):
            known = next(
                (m.organisation for m in catalogue.organisations.find(name) if m.end - m.start == len(name)), None
            )
            return _Speaker(sentence.start, known.name if known else name, known.kind if known else "", name)
        if listed:
            return _Speaker(listed.start, listed.organisation.name, listed.organisation.kind, listed.organisation.name)
    publisher = article.publisher or ""
    own = catalogue.organisations.all.get(publisher)
    printed = next((m for m in catalogue.organisations.find(publisher) if m.start == 0), None)
    if own is None and printed is not None and printed.organisation.kind == "outlet":
        return None  # CNBC LLC
    if own is None and printed is not None and not publisher[printed.end : printed.end + 2].strip().isalnum():
        own = printed.organisation  # UN Trade and Development (UNCTAD)
    if own is None and article.publisher and catalogue.organisations.speech.signature(article.publisher):
        return _Speaker(0, article.publisher, "", article.publisher)
    return _Speaker(0, own.name, own.kind, own.name) if own and own.kind not in ("outlet", "venue") else None


def _is_zone(text: str, m: OrganisationMention) -> bool:
    """Whether letters behind a time of day name its zone: "18:30 HKT"."""
    return text[m.start - 1 : m.start] == " " and text[m.start - 2 : m.start - 1].isdigit()


def _for_it(q: Quantity, quantities: Sequence[Quantity], k: int, heard: Sequence[_Heard]) -> _Heard:
    """Who speaks in the sentence of a figure, without those who tell one other figure that stands next to them.

    In "the profit rose 36% to 9 billion, above the 8 billion expected by analysts polled by LSEG" only the last is.
    """
    here = heard[q.sentence]
    after = quantities[k + 1] if k + 1 < len(quantities) and quantities[k + 1].sentence == q.sentence else None
    if after is None or not any(s.kind == _PASSING for s in here.speakers):
        return here
    told = tuple(s for s in here.speakers if s.kind != _PASSING or s.at < q.start)
    return _Heard(told, here.titles, here.stand_ins)


def _who(
    q: Quantity,
    here: _Heard,
    speaker: _Speaker | None,
    report: str | None,
    main: _Speaker | None,
    main_report: str | None,
) -> Who:
    k = bisect_left(here.speakers, q.start, key=lambda s: s.at)
    chosen = here.speakers[k - 1] if k else here.speakers[0] if here.speakers else speaker or main
    if chosen is None:
        return Who(None)
    why = "sentence" if here.speakers else "carried" if speaker else "article"
    if report is None and main is not None and chosen.name == main.name:
        report = main_report
    return Who(chosen.name, report, (why, chosen.words))


def _listen(
    article: Article, sentences: list[Sentence], mentions: list[OrganisationMention], catalogue: Catalogue,
    is_signed: bool,
) -> list[_Heard]:  # fmt: skip
    text, speech = article.text, catalogue.organisations.speech
    starts = [m.start for m in mentions]
    unlisted = sorted(speech.unlisted(text, article.publisher or ""))
    unlisted_starts = [s for s, _ in unlisted]
    titles = speech.titles(text)
    stand_ins = speech.stand_ins(text)
    stand_in_starts = [at for at, _ in stand_ins]
    governments = _governments(article, sentences, catalogue)
    government_starts = [g.at for g in governments]
    heard: list[_Heard] = []
    is_counted = False  # whether one who counts what companies sell has spoken
    longer: dict[str, str] = {}  # the unlisted name of several words that its first, or last ideographs, stand for
    for sentence in sentences:
        is_prose = sentence.block == "meta" and text[sentence.end - 1] == "\u3002"
        if sentence.block in _SILENT and not is_prose:
            heard.append(_NOBODY)
            continue
        here = mentions[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        substitutes = stand_ins[
            bisect_left(stand_in_starts, sentence.start) : bisect_left(stand_in_starts, sentence.end)
        ]
        titled = _between(titles, sentence)
        k = bisect_left(unlisted_starts, sentence.start)
        g = bisect_left(government_starts, sentence.start)
        reports = governments[g : bisect_left(government_starts, sentence.end)]
        if not (here or substitutes or titled or reports or (k < len(unlisted) and unlisted_starts[k] < sentence.end)):
            heard.append(_NOBODY)
            continue
        told = (_speaks(article, m, sentence, catalogue, is_signed, is_counted=is_counted) for m in here)
        speakers = reports + [s for s in told if s is not None]
        is_counted = is_counted or any(s.kind in _RIVALS for s in speakers)
        for start, end in unlisted[
            bisect_left(unlisted_starts, sentence.start) : bisect_left(unlisted_starts, sentence.end)
        ]:
            k = bisect_left(here, end, key=lambda m: m.start)
            covered = here[k - 1] if k and here[k - 1].end > start else None
            if covered is None or _is_namesake(text, start, end, covered, catalogue):
                speakers = [s for s in speakers if not start <= s.at < end]
                name = (
                    text[start:end].rstrip(".'\u2019").removesuffix("'s").removesuffix("\u2019s").removeprefix("The ")
                )
                name = longer.get(name, name)
                if len(name) > 2 and (" " in name or name[0] >= "\u2e80"):
                    for short in _shorter(name):
                        longer.setdefault(short, name)
                if len(name) > 2 and not catalogue.periods.find(name) and not _is_place(name, catalogue):
                    kind = _PASSING if speech.is_passing(name) else ""
                    speakers.append(_Speaker(start, name, kind, text[start:end]))
        named = list(titled)
        for m in here:
            if m.by == "report" and not _covers(titled, m.start):
                end = edition_end(text, m.end)
                named.append((m.start, end, text[m.start : end]))
        heard.append(
            _Heard(
                tuple(sorted(speakers, key=lambda s: s.at)),
                tuple(t for _, _, t in sorted(named)),
                tuple(k for _, kinds in substitutes for k in kinds),
            )
        )
    return heard


def _governments(article: Article, sentences: list[Sentence], catalogue: Catalogue) -> list[_Speaker]:
    """Whose 政府工作报告 each one is: of the place that its sentence names before it, else of the headline's."""
    text, found = article.text, []
    starts = [s.start for s in sentences]
    for at in catalogue.organisations.speech.government_reports(text):
        sentence = sentences[max(0, bisect_left(starts, at + 1) - 1)]
        for begin, stop in ((sentence.start, at), (0, max(text.find("\n"), 0))):
            seats = [m for m in catalogue.places.find(text[begin:stop]) if m.place.kind in _SEATS]
            if seats:
                name = text[begin + seats[0].start : begin + seats[0].end]
                found.append(_Speaker(at, _government(name, text, begin + seats[0].end, catalogue), "", name))
                break
    return found


def _government(name: str, text: str, end: int, catalogue: Catalogue) -> str:
    """嘉兴 is a 市, 浙江 a 省: as the text goes on, else as the catalogue names the place."""
    if name[-1] not in "省市区县":
        known = (s for s in _RANKS if text.startswith(s, end) or _is_place(name + s, catalogue))
        name += next(known, "市")
    return f"{name}人民政府"


def _is_place(name: str, catalogue: Catalogue) -> bool:
    """Whether a name is that of a place alone: "the report from London" is not London's."""
    return any(m.end - m.start == len(name) for m in catalogue.places.find(name))


def _is_namesake(text: str, start: int, end: int, m: OrganisationMention, catalogue: Catalogue) -> bool:
    """Whether a longer name is another country's body of the same name: "Kenya National Bureau of Statistics"."""
    if not start < m.start <= m.end <= end:
        return False
    where = catalogue.places.find(text[start : m.start])
    return bool(where) and catalogue.places.country(where[0].place) not in (None, m.organisation.country)


def _between(titles: list[tuple[int, int, str]], sentence: Sentence) -> list[tuple[int, int, str]]:
    low = bisect_left(titles, sentence.start, key=lambda t: t[0])
    return titles[low : bisect_left(titles, sentence.end, key=lambda t: t[0])]


def _shorter(name: str) -> Iterator[str]:
    """What a name may be called once it is known: its first words, or its last ideographs."""
    yield from (name[:k] for k, letter in enumerate(name) if letter == " ")
    if name[0] >= "\u2e80":
        yield from (name[k:] for k in range(len(name)))


def _covers(titles: list[tuple[int, int, str]], offset: int) -> bool:
    k = bisect_left(titles, offset + 1, key=lambda t: t[0])
    return k > 0 and titles[k - 1][1] > offset


def _speaks(
    article: Article, m: OrganisationMention, sentence: Sentence, catalogue: Catalogue, is_signed: bool, *,
    is_counted: bool,
) -> _Speaker | None:  # fmt: skip
    """The mention as a speaker, where the words beside it say that it issued something.

    Where one who counts them all has spoken (`is_counted`), a company's shipments are not told by itself.
    """
    o, text, speech = m.organisation, article.text, catalogue.organisations.speech
    before = text[max(sentence.start, m.start - 90) : m.start]
    after = text[m.end : min(sentence.end, m.end + 110)]
    if o.kind == _POLL:
        speaks = speech.is_appealed_to(before) or speech.is_speaker(before, after, sentence.language)
        return _Speaker(m.start, o.name, _PASSING, text[m.start : m.end]) if speaks else None
    if _GATHERED.search(before) or (o.kind == "outlet" and _POLLED.match(after)):
        return _Speaker(m.start, o.name, _PASSING, text[m.start : m.end])
    if o.kind in ("outlet", "venue"):
        is_printer = article.publisher is not None and o.name in article.publisher
        speaks = speech.is_appealed_to(before) and not is_printer
    elif m.by != "name":
        speaks = (m.by == "person" or not is_signed) and not after.startswith(("'s", "\u2019s"))
    elif sentence.block == "heading":
        speaks = o.kind != "company"  # "And from the ITU": whose figures the section tells
    else:
        opens = (
            (before.strip(" \"\u201c'*\n-").lower() in ("", "the") or _DATELINED.fullmatch(before))
            and after[:1] == " "
            and (o.kind != "company")
        ) or (
            o.kind == "company" and not is_counted and not before.strip(" \"'*\n-") and bool(_RESULTS_ZH.match(after))
        )
        closes = sentence.block == "title" and not after.strip() and before.endswith((": ", "\uff1a"))
        heads = sentence.block == "title" and o.kind in _COUNTING and not before.strip() and _HEADS.match(after)
        speaks = (
            closes
            or bool(heads)
            or speech.is_speaker(before, after, sentence.language)
            or (bool(opens) and sentence.block != "title")
        )
    return _Speaker(m.start, o.name, o.kind, text[m.start : m.end]) if speaks else None


def _most_named(
    article: Article, sentences: list[Sentence], mentions: list[OrganisationMention], *, is_story: bool
) -> _Speaker | None:
    """Whom an article without attributions is about: a company's results are the company's own."""
    blocks = Blocks(sentences)
    low = bisect_left(mentions, sentences[0].start, key=lambda m: m.start)
    inside = mentions[low : bisect_left(mentions, sentences[-1].end, key=lambda m: m.start)]
    issuers = [m for m in inside if m.organisation.kind not in ("outlet", "venue", _POLL)]
    named = [m for m in issuers if blocks.at(m.start) not in _SILENT] or [m for m in issuers if m.by == "report"]
    if not named:
        return None
    name, times = Counter(m.organisation.name for m in named).most_common(1)[0]
    first = next(m for m in named if m.organisation.name == name)
    if first.organisation.kind == "company" and times < 2 and not is_story and blocks.at(first.start) != "title":
        return None  # mentioned in passing
    return _Speaker(first.start, name, first.organisation.kind, article.text[first.start : first.end])
