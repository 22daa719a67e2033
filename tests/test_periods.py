"""Periods: the words of time, what they resolve to, and which figure each governs. A case: a sentence, its answer."""

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import catalogue, flow
from pipelines.catalogue.calendar import Moment, fiscal_year_end, month_end, resolve, shift_months

KNOWN = catalogue.load()
WRITTEN = date(2026, 6, 9)


def spans(text: str) -> list[tuple[str, str | None, str | None]]:
    found = []
    for e in KNOWN.periods.find(text):
        span = resolve(e.moment, WRITTEN)
        found.append(
            (text[e.start : e.end], span[0].isoformat() if span else None, span[1].isoformat() if span else None)
        )
    return found


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("on June 8, 2026", "2026-06-08", "2026-06-08"),
        ("on 8 June 2026", "2026-06-08", "2026-06-08"),
        ("2026-06-09T14:32:00+08:00", "2026-06-09", "2026-06-09"),
        ("Updated 2023/8/23", "2023-08-23", "2023-08-23"),
        ("on Aug. 28", "2025-08-28", "2025-08-28"),
        ("2025年6月8日", "2025-06-08", "2025-06-08"),
        ("by the end of June", "2026-06-30", "2026-06-30"),
        ("end-May", "2026-05-31", "2026-05-31"),
        ("by the end of last year", "2025-12-31", "2025-12-31"),
        ("set against the close of 2024", "2024-12-31", "2024-12-31"),
        ("when July 2025 came to an end", "2025-07-31", "2025-07-31"),
        ("June 2025 closed with", "2025-06-30", "2025-06-30"),
        ("by 2030", "2030-12-31", "2030-12-31"),
        ("in 2030", "2030-01-01", "2030-12-31"),
        ("Q3 2025", "2025-07-01", "2025-09-30"),
        ("3Q25", "2025-07-01", "2025-09-30"),
        ("the third quarter of last year", "2025-07-01", "2025-09-30"),
        ("the first half of 2025", "2025-01-01", "2025-06-30"),
        ("the first seven months of 2022", "2022-01-01", "2022-07-31"),
        ("From January to May 2026", "2026-01-01", "2026-05-31"),
        ("between 2021 and 2025", "2021-01-01", "2025-12-31"),
        ("2021\u20132026", "2021-01-01", "2026-12-31"),
        ("the 14th Five-Year Plan period", "2021-01-01", "2025-12-31"),
        ("the 2030s", "2030-01-01", "2039-12-31"),
        ("three months ended June 30, 2025", "2025-04-01", "2025-06-30"),
        ("last month", "2026-05-01", "2026-05-31"),
        ("截至2025年底", "2025-12-31", "2025-12-31"),
        ("截止6月末", "2026-06-30", "2026-06-30"),
        ("2025年上半年", "2025-01-01", "2025-06-30"),
        ("2025年前三季度", "2025-01-01", "2025-09-30"),
        ("2025年1-7月份", "2025-01-01", "2025-07-31"),
        ("去年12月底", "2025-12-31", "2025-12-31"),
        ("到今年５月底為止", "2026-05-31", "2026-05-31"),
        ("2012年至2021年", "2012-01-01", "2021-12-31"),
        ("十四五期间", "2021-01-01", "2025-12-31"),
    ],
)
def test_one_expression(text: str, start: str, end: str) -> None:
    assert [(s, e) for _, s, e in spans(text)] == [(start, end)]


@pytest.mark.parametrize(
    "text",
    ["They march on and may win", "a sea of 1,234,567 devices", "$2025 and 2025%", "ISO 9001:2015", "版本2.1.3"],
)
def test_no_expression(text: str) -> None:
    assert spans(text) == []


def test_a_bare_year_before_a_noun_is_left_to_the_reader() -> None:
    (bare,) = KNOWN.periods.find("counted 2025 users")
    assert bare.kind == "year" and not bare.is_sure
    (dated,) = KNOWN.periods.find("counted in 2025 by users")
    assert dated.is_sure


def test_names_of_reports_and_events_are_marked() -> None:
    for text in ("the 2025 edition", "Facts and Figures 2025", "Development Report (2025)"):
        (e,) = KNOWN.periods.find(text)
        assert e.is_name, text


