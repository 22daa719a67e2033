"""Numbers that are no statistics: names, models, versions, sections, codes, scores, list numbers, pronouns.

Each rule looks at the words around one number and gives a reason code or None. Names and idioms are rows of
`names.csv`;
dates and times come from the catalogue of periods.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from pipelines.stages.quantities.conditions import OF_AGE
from pipelines.stages.quantities.lexicon import Lexicon
from pipelines.stages.quantities.written import Number
from pipelines.vocabulary.words import Words

#: Codes that are read as one piece, tried only where a digit stands beside one of `_BESIDE`.
_CODE = re.compile(
    r"\d{3,6}\.(?:HK|SH|SZ|SS|BJ|TW|TWO|KS|KQ|T|N|O|L|PA|DE|US)\b"
    r"|0\d{1,3}-\d{3,8}(?:-[\dX]{3,4})?(?![\d%])"
    r"|\d{3}-\d{3,4}-(?:\d{4}(?![\d-])|[X]{4})"
    r"|97[89]-(?:\d{1,7}-){3}[\dX]\b"
    r"|\d{1,5}:\d{1,4}(?![\d:])"
    r"|[0-2]\d[0-5]\d (?:GMT|UTC|EST|EDT|ET|PT|BST|CET|hours|hrs)\b"
)
_SCALED = re.compile(r" (?:hundred|thousand|million|billion|trillion|percent|per cent)\b|%| \d{1,3}/\d{1,3}\b")
_IN_SO_MANY = re.compile(r" in (?:every )?(?:\d|two|three|four|five|six|seven|eight|nine|ten|twenty|fifty|a hundred)")
#: "The 60s", "the late 90s": years, no seconds.
_LONG_CODE = 4
_CUED = 30  # words to either side in which a word can tell what a letter measures
_FIRST_YEAR, _LAST_YEAR = 1400, 2100
_LAST_DAY = 31
_CELL_GAP = 2  # spaces that part the cells of a table
_DECADES = frozenset(map(Decimal, range(10, 100, 10)))
_BEFORE_DECADES = (["the"], ["early"], ["late"], ["mid"])
_WHOSE_AGE = (["their"], ["his"], ["her"], ["your"], ["our"])  # "people in their 20s"
#: [11C]PK11195, [18F]-FDG: an isotope in the name of a substance.
_ISOTOPE = re.compile(r"\[\d{1,3}[A-Z][a-z]?\](?=-?[A-Za-z])")
_NOTE = re.compile(r"\[\d{1,3}(?:[,;\u2013-] ?\d{1,3}){0,20}\]")
_DIALLED = re.compile(r"\+\d{1,3}\)?[ -][\dX(][\dX() -]{5,20}[\dX]")
_TICKER = re.compile(r"\b[A-Z]{2,6}: ?\d{4,6}\b")
_VERSION = re.compile(r"\b[vV]\d{1,3}(?:\.\d{1,4}){0,4}\b")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"']{1,2000}")
_MAIL = re.compile(r"[^\s@<>(),;]{1,64}@[\w.-]{1,128}")
_ESTIMATED = ("E", "F", "A", "e", "f")  # 2026E: a year that is estimated or forecast
_NUMBERED = re.compile(r"\d{1,6}/(?:19|20)\d\d(?![\d/])")  # "Press Note No. 138/2025"
_NUMBERED_HEADING = re.compile(r"0\d")  # 01 规模
_HOUR = re.compile(r"(?:[01]?\d|2[0-3])h[0-5]\d\b")  # 10h22
_ALL = 100  # per cent
_SHARED = 24  # words from a percentage to a name of its list
_PAGE = re.compile(  # "Page 3 of 14", "Photo 1 of 6"
    r"\b(?:[Pp]age|[Pp]hoto|[Ii]mage|[Ss]lide|[Ff]igure|[Pp]art|[Ee]pisode|[Cc]hapter) \d{1,4} of \d{1,4}\b"
)
_UPDATE = re.compile(
    r"[UWRCFTPE](?<!\w.)(?:(?<=U)PDATE|(?<=W)RAPUP|(?<=R)PT|(?<=R)EFILE|(?<=C)ORRECTED|(?<=F)ACTBOX|(?<=T)ABLE"
    r"|(?<=P)REVIEW|(?<=E)XCLUSIVE) \d{1,2}-(?=[A-Z])"
)
_DAY = re.compile(  # 21-Nov-2025
    r"\d{1,2}-(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}-(?:\d{4}|\d{2})\b", re.IGNORECASE
)
_BESIDE = frozenset("+[:vV.-")


def find_pieces(text: str, digits: Sequence[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """Codes and addresses of a text with their reason. `digits` are its runs of digits, so that nothing else
    is scanned.
    """
    found: list[tuple[int, int, str]] = []
    if "://" in text or "www." in text:
        found += [(*m.span(), "identifier") for m in _ADDRESS.finditer(text)]
    if "@" in text:
        found += [(*m.span(), "contact") for m in _MAIL.finditer(text)]
    found += [(*m.span(), "section") for m in _PAGE.finditer(text)]
    found += [(*m.span(), "version") for m in _UPDATE.finditer(text)]
    for start, end in digits:
        before, after = text[start - 1 : start], text[end : end + 1]
        match = None
        if before == "+":
            match, reason = _DIALLED.match(text, start - 1), "contact"
        elif text[start] == "0" and end - start == 2 and before in ("", "\n") and after and after in " \t、.．:：":
            match, reason = _NUMBERED_HEADING.match(text, start), "list_number"
        elif before == "[":
            match, reason = _NOTE.match(text, start - 1) or _ISOTOPE.match(text, start - 1), "list_number"
        elif before and before in "vV":
            match, reason = _VERSION.match(text, start - 1), "version"
        elif before in (":", " ") and text[max(0, start - 2) : start].rstrip()[-1:] == ":" and 4 <= end - start <= 6:
            colon = text.rindex(":", 0, start)
            head = max(0, colon - 6)
            match, reason = _TICKER.search(text, head, end), "identifier"
        elif after == "/" and (end - start > 2 or text.endswith(("No. ", "no. ", "No.", "Nr. "), 0, start)):
            match, reason = _NUMBERED.match(text, start), "identifier"
        elif after == "-" and end - start <= 2 and text[end + 1 : end + 2].isalpha():
            match, reason = _DAY.match(text, start), "date"
        elif after == "h" and end - start <= 2:
            match, reason = _HOUR.match(text, start), "time"
        if (
            match is None
            and (after in (":", "-", ".", " ") or text[start:end].endswith("."))
            and not (before.isalnum() or before in ".,:$\u20ac\u00a3\u00a5")
        ):
            match = _CODE.match(text, start)
            reason = _code_reason(match.group()) if match is not None else ""
        if match is not None:
            found.append((match.start(), match.end(), reason))
    return found


def _code_reason(piece: str) -> str:
    if ":" in piece:
        return "score"
    if "-" in piece:
        return "contact"
    return "time" if " " in piece else "identifier"


def find_names(folded: str, lexicon: Lexicon) -> list[tuple[int, int, str]]:
    """Spans of names and idioms of the catalogue, whole words only."""
    found = []
    for index, start, end in lexicon.names.find_matches_as_indexes(folded):
        is_han = not folded[start:end].isascii()  # 对36氪说: no space parts such a name from its neighbours
        is_joined = bool(start) and folded[start - 1].isalnum() and not (is_han and not folded[start - 1].isascii())
        if is_joined or (start and folded[start - 1] in lexicon.units.prefixes):
            continue  # $3m is no company
        if is_han and end < len(folded) and folded[end].isalnum() and not folded[end].isascii():
            found.append((start, end, lexicon.name_reasons[index]))
            continue
        if end < len(folded) and (
            folded[end].isalnum() or (folded[end] in ".," and folded[end + 1 : end + 2].isdecimal())
        ):
            continue
        if (folded[end - 1].isdecimal() or folded.endswith("one", start, end)) and _SCALED.match(folded, end):
            continue
        if folded.endswith("one", start, end) and _IN_SO_MANY.match(folded, end):
            continue  # "only one in ten"
        found.append((start, end, lexicon.name_reasons[index]))
    return found


def trap(words: Words, number: Number, has_currency: bool, lexicon: Lexicon) -> str | None:
    """Why the number at these tokens is no statistic, or None. Looks before its unit is read."""
    if number.form in ("corrupt", "oversized"):
        return _corrupt(words, number, lexicon) if number.form == "corrupt" else "oversized"
    if number.form == "vague_alone":
        return "vague"
    if number.form == "part":
        return "part"
    i, j, low, text = number.i, number.j, words.low, words.text
    if text[i][0].isdecimal():
        if _numbers_act(words, number, lexicon) or _is_panel(words, i, lexicon):
            return "section"
        is_hour = number.decimals == 2 or low[j : j + 1] in (["o'clock"], ["o\u2019clock"])
        if number.value < 13 and is_hour and low[j : j + 1] and low[j] in lexicon.grammar.classes["clock"]:
            return "time"
        if number.value < 24 and is_hour and low[j : j + 1] and low[j] in lexicon.grammar.classes["time_zone"]:
            return "time"
        if not has_currency and (
            _is_old_year(words, number, lexicon)
            or _is_double_year(words, number)
            or _spans_years(words, number, lexicon)
        ):
            return "year"
        if not has_currency and _is_of_era(words, number, lexicon):
            return "year"
        return None if has_currency else _glued(words, number, lexicon) or _labelled(words, number, lexicon)
    return _word(words, number, lexicon)


def _numbers_act(words: Words, number: Number, lexicon: Lexicon) -> bool:
    """Decision (EU) 2022/2481, Regulation (EC) No 1907/2006, Directive 2009/28/EC: year and number of an act."""
    i, text, low, classes = number.i, words.text, words.low, lexicon.grammar.classes
    if i + 2 < len(text) and text[i + 1] == "/" and words.is_glued(i + 1):
        first = i
    elif i > 1 and text[i - 1] == "/" and words.is_glued(i):
        first = i - 2
    else:
        return False
    last = first + 2
    if not (text[first].isdecimal() and text[last].isdecimal() and max(len(text[first]), len(text[last])) == 4):
        return False
    if text[last + 1 : last + 2] == ["/"] and low[last + 2 : last + 3] and low[last + 2] in classes["legal_body"]:
        return True
    k = first
    while k and (low[k - 1] in classes["number_mark"] or text[k - 1] == "."):
        k -= 1
    if text[max(0, k - 1) : k] == [")"] and k > 2 and text[k - 3] == "(":
        return low[k - 2] in classes["legal_body"]
    return k > 0 and low[k - 1] in classes["legal_act"] and text[k - 1][0].isupper()


def _is_double_year(words: Words, number: Number) -> bool:
    """The 2022/2023 season: a year and the next one."""
    i, text = number.i, words.text
    if text[i + 1 : i + 2] != ["/"] or not (words.is_glued(i + 1) and words.is_glued(i + 2)):
        return False
    return 1900 < number.value < 2100 and len(text[i]) == len(text[i + 2]) == 4 and text[i + 2] == str(int(text[i]) + 1)


def _is_old_year(words: Words, number: Number, lexicon: Lexicon) -> bool:
    """ "Founded in 1872", "since 1880": four digits behind a word of time, with nothing that they could count."""
    i, j, grammar = number.i, number.j, lexicon.grammar
    if j != i + 1 or not words.text[i].isdecimal() or len(words.text[i]) != 4 or not 1400 <= number.value < 1900:
        return False
    if not i or words.low[i - 1] not in grammar.classes["year_before"]:
        return False
    follows = words.low[j] if j < len(words) else ""
    return not follows[:1].isalnum() or (follows in grammar.ends_phrase and follows not in grammar.cardinals)


def _spans_years(words: Words, number: Number, lexicon: Lexicon) -> bool:
    """Above 1850\u20131900 levels, the 1750\u20131850 average: either end of a span of years by which something is
    known, or that stands alone.
    """
    i, text = number.i, words.text
    first = i if text[i + 1 : i + 2] in (["-"], ["\u2013"]) else i - 2
    last = first + 2
    if first < 0 or last >= len(text) or text[first + 1] not in "-\u2013" or number.j != i + 1:
        return False
    ends = text[first], text[last]
    if not all(len(end) == _LONG_CODE and end.isdecimal() for end in ends) or not (
        words.is_glued(first + 1) and words.is_glued(last)
    ):
        return False
    if not _FIRST_YEAR <= int(ends[0]) < int(ends[1]) < _LAST_YEAR:
        return False
    follows = words.low[last + 1] if last + 1 < len(words) else ""
    is_compared = first > 1 and words.low[first - 1] in ("above", "below")
    if is_compared and not follows[:1].isalnum():  # 1.1 \u00b0C above 1850\u20131900
        return text[first - 2] in lexicon.symbols or lexicon.unit_names.backward(words.low, first - 1) is not None
    return follows in lexicon.grammar.classes["years_after"] and not words.is_glued(last + 1)


def _is_of_era(words: Words, number: Number, lexicon: Lexicon) -> bool:
    """A.D. 1000, 300 BC, between AD 1000 and 1260: a year by its era, which stands in capitals, or the other end."""
    i, j = number.i, number.j
    if j != i + 1 or not words.text[i].isdecimal() or len(words.text[i]) > 4:
        return False
    joins = lexicon.grammar.classes["label_joins"]
    is_last = i > 2 and words.low[i - 1] in joins and words.text[i - 2].isdecimal()
    is_first = j + 1 < len(words) and words.low[j] in joins and words.text[j + 1].isdecimal()
    beside = (i - 1, j, i - 3 if is_last else -1, j + 2 if is_first else -1)
    return any(
        0 <= k < len(words) and words.low[k] in lexicon.grammar.classes["era"] and words.text[k].isupper()
        for k in beside
    )


def _is_small_date(words: Words, number: Number, lexicon: Lexicon) -> bool:
    """ "On may 19", "as of december 1", "oct. 7": a day of a month that is written small."""
    i, low, classes = number.i, words.low, lexicon.grammar.classes
    if number.j != i + 1 or not words.text[i].isdecimal() or not 1 <= number.value <= _LAST_DAY:
        return False
    behind = words.text[i + 1] if i + 1 < len(words) else ""
    if behind in classes["month_name"] or (behind in classes["month_word"] and low[i - 1] == "on"):
        return True
    k = i - 2 if words.text[i - 1] == "." else i - 1
    if k < 0 or not words.text[k].islower():
        return False
    follows = low[i + 1] if i + 1 < len(words) else ""
    is_alone = not follows[:1].isalpha() or follows in lexicon.grammar.ends_phrase
    is_word = low[k] in classes["month_word"] and k > 0 and low[k - 1] in classes["before_date"]
    return is_alone and (low[k] in classes["month_name"] or is_word)


def _corrupt(words: Words, number: Number, lexicon: Lexicon) -> str:
    """9.4.0 before a scale or unit is a damaged number; elsewhere it numbers a version, a section or a date."""
    j = number.j
    if j < len(words) and (words.low[j] in lexicon.grammar.cardinals or words.text[j] == "%"):
        return "corrupt"
    return "version" if words.text[number.i].count(".") > 1 else "corrupt"


def _glued(words: Words, number: Number, lexicon: Lexicon) -> str | None:
    """Letters or signs joined to the digits: H100, GPT-4, 5G, 754G, 2nd, TP4T, #7, 3/4."""
    i, j, text, low = number.i, number.j, words.text, words.low
    if words.is_glued(i):
        before = text[i - 1]
        if before[-1].isalpha():
            if before in "xX" and i > 1 and words.is_glued(i - 1) and text[i - 2][0].isdecimal():
                return None
            return "model"
        is_hyphened = before == "-" and words.is_glued(i - 1) and i > 1 and _is_code(text[i - 2])
        is_hyphened = is_hyphened and low[i - 2] not in lexicon.grammar.classes["hyphen_before"]
        is_range = is_hyphened and low[i - 2] == "to" and words.text[i - 3 : i - 2] == ["-"]
        if is_hyphened and not is_range and low[i - 2] in lexicon.grammar.classes["age_limit"] and _is_decade(words, j):
            return None
        if is_hyphened and not is_range and lexicon.currency_before.backward(low, i - 1) is None:
            is_range = (
                low[i - 2] in lexicon.grammar.suffixes
                or low[i - 2] in lexicon.symbols
                or text[i - 2] in lexicon.symbols
            )
            is_range = is_range or low[i - 2] == "to"
            if not (is_range and i > 2 and (text[i - 3][0].isdecimal() or text[i - 3] == "-")):
                return "model"
        if before == "^":
            return "part"
        if before in "+-" and low[i - 2 : i - 1] != [] and low[i - 2] in lexicon.grammar.classes["time_zone"]:
            return "time"  # GMT+8
        is_coordinate = before in "+-" and i > 3 and words.is_glued(i - 1) and words.is_glued(i - 2)
        if is_coordinate and text[i - 2][0].isdecimal() and text[i - 3].isupper():
            return "model"  # MACS J1149.5+6663
        is_dotted = (
            before == "." and words.is_glued(i - 1) and i > 1 and text[i - 2].isalpha() and text[i - 2].isupper()
        )
        if is_dotted and number.scale == 1:
            return "model"  # the VW ID.4
        if before in "#&@_*=" and not _is_variable(words, number, lexicon):
            return "identifier" if before != "=" or not (i > 1 and text[i - 2][0].isdecimal()) else None
        if before == "/" and words.is_glued(i - 1):
            first = i - 4 if i > 3 and text[i - 3] == "-" else i - 3  # 8 MW/32 MWh, 8-MW/32-MWh
            is_measure = (
                i > 2
                and text[first][0].isdecimal()
                and (text[i - 2] in lexicon.symbols or text[i - 2] in lexicon.grammar.suffixes)
            )
            is_measure = is_measure or lexicon.unit_names.backward(low, i - 1) is not None
            return "identifier" if not text[i - 2][0].isdecimal() and not is_measure else None
        is_inches = i > 1 and words.is_glued(i - 1) and text[i - 2][0].isdecimal()
        if before in "'’" and number.value < 100 and number.scale == 1 and not is_inches:
            return "year"
    if j < len(text) and words.is_glued(j) and text[j][0].isalpha():
        return _glued_after(words, number, lexicon)
    if j - i == 1 and number.value < 10 and _is_letter_behind_hyphen(words, j, lexicon):
        return "model"
    if i > 0 and low[i - 1] == "#":
        return "identifier"
    return None


