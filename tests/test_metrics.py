"""Metrics and breakdowns: what a figure measures, read from the words around it.

The articles in `metric_articles/` are of our own writing; `[[quote|metric|unit|kind]]` marks each figure and what must
come of it. They keep the linker honest by itself, whatever the reading of quantities does.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from pipelines import flow
from pipelines.catalogue import Catalogue, load, metrics
from pipelines.catalogue.script import fold
from pipelines.stages import sentences, text
from pipelines.stages.observations.companies import Companies
from pipelines.stages.observations.dimensions import breakdown
from pipelines.stages.observations.metrics import Linked, link
from pipelines.vocabulary.article import Article, Sentence
from pipelines.vocabulary.errors import CatalogueError
from pipelines.vocabulary.quantity import Quantity

ARTICLES = Path(__file__).parent / "metric_articles"
_MARK = re.compile(r"\[\[([^|\]]*)\|([^|]*)\|([^|]*)\|([^|\]]*)\]\]")
_SCALES = {
    "hundred": 100,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "万": 10**4,
    "亿": 10**8,
    "萬": 10**4,
    "億": 10**8,
}
_NUMBER = re.compile(r"[-$A-Z]*[\d.,]+\s*(?:(?:hundred|million|billion|trillion|亿|万|億|萬)\s*)*")


@dataclass(frozen=True)
class Marked:
    """An article with its figures marked."""

    article: Article
    parts: list[Sentence]
    quantities: list[Quantity]
    wanted: list[str | None]

    def companies(self, catalogue: Catalogue) -> Companies:
        return Companies(self.article, self.parts, self.quantities, catalogue)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


def marked(source: str, catalogue: Catalogue, name: str = "a.txt") -> Marked:
    """The marks of a source taken out and made quantities."""
    article = text.read(_MARK.sub(lambda mark: mark[1], source).encode(), name)
    parts = sentences.split(article.text, article.language, catalogue)
    starts = [part.start for part in parts]
    found, wanted, at = [], [], 0
    for mark in _MARK.finditer(source):
        quote, metric, unit, kind = mark.groups()
        start = article.text.index(quote, at)
        at = end = start + len(quote)
        number = _NUMBER.match(quote)
        value = _value(number[0]) if number else Decimal(1)
        is_counted = number is not None and number.end() < len(quote) and bool(re.fullmatch("[a-z_]+", unit))
        noun = (start + number.end(), end) if number and is_counted else (-1, -1)
        sentence = bisect_right(starts, start) - 1
        found.append(
            Quantity(
                start, end, sentence, value, unit or None, kind=kind, bound_start=start, noun_start=noun[0],
                noun_end=noun[1],
            )
        )  # fmt: skip
        wanted.append(None if metric == "None" else metric)
    return Marked(article, parts, found, wanted)


def _value(printed: str) -> Decimal:
    """What a printed number says, its scale words included; 1 where it is in words."""
    digits = re.sub(r"[^\d.]", "", printed).rstrip(".")
    value = Decimal(digits or 1)
    for word in re.findall("|".join(_SCALES), printed):
        value *= _SCALES[word]
    return value


def linked(source: str, catalogue: Catalogue) -> list[Linked]:
    case = marked(source, catalogue)
    return link(case.article, case.parts, case.quantities, catalogue, case.companies(catalogue))


def test_every_metric_of_the_contract_is_in_the_catalogue(catalogue: Catalogue) -> None:
    wanted = (ARTICLES / "ids.list").read_text().split()
    assert len(wanted) > 146 and not [metric for metric in wanted if catalogue.metrics.get(metric) is None]


def test_a_row_is_complete(catalogue: Catalogue) -> None:
    known = {*catalogue.units.dimensions, "money", "count"}
    for metric in catalogue.metrics:
        assert metric.definition and metric.source
        assert metric.aliases or metric.weak_aliases or metric.faint_aliases, metric.id
        assert metric.dimension in known, metric.id
        if metric.plausible_low is not None and metric.plausible_high is not None:
            assert metric.plausible_low < metric.plausible_high, metric.id


def test_a_bad_row_is_refused_with_file_and_line(tmp_path: Path) -> None:
    heading = ",".join(metrics.COLUMNS)
    row = dict.fromkeys(metrics.COLUMNS, "") | {
        "id": "bread", "name_en": "bread", "name_zh": "面包", "definition": "Loaves baked", "dimension": "count",
        "unit": "loaf", "kind": "levle", "stock_or_flow": "flow", "source": "Baker",
    }  # fmt: skip
    (tmp_path / "metrics.csv").write_text(heading + "\n" + ",".join(row.values()) + "\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r'metrics.csv, line 2: kind "levle" is not defined; did you mean "level"'):
        metrics.load(tmp_path)


def test_an_overlay_adds_a_metric(tmp_path: Path) -> None:
    row = dict.fromkeys(metrics.COLUMNS, "") | {
        "id": "bread", "name_en": "loaves baked", "name_zh": "面包产量", "definition": "Loaves baked",
        "dimension": "count", "unit": "loaf", "kind": "level", "stock_or_flow": "flow", "source": "Baker",
    }  # fmt: skip
    (tmp_path / "metrics.csv").write_text(
        ",".join(metrics.COLUMNS) + "\n" + ",".join(row.values()) + "\n", encoding="utf-8"
    )
    found = linked("Bakers\n\nThe [[2,300 loaves|bread|loaf|level]] of loaves baked.", load(tmp_path))
    assert [one.metric for one in found] == ["bread"]


@pytest.mark.parametrize("words", ["數據中心 ＧＷ\n50％", "Straße İstanbul", "5G‑A “x”"])
def test_folding_keeps_every_offset(words: str) -> None:
    assert len(fold(words)) == len(words)


def test_names_are_whole_words_and_the_longest_wins(catalogue: Catalogue) -> None:
    folded = fold("Steps of 5G mobile phone users; 5G基站總數")
    found = [(folded[n.start : n.end], {m.id for m, _ in n.metrics}) for n in catalogue.metrics.find(folded)]
    assert ("5g mobile phone users", {"5g_mobile_users"}) in found
    assert any("5g_base_stations" in ids for _, ids in found)
    assert not any("diluted_eps" in ids for _, ids in found)


@pytest.mark.parametrize("path", sorted(ARTICLES.glob("*.txt")), ids=lambda path: path.stem)
def test_articles_are_linked(path: Path, catalogue: Catalogue) -> None:
    case = marked(path.read_text(encoding="utf-8"), catalogue, path.name)
    found = link(case.article, case.parts, case.quantities, catalogue, case.companies(catalogue))
    right = sum(one.metric == wanted for one, wanted in zip(found, case.wanted, strict=True))
    assert right >= 0.75 * len(found)


def test_few_of_the_metrics_given_are_wrong(catalogue: Catalogue) -> None:
    given = wrong = 0
    for path in sorted(ARTICLES.glob("*.txt")):
        case = marked(path.read_text(encoding="utf-8"), catalogue, path.name)
        found = link(case.article, case.parts, case.quantities, catalogue, case.companies(catalogue))
        given += sum(one.metric is not None for one in found)
        wrong += sum(one.metric not in (None, wanted) for one, wanted in zip(found, case.wanted, strict=True))
    assert wrong <= 0.05 * given


CASES = [
    "Telecom revenue rose [[0.7%|telecom_revenue|%|growth]] to [[1.75 trillion yuan|telecom_revenue|CNY|level]].",
    "电信业务收入累计完成[[1.75万亿元|telecom_revenue|CNY|level]]，比上年增长[[0.7%|telecom_revenue|%|growth]]。",
    "Users: [[1.125 billion internet users|internet_users|user|level]], of which [[322 million|internet_users|user|level]] rural internet users.",  # noqa: E501
    "Software products and IT services grew [[10%|software_products_revenue|%|growth]] and [[14%|it_services_revenue|%|growth]] respectively.",  # noqa: E501
    "云计算、大数据收入分别增长[[13.2%|cloud_computing_revenue|%|growth]]和[[69.2%|big_data_revenue|%|growth]]，电信运营商表示。",
    "The choir gave [[14 concerts|None|concert|level]] and the bakery sold [[2,300 loaves|None|loaf|level]].",
    "Gross margin was [[59.5%|gross_margin|%|level]], from [[57.8%|gross_margin|%|level]] a year ago.",
    "截至年末，支持5G RedCap的基站達[[209萬個|redcap_base_stations|base_station|level]]。",
]


@pytest.mark.parametrize("sentence", CASES)
def test_sentences(sentence: str, catalogue: Catalogue) -> None:
    case = marked("Bulletin\n\n" + sentence, catalogue)
    found = link(case.article, case.parts, case.quantities, catalogue, case.companies(catalogue))
    assert [one.metric for one in found] == case.wanted


def test_without_a_metric_the_label_holds_the_naming_words(catalogue: Catalogue) -> None:
    assert linked("Town\n\nThe bakery sold [[2,300 loaves|None|loaf|level]].", catalogue)[0].label == "loaves"


def dimensions(sentence: str, catalogue: Catalogue, title: str = "Bulletin") -> list[dict[str, str]]:
    case = marked(f"{title}\n\n{sentence}", catalogue)
    found = link(case.article, case.parts, case.quantities, catalogue, case.companies(catalogue))
    return breakdown(case.article, case.parts, case.quantities, catalogue, found, case.companies(catalogue))


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Of generative AI users, [[74.6%|x|%|share]] are people under 40.", [{"age": "<40"}]),
        (
            "腾讯公布业绩。腾讯第三季度营收[[1929亿元|x|CNY]]，同比增长[[15%|x|%|growth]]。",
            [{"company": "腾讯"}],
        ),
        ("40岁以下用户占[[74.6%|x|%|share]]，男性占[[51%|x|%|share]]。", [{"age": "<40"}, {"sex": "男性"}]),
        ("Coverage is [[84%|x|%|share]] in high-income countries.", [{"income": "high-income countries"}]),
        (
            (
                "Put to work answering questions and drawing images, it drew [[457 million|x|user|level]] and "
                "[[288 million|x|user|level]] users respectively."
            ),
            [{"use": "answering questions"}, {"use": "drawing images"}],
        ),
        ("Internet users reached [[1.1 billion|x|user|level]].", [{}]),
    ],
)
def test_breakdowns(sentence: str, wanted: list[dict[str, str]], catalogue: Catalogue) -> None:
    assert dimensions(sentence, catalogue) == wanted


def test_a_company_s_figures_carry_the_company(catalogue: Catalogue) -> None:
    found = dimensions("Gross margin was [[73.4%|gross_margin|%|level]].", catalogue, "NVIDIA reports results")
    assert found == [{"company": "NVIDIA"}]


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        # growth behind a level that measures nothing known is unknown, too
        (
            "5G base stations were busy. Choirs sang [[14 concerts|x|concert|level]], up [[6%|x|%|growth]].",
            [None, None],
        ),
        # a bare name takes up the longer one before it; a list in brackets or an aside does not
        (
            "Software exports went on recovering. Exports amounted to [[51 billion dollars|x|USD|level]].",
            ["software_exports"],
        ),
        (
            "Per capita GDP was [[135,565 yuan|x|CNY|level]], an increase of [[4.9%|x|%|growth]].",
            ["gdp_per_capita"] * 2,
        ),
        # what a part makes up is a share of the part's own kind
        (
            "The core industries of the digital economy had a value added of [[1 trillion yuan|x|CNY|level]], making up [[12.3%|x|%|share]] of GDP.",  # noqa: E501
            ["digital_economy_core_value_added", "digital_economy_core_share_of_gdp"],
        ),
        # parts that are joined before one number are told of together
        (
            "Operators' cloud computing, big data and internet of things brought in [[450 billion yuan|x|CNY|level]].",
            ["emerging_business_revenue"],
        ),
        # a name that joins two things is taken apart where each has its number
        (
            "Telecom operators saw revenue from cloud computing and big data grow [[13%|x|%|growth]] and [[69%|x|%|growth]] respectively.",  # noqa: E501
            ["cloud_computing_revenue", "big_data_revenue"],
        ),
        # what stands in an aside is not the subject, nor what is listed as an instance
        (
            "Wireless subscribers, in which the office counts fixed wireless access, reached [[1.2 billion|x|subscriber|level]].",  # noqa: E501
            ["wireless_subscriptions"],
        ),
        # what money goes into is not what is measured
        (
            "The capital budget is [[40 billion dollars|x|USD|level]]; [[70 percent|x|%|share]] of it is earmarked for advanced nodes.",  # noqa: E501
            ["capital_budget", "capital_budget"],
        ),
        # an amount a share is no profit
        (
            "Net profit of the company was [[9 billion yuan|x|CNY|level]], or [[3 yuan|x|CNY|level]] a share.",
            ["net_income", "diluted_eps"],
        ),
        # a modifier makes another thing of a general name
        ("Telecom firms met. Their roaming revenue was [[320 billion yuan|x|CNY|level]].", [None]),
        # 利润 is no 利润率
        ("软件业的利润率为[[13%|x|%|level]]。", [None]),
        # the whole that opens a sentence is not the part
        ("Of the data center capacity under construction, [[74%|x|%|share]] is preleased.", ["data_center_preleased"]),
        # what is named in other words elsewhere: 資料中心, 伺服器
        ("全球資料中心用電量為[[415太瓦時|x|TWh|level]]。", ["data_center_electricity"]),
        # a digit of the statement and the name before make one name
        (
            "The number of mobile base stations grew. [[7.1 million|x|base_station|level]] of these served 4G.",
            ["4g_base_stations"],
        ),
    ],
)
def test_the_grammar_of_the_clause(sentence: str, wanted: list[str | None], catalogue: Catalogue) -> None:
    assert [one.metric for one in linked("Bulletin\n\n" + sentence, catalogue)] == wanted


def test_the_title_says_what_a_general_name_means(catalogue: Catalogue) -> None:
    source = "{} in May\n\nExports rose [[9%|x|%|growth]]."
    assert linked(source.format("Software and IT services"), catalogue)[0].metric == "software_exports"
    assert linked(source.format("Foreign trade"), catalogue)[0].metric == "exports"


def test_a_cell_s_label_and_the_row_s_head_make_a_name(catalogue: Catalogue) -> None:
    table = "Accounts | Total | Of which\nMobile phones | [[1.8 billion|x||level]] | 5G: [[1.0 billion|x||level]]\n"
    source = "Who has a phone\n\n" + table
    assert [one.metric for one in linked(source, catalogue)][1] == "5g_mobile_users"


def test_a_unit_s_cell_does_not_head_the_row(catalogue: Catalogue) -> None:
    source = "统计公报\n\n指标 | 单位 | 数值\n电信业务总量 | 亿元 | [[1247|x||level]]\n"
    assert linked(source, catalogue)[0].metric == "telecom_business_volume"


def test_the_metric_tells_what_a_vague_classifier_counts(catalogue: Catalogue) -> None:
    found = flow.extract(text.read("发布会\n\n6G关键技术储备300多项。".encode(), "a.txt"), catalogue).observations
    assert [(o.metric, o.unit) for o in found] == [("6g_key_technologies", "technology")]


def test_a_price_for_each_million_is_no_sum_of_money(catalogue: Catalogue) -> None:
    source = "Ai industry scale\n\nThe AI industry scale came to 600 billion yuan, at 0.2 yuan per million tokens."
    found = flow.extract(text.read(source.encode(), "a.txt"), catalogue).observations
    assert [(o.unit, o.metric is None) for o in found] == [("CNY", False), ("CNY/Mtoken", True)]


def test_names_are_composed_of_parts(tmp_path: Path, catalogue: Catalogue) -> None:
    assert [m.id for m, _ in catalogue.metrics.named("telecoms takings")] == ["telecom_revenue"]
    row = dict.fromkeys(metrics.COLUMNS, "") | {
        "id": "bread", "name_en": "bread", "name_zh": "面包", "aliases_en": "{loavs} baked",
        "definition": "Loaves baked", "dimension": "count", "unit": "loaf", "kind": "level", "stock_or_flow": "flow",
        "source": "Baker",
    }  # fmt: skip
    table = ",".join(metrics.COLUMNS) + "\n" + ",".join(row.values()) + "\n"
    (tmp_path / "metrics.csv").write_text(table, encoding="utf-8")
    (tmp_path / "name_parts.csv").write_text("part,words\nloaves,loaves; buns; -\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r'part of a name "loavs" is not defined; did you mean "loaves"'):
        metrics.load(tmp_path)
    (tmp_path / "metrics.csv").write_text(table.replace("loavs", "loaves"), encoding="utf-8")
    known = metrics.load(tmp_path)
    assert all(known.named(name)[0][0].id == "bread" for name in ("loaves baked", "buns baked", "baked"))


def test_figures_below_a_company_s_heading_are_the_company_s(catalogue: Catalogue) -> None:
    source = (
        "How many chips they have\n\nXAI\n\nThe startup runs [[200,000 GPUs|gpu_count|gpu|level]].\n\n"
        "MICROSOFT\n\nIt bought [[485,000 GPUs|gpu_count|gpu|level]] in a year.\n"
    )
    case = marked(source, catalogue)
    companies = case.companies(catalogue)
    found = link(case.article, case.parts, case.quantities, catalogue, companies)
    details = breakdown(case.article, case.parts, case.quantities, catalogue, found, companies)
    assert details == [{"company": "xAI"}, {"company": "Microsoft"}]


def test_each_company_of_a_gapped_list_has_its_figure(catalogue: Catalogue) -> None:
    sentence = (
        "Jio added [[2.0 million wireless users|x|user|change]] and Airtel [[1.2 million|x|user|change]]; "
        "Vodafone Idea lost [[2.1 million|x|user|change]]."
    )
    wanted = [{"company": name} for name in ("Reliance Jio", "Bharti Airtel", "Vodafone Idea")]
    assert dimensions(sentence, catalogue, "India counts its phones") == wanted


def test_a_product_s_figures_are_its_maker_s(catalogue: Catalogue) -> None:
    assert dimensions("ChatGPT had [[400 million|x|user|level]] weekly users.", catalogue) == [{"company": "OpenAI"}]


def test_a_threshold_breaks_down_what_it_limits(catalogue: Catalogue) -> None:
    sentence = "固定宽带用户中，[[100Mbps|x|Mbit/s|level]]及以上速率的有[[6.6亿户|x|subscription|level]]。"
    assert dimensions(sentence, catalogue) == [{}, {"technology": "100Mbps及以上"}]


def test_what_is_counted_in_turn_is_of_the_same_people(catalogue: Catalogue) -> None:
    sentence = (
        "其中男性[[3481万人|x|person|level]]，女性[[3189万人|x|person|level]]，"
        "分别占[[52.2%|x|%|share]]和[[47.8%|x|%|share]]。"
    )
    assert [d.get("sex") for d in dimensions(sentence, catalogue)] == ["男性", "女性", "男性", "女性"]


def test_head_and_heading_of_a_table_make_a_name(catalogue: Catalogue) -> None:
    source = "Apps\n\nApplication | Users (million)\nOnline payment | [[1,029|x|user|level]]\n"
    assert linked(source, catalogue)[0].metric == "online_payment_users"


def test_an_unlisted_company_s_results_carry_its_name(catalogue: Catalogue) -> None:
    sentence = (
        "Norvik Fibre had net income of [[3 million dollars|x|USD|level]] and a gross margin of [[31%|x|%|level]]. "
        "Norvik Fibre paid a dividend per share of [[2 dollars|x|USD|level]]."
    )
    found = dimensions(sentence, catalogue, "Norvik Fibre reports a good year")
    assert found == [{"company": "Norvik Fibre"}] * 3


def _measures() -> list[tuple[str, list[str | None]]]:
    cases = yaml.safe_load((ARTICLES.parent / "data" / "measures.yaml").read_text(encoding="utf-8"))
    return [(case["text"], case["metrics"]) for case in cases]


@pytest.mark.parametrize(("words", "wanted"), _measures())
def test_a_metric_is_given_only_where_one_fits(words: str, wanted: list[str | None], catalogue: Catalogue) -> None:
    found = flow.extract(flow.read(words.encode(), "a.md"), catalogue).observations
    assert [one.as_record().get("metric") for one in found] == wanted
