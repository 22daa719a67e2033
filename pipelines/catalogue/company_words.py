"""The words by which a text shows that a name is a company's, though no catalogue lists it.

What lives here: the table `company_words.csv`, compiled. What does not: the names so found (see
`stages.observations.unlisted`) and the companies that are listed (`organisations`).
"""

import re
from dataclasses import dataclass
from pathlib import Path

from pipelines.catalogue import introductions
from pipelines.catalogue.introductions import Introductions
from pipelines.catalogue.sought import Anchored, Guarded
from pipelines.catalogue.table import alternatives, read_table

ROLES = (
    "measure", "measure_zh", "verb", "form", "exchange", "none", "start", "none_zh", "lead_zh", "stand_in_zh",
    "results_zh", "branch_zh", "after_branch_zh", "head", "officer", "takes", "person", "doing", "kind", "lead", "site",
    "site_zh", "when_zh", "founds", "trade", "trade_zh", "served_zh",
)  # fmt: skip
_BEFORE_TICKER = 15  # characters between a name and the bracket with its ticker

_JOINING = "of|at|in|for|by|from|with|to|as|than|on|over|and|or"  # words that do not stand in front of a subject
_DEFINITE = "its|their|his|her|our|this|which|who|two|three|four|five|six|seven|eight|nine|ten"  # some, not all of them


@dataclass(frozen=True, slots=True)
class CompanyWords:
    """Patterns: `told` matches what follows a company's name, `name` the name that ends where it begins.

    `introduces` finds the company whose head is introduced, `called` holds one that is said to be one (the startup
    Norvik) or was founded, `opener` one that may open a paragraph, which `tells` of its own results behind it unless it
    is `no_company` that does so, `the_kind` speaks of one named before, where `kinds` holds its words, and `of_home`
    follows the name of its home in such words (the Swedish vendor); `lead_in` is all
    that may stand between the start of a sentence and the name that is its subject; `site_of` leads from its works to
    the company (At a plant of), `the_site` takes such works up; `form` is the form of company at the end of a name,
    `none` a word in the name of somebody else. Of Chinese: `none_zh` a word that no name holds, `lead_zh` the words
    before a name, `site_zh` and `the_site_zh` as above, `stand_in_zh` one that opens a clause for the company,
    `results_zh` a word of results, `branch_zh` what makes a place a carrier's branch. `measure` is what only companies
    have, at the end of a metric's name in either language; `trade` and `trade_zh` match a whole trade that is the
    subject of a clause.
    """

    told: Anchored
    name: re.Pattern[str]
    introduces: Introductions
    called: Anchored
    opener: re.Pattern[str]
    tells: re.Pattern[str]
    no_company: re.Pattern[str]
    kinds: Anchored
    the_kind: re.Pattern[str]
    of_home: re.Pattern[str]
    lead_in: re.Pattern[str]
    site_of: re.Pattern[str]
    the_site: re.Pattern[str]
    site_zh: re.Pattern[str]
    the_site_zh: re.Pattern[str]
    form: re.Pattern[str]
    none: re.Pattern[str]
    none_zh: re.Pattern[str]
    lead_zh: re.Pattern[str]
    stand_in_zh: re.Pattern[str]
    results_zh: re.Pattern[str]
    branch_zh: re.Pattern[str]
    measure: re.Pattern[str]
    trade: Guarded
    trade_zh: Guarded