def _is_letter_behind_hyphen(words: Words, j: int, lexicon: Lexicon) -> bool:
    """A 3-D model, a 4-H club: a capital behind a hyphen that stands for no unit and no scale."""
    text = words.text
    if text[j : j + 1] != ["-"] or j + 1 >= len(text) or not (words.is_glued(j) and words.is_glued(j + 1)):
        return False
    letter = text[j + 1]
    is_capital = len(letter) == 1 and letter.isalpha() and letter.isupper()
    return is_capital and not (
        letter in lexicon.symbols or letter in lexicon.units.cued or letter in lexicon.grammar.suffixes
    )


def _is_variable(words: Words, number: Number, lexicon: Lexicon) -> bool:
    """ "a=4.19 \u00c5", "T=300 K", "p=.03": a short variable, with a decimal or a unit behind its sign."""
    i, j, text = number.i, number.j, words.text
    if text[i - 1] != "=" or i < 2 or not text[i - 2].isalpha() or len(text[i - 2]) > 2:
        return False
    is_alone = not words.is_glued(i - 2) or text[i - 3] in "(["
    return is_alone and (number.decimals > 0 or (j < len(text) and text[j] in lexicon.symbols))


def _is_code(word: str) -> bool:
    """Whether a word before a hyphen makes the number behind it a part of a name: GPT-4, the FQ4-25 of a quarter."""
    return word[-1].isalpha() or (word[0].isupper() and word[1:2].isalnum() and word.isalnum())