@pytest.mark.parametrize(
    ("year", "rule", "end"),
    [
        (2026, "01 last-Sunday", date(2026, 1, 25)),
        (2025, "09 last-Saturday", date(2025, 9, 27)),
        (2025, "10 nearest-Sunday", date(2025, 11, 2)),
        (2025, "03", date(2025, 3, 31)),
    ],
)
def test_fiscal_years_end_by_their_rule(year: int, rule: str, end: date) -> None:
    assert fiscal_year_end(year, rule) == end


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.integers(-240, 240))
def test_shifting_keeps_month_ends(day: date, months: int) -> None:
    end = month_end(day.year, day.month)
    moved = shift_months((end, end), months)[1]
    assert moved == month_end(moved.year, moved.month)


@given(st.text(alphabet="2025年1-7月 Mayof,.QH3the endquarter年底截至", max_size=60))
def test_expressions_are_in_order_and_apart(text: str) -> None:
    found = KNOWN.periods.find(text)
    assert all(0 <= e.start < e.end <= len(text) for e in found)
    assert all(one.end <= two.start for one, two in itertools.pairwise(found))


def test_a_missing_year_waits_for_what_lies_ahead() -> None:
    moment = Moment("missing", "month", 0, 12, 12)
    assert resolve(moment, WRITTEN) == (date(2025, 12, 1), date(2025, 12, 31))
    assert resolve(moment, WRITTEN, is_future=True) == (date(2026, 12, 1), date(2026, 12, 31))


def observed(text: str, day: str = "2026-06-09") -> dict[str, tuple[str | None, str | None, str | None]]:
    """Quote to period and base, through the whole extraction."""
    article = flow.read(f"A headline\n\n{text}\n".encode(), "a.txt", {"published_at": day})
    found = flow.extract(article, KNOWN).observations
    return {o.quote: (o.period_start, o.period_end, o.versus) for o in found}


@pytest.mark.parametrize(
    ("text", "quote", "start", "end"),
    [
        (
            "The economy rose from 11 trillion yuan in 2012 to over 45 trillion yuan in 2021.",
            "11 trillion yuan",
            "2012-01-01",
            "2012-12-31",
        ),
        (
            "The economy rose from 11 trillion yuan in 2012 to over 45 trillion yuan in 2021.",
            "45 trillion yuan",
            "2021-01-01",
            "2021-12-31",
        ),
        (
            "Q3 2025 exports were $12.4 billion, against $11 billion in the same quarter of 2024.",
            "$11 billion",
            "2024-07-01",
            "2024-09-30",
        ),
        (
            "Capacity soared to 387 MW in 2025; additions the year before were 191 MW.",
            "191 MW",
            "2024-01-01",
            "2024-12-31",
        ),
        ("In 2024, revenue was $5 billion and profit $1 billion.", "$1 billion", "2024-01-01", "2024-12-31"),
        ("Sales hit $627 billion, up from the 2023 total of $526 billion.", "$526 billion", "2023-01-01", "2023-12-31"),
        ("截至2025年底,我国网民规模达11.25亿人。", "11.25亿人", "2025-12-31", "2025-12-31"),
        ("一季度营收增长5.4%,二季度增长5.2%。", "5.4%", "2026-01-01", "2026-03-31"),
    ],
)
def test_each_figure_takes_the_period_of_its_clause(text: str, quote: str, start: str, end: str) -> None:
    assert observed(text)[quote][:2] == (start, end)


@pytest.mark.parametrize(
    ("text", "quote", "versus"),
    [
        ("Revenue rose 15.2 percent year on year in 2025.", "15.2 percent", "year"),
        ("Capital spending was down 12 percent quarter-on-quarter.", "12 percent", "quarter"),
        ("The number of users increased by 17.3 million from December 2024.", "17.3 million", "2024-12-31"),
        ("2026年一季度营收环比下降5.3%。", "5.3%", "quarter"),
        ("The scale expanded at an annual rate of 30 percent.", "30 percent", "year_average"),
    ],
)
def test_what_a_growth_is_measured_against(text: str, quote: str, versus: str) -> None:
    assert observed(text)[quote][2] == versus


def test_the_day_of_publication_is_no_period() -> None:
    assert observed("The archive holds 85 PB of data.")["85 PB"][:2] == (None, None)


def undated(text: str) -> dict[str, tuple[str | None, str | None]]:
    """Quote to period, of an article without a date of its own."""
    article = flow.read(text.encode(), "a.txt", {})
    return {o.quote: (o.period_start, o.period_end) for o in flow.extract(article, KNOWN).observations}