def load(overlay: Path | None = None) -> CompanyWords:
    """The rows of `company_words.csv`. Raises CatalogueError for a role that is none."""
    words: dict[str, list[str]] = {role: [] for role in ROLES}
    for row in read_table("company_words.csv", ("role", "words"), overlay):
        if row["role"] not in words:
            raise row.unknown("role", row["role"], ROLES)
        words[row["role"]] += row.list("words")
    either = {role: alternatives(given) for role, given in words.items()}
    measure, form = either["measure"], either["form"]
    served = either["served_zh"].replace("|", ")(?<!")
    told = (
        rf"[ ,'\u2019](?:(?<=['\u2019])s (?:[\w-]{{1,20}} ){{0,3}}(?:{measure})\b"
        rf"|(?<= )(?:{either['verb']}) (?:[\w-]{{1,20}} ){{0,4}}(?:{measure})\b"
        rf"|(?<=,) (?:an?|the) (?:[\w'\u2019-]{{1,20}} ){{0,5}}(?:{either['kind']})\b(?!['\u2019])"
        rf"|(?:(?<= )|(?<=,) )(?:(?:{form})\b|(?:[\w.]{{2,12}} )?\((?:{either['exchange']})[:\uff1a]))"
    )
    openings = ["'s ", "\u2019s ", ", a ", ", an ", ", the "]
    openings += [f" {word}" for word in (*words["verb"], *words["form"])] + [f", {word}" for word in words["form"]]
    name = rf"((?!(?:{either['start']})\b)[A-Z][\w&.-]{{1,30}}(?: (?:[A-Z][\w&.-]{{0,30}}|&)){{0,3}})"
    introduces = introductions.compiled(words["head"], words["takes"], words["officer"], name)
    kinds = f"{either['kind']}|group|business"
    return CompanyWords(
        Anchored(told, openings, [f"({exchange}" for exchange in words["exchange"]], _BEFORE_TICKER),
        re.compile(rf"(?<![\w&.-]){name}$"),
        introduces,
        Anchored(rf"(?<![\w-])(?:{either['kind']}|{either['founds']}) {name}", [*words["kind"], *words["founds"]]),
        re.compile(rf"(?:[A-Z]\w+(?:-based|['\u2019]s) )?{name}(?: (?:of|in) [A-Z]\w+(?: [A-Z]\w+)?)? (?=[a-z])"),
        re.compile(
            r"(?:raised|took in|secured|closed|landed|bagged|got) (?:an? )?(?:[A-Z]{1,3})?[$\u20ac\u00a3\u20b9]"
            r"|(?:said|says)(?: on [A-Z]\w+day| in \w+)?(?: that)?,? (?:its\b"
            rf"|(?:the )?(?:[\w-]{{1,20}} ){{0,3}}(?:{measure})\b)"
        ),
        re.compile(rf"(?:(?:has|had|was|is|also|will) )?(?:{either['person']})\b"),
        Anchored(rf"(?:{kinds}|Company)(?![\w-])", [*words["kind"], "group", "business", "Company"]),
        re.compile(
            r"(?<!\w)(?<! at )(?<! to )(?<!with )(?<!from )(?<!than )(?<!within )(?<!among )"
            rf"(?:[Tt]he (?:[\w.&'\u2019-]{{1,20}},? ){{0,3}}?(?:{kinds})"
            rf"|(?<=\n)Company)(?![\w-])"
        ),
        re.compile(rf" (?:[a-z][\w-]{{1,20}} ){{0,2}}(?:{kinds})(?![\w'\u2019-])"),
        re.compile(
            rf"(?:(?!(?:{_JOINING})\b)[\w.'\u2019-]{{1,24}} ){{0,5}}"
            r"(?:[\w.-]{1,24}['\u2019]s |[\w-]{1,24}-(?:led|run|owned|backed|based|listed|controlled|born) "
            rf"|(?:{either['kind']}|{either['lead']}) |(?:{either['doing']}|{measure}) (?:of|at) )",
            re.IGNORECASE,
        ),
        re.compile(
            rf"(?:At|In|Inside) (?:an?|the|one|its) (?:[\w-]{{1,20}} ){{0,4}}(?:{either['site']})"
            r" (?:of|run by|owned by|operated by|belonging to) (?:the )?(?:[a-z][\w-]{1,20} ){0,4}"
        ),
        re.compile(rf"(?:The|This|That) (?:[\w()-]{{1,20}} ){{0,3}}(?:{either['site']})(?![\w-])"),
        re.compile(rf"(?:的|旗下|在)?[\u4e00-\u9fff]{{0,8}}?(?:{either['site_zh']})"),
        re.compile(rf"[这這该該此](?:[座个個家处處一]|一座)?[\u4e00-\u9fff]{{0,4}}?(?:{either['site_zh']})"),
        re.compile(rf"(?:,? (?:{form}|Co|Company)\b\.?)+$"),
        re.compile(rf"\b(?:{either['none']})\b"),
        re.compile(either["none_zh"]),
        re.compile(rf"(?:{either['lead_zh']})+"),
        re.compile(
            rf"(?:^|[,\uff0c;\uff1b:\uff1a\u3002\n\u201c])(?:{either['when_zh']})?(?:{either['stand_in_zh']})(?![\u8d28\u6570\u6578\u540d\u5185\u5167\u4eec\u5011])"
        ),
        re.compile(either["results_zh"]),
        re.compile(rf"(?:{either['branch_zh']})(?={either['after_branch_zh']})"),
        re.compile(rf"(?:\b(?:{measure})(?: of)?|{either['measure_zh']})$", re.IGNORECASE),
        Guarded(
            r"(?:^|[.!?\n] ?|[,;:\u2014] |\b(?:and|but|while|whereas|that|said|says) )(?:The |the |All |all )?"
            rf"(?:(?!(?:{_JOINING}|{_DEFINITE})\b)[\w'\u2019-]{{1,20}} ){{0,3}}?(?:{either['trade']})"
            r"(?:['\u2019]s?)?(?= )",
            map(str.lower, words["trade"]),
            any_case=True,
        ),
        Guarded(
            rf"(?<![家大间間])(?<!{served})(?:{either['trade_zh']})(?:整[体體]|[总總][体體]|合[计計]|共[计計]?|全年|[上下]半年|前三季度?|第?[一二三四]季度?"
            rf"|20\d\d年|的|[总總]|[实實][现現]|完成|[业業][务務]|[营營][业業]|主[营營]|[净淨])*(?:{either['measure_zh']})",
            words["trade_zh"],
        ),
    )