def _is_decade(words: Words, j: int) -> bool:
    """ "the over-60s", "the under-25s": an age and who is of it."""
    return words.low[j : j + 1] == ["s"] and words.is_glued(j) and len(words.text[j - 1]) == 2


def _glued_after(words: Words, number: Number, lexicon: Lexicon) -> str | None:
    text, j = words.text, number.j
    after = text[j]
    if text[j - 1][0] == "0" and text[j - 1].isdecimal() and len(text[j - 1]) > 1 and number.i == j - 1:
        return "model"  # SCP 06F6
    if _is_part_number(words, number, lexicon):
        return "model"
    if after in _ESTIMATED and len(text[number.i]) == 4 and 1990 <= number.value <= 2100 and number.decimals == 0:
        return "year"
    if after == "s" and number.value in _DECADES and words.low[number.i - 1 : number.i] in _BEFORE_DECADES:
        return "year"
    if after == "s" and number.value in _DECADES and words.low[number.i - 1 : number.i] in _WHOSE_AGE:
        return "name"
    if _is_of_product(words, number, lexicon):
        return "model"
    if after in lexicon.symbols or words.low[j] in lexicon.units.folded or after in lexicon.grammar.suffixes:
        return None
    if lexicon.unit_names.forward(words.low, j) is not None:
        return None
    if after.lower() in lexicon.grammar.classes["ordinal_ending"]:
        return "ordinal"
    if after.lower() in lexicon.grammar.classes["glued_measure"]:
        return None
    if (
        after == "G"
        and 100 <= number.value < 10**6
        and number.value != 400
        and number.value != 800
        and number.value % 100
    ):
        return "corrupt"
    if after in ("s", "S"):
        before = words.low[max(0, number.i - 2) : number.i]
        is_limit = not lexicon.grammar.classes["age_limit"].isdisjoint(before) and _is_decade(words, j)
        return None if is_limit else "name"
    return (
        "corrupt"
        if j + 1 < len(text) and words.is_glued(j + 1) and text[j + 1][0].isdecimal() and not words.is_glued(number.i)
        else "model"
    )