@pytest.mark.parametrize(
    ("text", "quote", "end"),
    [
        ("数字\n\n1—5月份，产量达85万台。该部近日发布2025年1—5月份运行情况。", "85万台", "2025-05-31"),
        (
            "Output\n\nOSLO, Jan. 30 (NWA) -- Stocks were 85 PB at the end of 2025. Some 3 PB came in December.",
            "3 PB", "2025-12-31",
        ),
        ("Output\n\nIt made 85 GW in March, 5% more than in March 2024.", "85 GW", "2025-03-31"),
        ("Output\n\nOSLO, March 17 -- It made 85 GW in February. In 2024 it made 900 GW.", "85 GW", "2025-02-28"),
        ("It made 3 GW in the first half of 2025.\n\nAsk me in 2031. Last year it was 4 GW.", "4 GW", "2024-12-31"),
        ("Output\n\nIt made $85 in the second quarter of its fiscal 2026, which ended in July.", "$85", "2025-07-31"),
        ("产量\n\n2025年第2季出货85万台。展望第3季，预计出货90万台。", "90万台", "2025-09-30"),
    ],
)  # fmt: skip
def test_the_year_of_an_undated_article(text: str, quote: str, end: str) -> None:
    assert undated(text)[quote][1] == end


def test_an_inferred_day_is_no_today() -> None:
    assert undated("Output\n\nIt made 85 GW in March 2025.\n\nOn Friday it made 3 GW.")["3 GW"][1] == "2025-03-31"


def test_a_cell_takes_the_period_of_its_column() -> None:
    found = observed("Results\n\n$ million | Q1 2026 | Q1 2025 | Y/Y\nRevenue | $85 | $70 | 21%\n")
    assert [found[q][1] for q in ("$85", "$70", "21%")] == ["2026-03-31", "2025-03-31", "2026-03-31"]


def test_the_current_month_of_a_table_is_the_one_the_article_is_about() -> None:
    table = "Line | Last month | Current month | Change\nOre | $85 | $90 | 6%\nTin | $11 | $12 | 9%\n"
    found = observed(f"The exports of metal rose once more in the month of April 2026.\n\n{table}")
    assert [found[q][1] for q in ("$85", "$90", "6%")] == ["2026-03-31", "2026-04-30", "2026-04-30"]


def test_a_head_of_words_and_spans_of_years_names_its_column() -> None:
    heads = "| Land | 2020 | 2025 | 2030, low case | Yearly 2025\u201330 |\n|--|--|--|--|--|\n"
    text = f"# Use\n\nTWh.\n\n{heads}| Peru | 85 | 91 | 99 | 3% |\n"
    article = flow.read(text.encode(), "a.md", {"published_at": "2026-06-09"})
    found = {o.quote: o.period_end for o in flow.extract(article, KNOWN).observations}
    assert [found[q] for q in ("85", "91", "99", "3%")] == ["2020-12-31", "2025-12-31", "2030-12-31", "2030-12-31"]


@pytest.mark.parametrize(
    ("lead", "end"),
    [
        ("Some 5.5 billion lamps burn in 2025. That is 68%, compared with 65% a year earlier and barely 53% in 2019.",
         "2025-12-31"),
        ("It shipped 8.5 million lamps in April 2026, or 4.5% more than the 8.1 million sold in March.", "2026-04-30"),
        ("The lamp trade was worth 85 billion yuan in 2025, 17% more than when the 13th Five-Year Plan ended in 2020.",
         "2025-12-31"),
        ("Lamp makers had sales of $102 billion in the fourth quarter of 2025, their first quarter above $100 billion.",
         "2025-12-31"),
        ("At the opening of the 2026 World Lamp Conference it was said that 45 million lamps were lit by end-March.",
         "2026-03-31"),
    ],
)  # fmt: skip
def test_what_a_lead_compares_with_is_no_period_of_the_article(lead: str, end: str) -> None:
    assert observed(f"The trade in lamps\n\n{lead}\n\nRepairs employ 7,300 people.")["7,300 people"][1] == end


def test_a_title_of_a_year_still_running_leaves_the_figures_to_the_lead() -> None:
    text = (
        "灯具公司多赚，今年计划回购\n\n该灯具公司3月19日收市后公布截至2025年12月31日止年度的全年业绩报告。"
        "股东应占盈利85亿元。\n\n服务收入3192亿元。"
    )
    article = flow.read(text.encode(), "a.txt", {"published_at": "2026-03-19"})
    assert {o.period_end for o in flow.extract(article, KNOWN).observations} == {"2025-12-31"}