def _is_panel(words: Words, i: int, lexicon: Lexicon) -> bool:
    """Figure 3B, Tables 2A and 2B: a letter glued to a small number behind a word of numbered things."""
    text, k = words.text, i - 2 if words.text[i - 1 : i] == ["."] else i - 1
    if k < 0 or not words.is_glued(i + 1) or len(text[i + 1]) > 1 or not text[i + 1].isalpha():
        return False
    is_named = text[k][0].isupper() and words.low[k] in lexicon.grammar.classes["illustrations"]
    return is_named and text[i].isdecimal() and len(text[i]) < _LONG_CODE


def _is_of_product(words: Words, number: Number, lexicon: Lexicon) -> bool:
    """The Redmi 14C: a single letter glued to a small number behind a name is no degree where nothing near it speaks of
    heat, and no other unit of that letter.
    """
    i, j, text = number.i, number.j, words.text
    if i < 2 or number.decimals or number.scale != 1 or not _is_name(text[i - 1], lexicon) or not text[i - 1].isalpha():
        return False
    letter = text[j]
    if len(letter) > 1 or letter not in lexicon.symbols or words.start[i] - words.end[i - 1] != 1:
        return False
    cues = lexicon.units.contexts.get(letter, ())
    near = {*words.low[max(0, i - _CUED) : i + _CUED]}
    return bool(cues) and letter.isupper() and all(cue not in near for cue, _ in cues)


def _is_part_number(words: Words, number: Number, lexicon: Lexicon) -> bool:
    """24703L202: a letter glued between two runs of digits, of which the first is long; 24703m2 is an area."""
    text, j = words.text, number.j
    if number.i != j - 1 or not text[j - 1].isdecimal() or len(text[j - 1]) < _LONG_CODE or len(text[j]) > 1:
        return False
    is_joined = j + 1 < len(text) and words.is_glued(j + 1) and text[j + 1].isdecimal()
    return is_joined and text[j] in lexicon.symbols and text[j] + text[j + 1] not in lexicon.symbols


def _labelled(words: Words, number: Number, lexicon: Lexicon) -> str | None:
    """A number that a word before it makes a label: Article 12, Llama 3.1, Room 1502, version 2."""
    i, j, low, text, classes = number.i, number.j, words.low, words.text, lexicon.grammar.classes
    name = j + 2 if text[j : j + 1] == ["-"] and text[j + 1 : j + 2] != [] and text[j + 1].isdecimal() else j  # 32-38
    if (
        name + 1 < len(text)
        and text[name][0].isupper()
        and number.scale == 1
        and not classes["street"].isdisjoint(low[name + 1 : name + 3])
    ):
        return "address"
    if i == 0:
        return "list_number" if _opens_list(words, number) else None
    k = i - 1
    if low[k] == "top" and k and _tops(words, number, k, lexicon):
        return None
    if low[k] == "number" and tells_how_many(words, k, lexicon):
        return None
    if low[k] == "top" and _is_depth(words, j, lexicon):
        return None
    if low[k] in ("top", "per") and number.scale == 1 and (low[k] == "top" or number.value >= 10):
        return "name" if low[k] == "top" else "part"
    if low[k] in ("every", "each") and k and low[k - 1] == "for" and number.value >= 10:
        return "part"
    is_postcode = text[i].isdecimal() and len(text[i]) == 5 and len(text[k]) == 2 and text[k].isupper()
    if is_postcode and text[k].isalpha() and text[k - 1 : k] == [","]:
        return "address"
    if text[k] == "." and k > 0 and words.is_glued(k) and low[k - 1] in classes["section_short"]:
        return "section"
    if text[k] == "(" and number.j < len(text) and text[number.j] == ")" and number.value < 30 and number.scale == 1:
        return "list_number" if k == 0 or (number.decimals == 0 and k + 1 == i and _starts_item(words, k)) else None
    before = low[k]
    is_measured = j < len(text) and (
        text[j] in "%$€£¥" or lexicon.unit_names.forward(low, j) is not None or number.scale > 1
    )
    has_suffix = number.scale > 1 and j - i == 2 and words.is_glued(i + 1) and len(text[i + 1]) == 1
    counts = j < len(text) and low[j][0].isalpha() and low[j] not in lexicon.grammar.ends_phrase
    if has_suffix and text[k][0].isupper() and text[k][-1].isalpha() and not counts:
        return "model"
    if is_measured or number.scale > 1:
        return None
    if _is_small_date(words, number, lexicon):
        return "date"
    if before in classes["label"] and number.value % 1 == 0 and number.value < 30:
        return "section"  # a category 4 hurricane, type 2 diabetes, phase 3 trials
    if j < len(text) and text[j] in lexicon.symbols and len(text[j]) > 1 and before in classes["phone"]:
        return None  # "the average phone 18 GB"
    if before == "." and k and low[k - 1] in classes["phone"] and number.decimals == 0:
        return "contact"  # "ext. 822"
    if before in classes["phone"] or (text[k] in ":：" and k > 0 and low[k - 1] in classes["phone"]):
        return "contact"
    if _is_section(words, number, lexicon):
        return "section"
    if (
        _is_name(text[k], lexicon)
        and words.start[i] - words.end[k] < _CELL_GAP
        and text[k][-1].isalpha()
        and before not in lexicon.grammar.ends_phrase
        and "'" not in before
        and "’" not in text[k]
    ):
        return _after_name(words, number, lexicon)
    return None