@pytest.mark.parametrize(
    ("text", "quote", "end"),
    [
        ("Halfway through 2025 cable reached 52% of homes.", "52%", "2025-06-30"),
        (
            "It will spend $93 billion this year, against the $85 billion indicated in April.",
            "$85 billion",
            "2026-12-31",
        ),
        ("Output grew by 8.02% last year, the office told a briefing, above the floor of 8%.", "8.02%", "2025-12-31"),
    ],
)
def test_days_of_telling_and_middles_of_years(text: str, quote: str, end: str) -> None:
    assert observed(f"A headline\n\n{text}")[quote][1] == end


@pytest.mark.parametrize(
    ("text", "quote", "end"),
    [
        ("From 2020 to 2024, sales of lamps rose from 3.8 million to 9.6 million units.", "3.8 million", "2020-12-31"),
        ("2020年至2024年，灯具收入由381亿元增加到968亿元。", "381亿元", "2020-12-31"),
        ("2020年至2024年，灯具收入由381亿元增加到968亿元。", "968亿元", "2024-12-31"),
        ("2020年至2024年，灯具收入由381亿元增加到968亿元，年均增长26.3%。", "26.3%", "2024-12-31"),
        ("The lamp trade was worth 1.2 trillion yuan (about 174 billion U.S. dollars) in 2024.", "1.2 trillion yuan",
         "2024-12-31"),
        ("The lamp trade was worth 1.2 trillion yuan (about 174 billion U.S. dollars) in 2024.",
         "174 billion U.S. dollars", "2024-12-31"),
        ("前三季度盈利1.21万亿元，已超过去年全年的1.17万亿元。", "1.17万亿元", "2025-12-31"),
        ("Lamps are to use 945 TWh in 2030, over double the 415 TWh of 2024. In that year 7,300 people made them.",
         "7,300 people", "2024-12-31"),
        ("上半年增长5.3%。一季度增长5.4%，二季度增长5.2%。灯具产量增长3.7%。", "3.7%", "2025-06-30"),
        ("灯具产能2023年底为26万只，2024年底增至57万只，今年4月底达150万只。灯具厂48个。", "48个", "2026-04-30"),
        ("今年4月灯具产量85万只。2023年，这个数字还是26万只。其中大型灯具7万只。", "7万只", "2026-04-30"),
        ("By end-April it had 6,200 makers, while sales passed 1.2 billion yuan (174 million U.S. dollars) in 2025.",
         "1.2 billion yuan", "2025-12-31"),
        ("In April it made 14 million, 1,000 times the 14,000 made in May 2020.", "1,000 times", "2026-04-30"),
    ],
)  # fmt: skip
def test_ends_of_ranges_brackets_and_years_named_before(text: str, quote: str, end: str) -> None:
    day = "2026-06-09" if "上半年" not in text else "2025-07-15"
    assert observed(f"A headline\n\n{text}", day)[quote][1] == end


def test_months_that_head_columns_are_those_before_the_article() -> None:
    table = "Land | Oct | Nov | % change\nPeru | $85 | $90 | 6%\nMali | $11 | $12 | 9%\n"
    found = observed(table, "2026-01-10")
    assert [found[q][1] for q in ("$85", "$90", "6%")] == ["2025-10-31", "2025-11-30", "2025-11-30"]


@pytest.mark.parametrize(
    ("text", "quote", "start"),
    [
        ("It will spend $1.5 billion this year, after $1.6 billion last year and $2.9 billion the year before.",
         "$2.9 billion", "2024-01-01"),
        ("Sales were $51 billion in the three months to late October 2025.", "$51 billion", "2025-08-01"),
    ],
)  # fmt: skip
def test_years_that_count_back_from_one_another_and_months_up_to_a_day(text: str, quote: str, start: str) -> None:
    assert observed(f"A headline\n\n{text}")[quote][0] == start


def test_a_clause_with_when_tells_of_the_time_before_it() -> None:
    found = observed(
        "Lamp use has grown every year since 2019, when it was 53%. In May it was 68%.\n\nTowns stand at 83%."
    )
    assert [found[q][1] for q in ("53%", "68%", "83%")] == ["2019-12-31", "2026-05-31", "2026-05-31"]


def test_a_total_since_a_year_governs_no_later_figure() -> None:
    text = "截至2025年12月末，全国共有灯塔85万座。\n\n2015年以来，累计投资3000亿元。覆盖率达到95%。"
    assert observed(text)["95%"][0] == "2025-12-31"


def test_the_year_in_the_name_of_an_event_is_no_period_of_the_article() -> None:
    text = "上周2026世界灯具大会在当地散场，朋友圈被一串数字刷屏。先摆出数字（截至2026年3月底，灯具协会口径）。"
    assert observed(f"{text}\n\n灯具厂48个。")["48个"][1] == "2026-03-31"