def _tops(words: Words, number: Number, k: int, lexicon: Lexicon) -> bool:
    """ "The rate should top 90 percent", "is set to top 5 million": a verb, no "top 10"."""
    at = k - 1
    while at and (words.low[at] in lexicon.grammar.classes["adverb"] or words.low[at].endswith("ly")):
        at -= 1  # "should now top 35%", "will easily top 3 million"
    before = words.low[at]
    is_measured = number.scale > 1 or lexicon.unit_names.forward(words.low, number.j) is not None
    follows = words.text[number.j] if number.j < len(words) else ""
    is_measured = is_measured or follows == "%" or follows in lexicon.symbols
    return (before in lexicon.grammar.classes["auxiliary"] or before == "to") and is_measured


def _is_depth(words: Words, j: int, lexicon: Lexicon) -> bool:
    """The top 30 cm of the soil: a layer of that depth, no "top 10"."""
    if j >= len(words):
        return False
    codes = lexicon.symbols.get(words.text[j], ())
    hit = lexicon.unit_names.forward(words.low, j)
    code = codes[0] if codes else hit[1][0] if hit is not None else None
    follows = words.low[j + 1] if j + 1 < len(words) else ""
    is_alone = not follows[:1].isalnum() or follows in lexicon.grammar.ends_phrase
    return code is not None and is_alone and lexicon.units.get(code).dimension == "length"