def test_a_year_that_is_to_end_first_is_no_period_of_the_article() -> None:
    text = "The land began the year with 886 million lamps, 8% more than in 2024, says the *Lamps in 2025 Report*."
    found = observed(
        f"{text} The mark of 900 million will be passed before 2026 is over.\n\nFarms own 488 million lamps."
    )
    assert found["488 million lamps"][1] == "2025-12-31"


def test_columns_of_days_under_months_ended() -> None:
    table = "| | Mar. 31, 2026 | Mar. 31, 2025 |\n|---|---|---|\n| Revenue | $85 | $70 |\n"
    text = f"# Results\n\nRevenue rose.\n\n*Three months ended*\n\n{table}"
    article = flow.read(text.encode(), "a.md", {"published_at": "2026-06-09"})
    found = {o.quote: (o.period_start, o.period_end) for o in flow.extract(article, KNOWN).observations}
    assert found["$70"] == ("2025-01-01", "2025-03-31")


@pytest.mark.parametrize(
    ("text", "quote", "start", "end"),
    [
        ("In 2025 sales rose 5% on 2024.", "5%", "2025-01-01", "2025-12-31"),
        ("At the end of 2025 it was 84% above the figure for the end of 2024.", "84%", "2025-12-31", "2025-12-31"),
        (
            "In April subscribers numbered 85 million, having been 80 million a month earlier.",
            "80 million", "2026-03-01", "2026-03-31",
        ),
        ("Growth was 5.4% in the first quarter; the bank expects 4% in 2027.", "5.4%", "2026-01-01", "2026-03-31"),
        ("It made 3 GW in the third quarter.", "3 GW", "2025-07-01", "2025-09-30"),
        ("In October alone it made 3 GW. In 2025 it made 40 GW. Use was 9 GW.", "9 GW", "2025-01-01", "2025-12-31"),
        ("It grows to 85 GW by the end of the decade.", "85 GW", "2030-12-31", "2030-12-31"),
        ("第一季度产量85万台，上季度为80万台。", "80万台", "2025-10-01", "2025-12-31"),
        ("5月当月用量85GB。", "85GB", "2026-05-01", "2026-05-31"),
    ],
)  # fmt: skip
def test_compared_and_counted_periods(text: str, quote: str, start: str, end: str) -> None:
    assert observed(f"A headline\n\n{text}")[quote][:2] == (start, end)


@pytest.mark.parametrize(
    ("text", "quote", "start", "end"),
    [
        ("The fourth quarter, which ends January 25, 2026, should bring $65 billion.", "$65 billion",
         "2025-10-27", "2026-01-25"),
        ("Sales rose to $772 billion in 2024, with a further rise, to $975 billion, in 2025.", "$975 billion",
         "2025-01-01", "2025-12-31"),
        ("The lines numbered 182 million in September 2025, after 177 million in August.", "177 million",
         "2025-08-01", "2025-08-31"),
    ],
)  # fmt: skip
def test_period_told_elsewhere_or_aside(text: str, quote: str, start: str, end: str) -> None:
    article = flow.read(f"A headline\n\n{text}\n".encode(), "a.txt", {"published_at": "2025-12-09"})
    found = {o.quote: (o.period_start, o.period_end) for o in flow.extract(article, KNOWN).observations}
    assert next(v for k, v in found.items() if k.startswith(quote)) == (start, end)


def test_a_lead_without_figures_tells_the_period() -> None:
    text = (
        "Farms of Chile\n\nBy a staff writer\n\nFor the farms of Chile, 2024 turned out better than many had feared. "
        "Growth was kept up, if only just, says the ministry.\n\nThe industry booked 5 billion dollars.\n"
    )
    article = flow.read(text.encode(), "a.txt", {"published_at": "2025-02-09"})
    assert [o.period_start for o in flow.extract(article, KNOWN).observations] == ["2024-01-01"]


def test_a_long_row_has_its_columns_to_its_end() -> None:
    years = range(1960, 2020)  # more figures than are read together
    rows = (
        " | ".join(["Region", *map(str, years)]),
        " | ".join(["North", *(str(200 + k) for k, _ in enumerate(years))]),
    )
    article = flow.read(
        f"Sales\n\nSales by region, thousand cars.\n\n{rows[0]}\n{rows[1]}\nSouth | 5\n".encode(), "a.txt"
    )
    found = {o.quote: o.period_end for o in flow.extract(article, KNOWN).observations}
    assert [found[str(200 + k)] for k in (0, 39, 40, 59)] == [f"{year}-12-31" for year in (1960, 1999, 2000, 2019)]