def tells_how_many(words: Words, k: int, lexicon: Lexicon) -> bool:
    """ "Pilot zones now number 10": a verb behind a plural or "now", no word that makes the number a label."""
    first = k
    while first and words.low[first - 1] in lexicon.grammar.classes["number_adverb"]:
        first -= 1
    before = words.low[first - 1] if first else ""
    is_verb = before in lexicon.grammar.classes["auxiliary"] or lexicon.nouns.is_plural(before)
    return first < k or is_verb


def _is_name(word: str, lexicon: Lexicon) -> bool:
    """A capital at the front, or inside a word that is no unit: Galaxy, iPhone."""
    return word[0].isupper() or (len(word) > 3 and not word.islower() and word not in lexicon.symbols)


def _opens_list(words: Words, number: Number) -> bool:
    """ "1) ...", "1. ...", "1/ ...": a number with its sign of enumeration opens the sentence."""
    j, text = number.j, words.text
    if j < len(text) and text[j] in (")", "）", "、"):
        return True
    is_stop = j == 1 and text[j : j + 1] in (["."], ["/"]) and len(text) > j + 1 and not words.is_glued(j + 1)
    return is_stop and number.value < 100


def _is_section(words: Words, number: Number, lexicon: Lexicon) -> bool:
    """ "Article 12", "Room 1502", "on page 5": a word of numbered things, a capital or no noun behind to tell."""
    i, j, low, text, classes = number.i, number.j, words.low, words.text, lexicon.grammar.classes
    before, is_capital = low[i - 1], text[i - 1][0].isupper()
    if before not in classes["section"] or number.decimals > 2 or number.value >= 10000 or "," in text[i]:
        return False
    if not is_capital and before in classes["loose_section"]:
        return False
    return is_capital or j >= len(text) or not text[j][0].isalpha() or low[j] in lexicon.grammar.ends_phrase


def _starts_item(words: Words, k: int) -> bool:
    return k == 0 or words.text[k - 1] in ";:,"


def _after_name(words: Words, number: Number, lexicon: Lexicon) -> str | None:
    """A capitalised word right before a bare number makes it part of a name, unless a counted noun or unit follows."""
    i, j, low, text = number.i, number.j, words.low, words.text
    if tuple(low[j : j + 2]) in OF_AGE:
        return None  # "Americans 65 and older"
    if low[i - 1] in lexicon.grammar.classes["sureness"]:
        return None  # 95% CI 5.1 to 11.7
    is_inner = text[i - 1][0].islower() and not text[i - 1].islower()
    if is_inner and (j >= len(text) or not text[j][0].islower() or low[j] in lexicon.grammar.ends_phrase):
        return "name"  # iPhone 11 Pro cameras
    opens = i - 3 if low[i - 2 : i - 1] == ["the"] else i - 2
    if "," in text[i] and opens >= 0 and low[opens] in ("and", ",", ";"):
        return None  # "Beijing has 2,430 firms and Shanghai 1,120", "and the Netherlands 1,120"
    if opens > 0 and number.value < _ALL and _is_next_share(words, number, i - 2):
        return None
    if j < len(text):
        nxt = low[j]
        if text[j] in lexicon.symbols and nxt not in lexicon.grammar.ends_phrase:
            return None
        if nxt[0].isalpha() and nxt not in lexicon.grammar.ends_phrase:
            for k in range(j, min(j + 4, len(text))):
                if low[k] in lexicon.grammar.ends_phrase or not text[k][0].isalpha():
                    break
                if lexicon.nouns.is_plural(low[k]):
                    return None
        if text[j] == "-" and words.is_glued(j):
            return None
    if i - 1 == 0:
        follows = low[j] if j < len(text) else ""
        is_subject = lexicon.grammar.is_verb(follows)
        return "name" if is_subject and number.decimals and words.start[i] - words.end[i - 1] == 1 else None
    if lexicon.grammar.cues.backward(low, i) is not None:
        return None
    return "name"


def _is_next_share(words: Words, number: Number, opens: int) -> bool:
    """ "Amazon holds 29 per cent of the market, Microsoft 20 and Google 13": the share of the next name of a list."""
    low, text = words.low, words.text
    if text[opens][0].isupper():
        opens -= 1  # "South Korea 18"
    if low[opens] in ("in", "the"):
        opens -= 1  # "in Germany 33"
    if (
        opens < 1
        or low[opens] not in ("and", ",", ";")
        or text[number.j : number.j + 1] not in ([], [","], ["."], [";"], ["and"])
    ):
        return False
    k, stop = opens - 1, max(0, opens - _SHARED)
    while k > stop and low[k] not in ("%", "percent", "cent", "pct"):
        if text[k][0].isdecimal():
            if not text[k - 1][0].isupper() or low[k - 2] not in ("and", ",", ";"):
                return False
            k -= 2
        elif text[k] in ".:()|":
            return False
        k -= 1
    return k > stop


def _opens_range(words: Words, j: int, lexicon: Lexicon) -> bool:
    """ "One to two years", "one or two picks": the other end stands behind, with what both of them count."""
    low = words.low
    if j + 2 >= len(low) or low[j] not in ("to", "or") or low[j + 1] not in lexicon.grammar.cardinals:
        return False
    return lexicon.nouns.is_plural(low[j + 2]) or lexicon.unit_names.forward(low, j + 2) is not None


def _word(words: Words, number: Number, lexicon: Lexicon) -> str | None:
    """Number words: "one" as a pronoun, a definite group ("the three operators"), ordinals."""
    i, j, low = number.i, number.j, words.low
    joined = words.text[j : j + 1] == ["-"] and words.is_glued(j)
    if joined and number.value % 10 == 0 and low[j + 1 : j + 2] != [] and low[j + 1] in lexicon.grammar.ordinals:
        return "ordinal"  # the twenty-fifth
    if number.form == "share" or number.scale > 1 or j - i > 1 or not low[i].isalpha():
        return None
    before = low[i - 1] if i else ""
    after = low[j] if j < len(low) else ""
    if number.value == 0 and j < len(low) and lexicon.nouns.is_plural(low[j]):
        return None
    if number.value == 1 and _opens_range(words, j, lexicon):
        return None
    if number.value <= 1:
        if lexicon.unit_names.forward(low, j + joined) is not None and (
            before not in lexicon.grammar.classes["article"]
        ):
            return None if after not in ("quarter", "third", "second") else "pronoun"
        if after in ("or", "and", "of", "in") or not after[:1].isalpha():
            return "pronoun"
        return (
            None
            if words.text[j : j + 1] and words.text[j] in lexicon.symbols and after not in lexicon.grammar.ends_phrase
            else "pronoun"
        )
    if after in lexicon.grammar.classes["points_made"] and number.value <= 12:
        return "vague"
    if before in lexicon.grammar.classes["definite"] and number.value <= 4 and not joined:
        return "definite"
    if before == "top":
        return "name"
    return None
