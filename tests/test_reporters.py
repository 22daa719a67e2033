"""Reporters: who issued a figure, in which report, until another speaker takes over."""

import csv
from pathlib import Path

import pytest

from pipelines import catalogue, flow

KNOWN = catalogue.load()


def heard(text: str) -> dict[str, tuple[str | None, str | None]]:
    article = flow.read(text.encode(), "a.txt", {"published_at": "2026-06-09"})
    return {o.quote: (o.reporter, o.report) for o in flow.extract(article, KNOWN).observations}


@pytest.mark.parametrize(
    ("text", "quote", "reporter"),
    [
        (
            "It had 886 million users, according to the Internet and Mobile Association of India.",
            "886 million users", "Internet and Mobile Association of India",
        ),
        ("It holds 85 PB, MIIT said.", "85 PB", "Ministry of Industry and Information Technology"),
        ("Liu Liehong put the total at 85 PB.", "85 PB", "National Data Administration"),
        ("The lab holds 85 PB, according to Acme Research.", "85 PB", "Acme Research"),
        ("The count was 85 PB, according to a People's Daily story.", "85 PB", "People's Daily"),
        ("据工信部统计,存储量达85PB。", "85PB", "Ministry of Industry and Information Technology"),
        ("國家數據局表示,存儲量達85PB。", "85PB", "National Data Administration"),
    ],
)  # fmt: skip
def test_reporter(text: str, quote: str, reporter: str) -> None:
    assert heard(f"A headline\n\n{text}\n")[quote][0] == reporter


def test_a_title_may_end_with_its_source() -> None:
    assert heard("Farms hold 85 PB: CNNIC\n\nIt grew.\n")["85 PB"][0] == "China Internet Network Information Center"


def test_a_report_from_a_city_is_not_the_city_s() -> None:
    found = heard("A headline\n\nThe sister report from London has gentler figures. Some 60 PB remain.\n")
    assert found["60 PB"][0] != "London"


def test_a_word_in_a_line_of_capitals_is_no_organisation() -> None:
    assert KNOWN.organisations.find("WHO GAINED, WHO LOST") == []


def test_a_speaker_goes_on_until_another_takes_over() -> None:
    found = heard(
        "A headline\n\nCNNIC reported 602 million users. Farms hold 85 PB.\n\nIt grew.\n\n"
        "The ITU said 70 PB were lost. Some 60 PB remain.\n"
    )
    names = [found[q][0] for q in ("602 million users", "85 PB", "70 PB", "60 PB")]
    assert names == ["China Internet Network Information Center"] * 2 + ["International Telecommunication Union"] * 2


def test_who_prints_is_not_who_reports() -> None:
    assert heard("A headline\n\nBEIJING (Xinhua) -- The archive holds 85 PB.\n")["85 PB"][0] is None


def test_the_ministry_stands_for_the_one_named_before() -> None:
    found = heard("A\n\nMIIT said 85 PB were stored. CNNIC said 70 PB were lost. The ministry counted 60 PB as safe.\n")
    assert found["60 PB"][0] == "Ministry of Industry and Information Technology"


@pytest.mark.parametrize(
    ("text", "report"),
    [
        (
            'The National Data Administration released the "Digital China Development Report (2025)": 85 PB are held.',
            "Digital China Development Report (2025)",
        ),
        ("The ITU's yearly booklet, Facts and Figures 2025, counts 85 PB.", "Facts and Figures 2025"),
        ("国家数据局发布《数字中国发展报告(2025年)》,存量85 PB。", "数字中国发展报告(2025年)"),
    ],
)  # fmt: skip
def test_report(text: str, report: str) -> None:
    assert heard(f"A headline\n\n{text}\n")["85 PB" if "85 PB" in text else "85PB"][1] == report


def test_no_two_rows_share_a_name() -> None:
    path = Path(catalogue.__file__).parent / "data" / "organisations.csv"
    lines = (line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    names = [row["name"] for row in csv.DictReader(lines)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("text", "quote", "reporter"),
    [
        (
            "Communiqué\n\nZhejiang Provincial Bureau of Statistics\n(March 6, 2025)\n\nOutput was 85 PB.\n",
            "85 PB", "Zhejiang Provincial Bureau of Statistics",
        ),
        ("公报\n\n安徽省统计局\n2025年3月18日\n\n全年产量85万台。\n", "85万台", "安徽省统计局"),
        (
            "Ryanline carries more\n\nBudget airline Ryanline said on Thursday that it flew 85 jets.\n",
            "85 jets", "Ryanline",
        ),
        ("星河汽车交付新车\n\n星河汽车11月18日发布财报，交付85万辆。\n", "85万辆", "星河汽车"),
        (
            "Prices\n\nPrices rose 4.1%, the Kenya National Bureau of Statistics said.\n",
            "4.1%", "Kenya National Bureau of Statistics",
        ),
    ],
)  # fmt: skip
def test_who_issues_without_being_listed(text: str, quote: str, reporter: str) -> None:
    assert heard(text)[quote][0] == reporter


def test_a_roundup_does_not_carry_speakers_over() -> None:
    text = "NEWS\n\nDELHI - MIIT said it holds 85 PB.\n\nOSLO - Some 70 PB remain.\n\nROME - ITU said 60 PB went.\n"
    found = heard(text)
    assert [found[q][0] for q in ("70 PB", "60 PB")] == [None, "International Telecommunication Union"]


def test_the_zone_of_a_time_is_no_company_and_what_a_body_holds_no_speech() -> None:
    text = (
        "Cisco grows\n\nNov. 5, 2025, 6:10 a.m. HKT\n\nCisco said that revenue was $85 million. Orders took 7 days.\n"
    )
    assert heard(text)["$85 million"][0] == "Cisco"
    text = "国家统计局发布的数据显示，全国有85家企业。各地交易机构存放的样本数据达到12PB。"
    assert [heard(text)[q][0] for q in ("85家企业", "12PB")] == ["National Bureau of Statistics"] * 2


def test_the_report_to_an_assembly_is_its_government_s() -> None:
    text = "温州两会开幕\n\n1月9日,市长作政府工作报告。报告显示,去年全市存储量达85PB。\n"
    assert heard(text)["85PB"][0] == "温州市人民政府"


def test_a_kind_of_source_speaks_for_its_own_sentence() -> None:
    found = heard("标题\n\n国家能源局介绍,全国有85PB。据电网企业统计,有60PB。此外还有40PB。\n")
    assert (found["60PB"][0], found["40PB"][0]) == ("电网企业", "National Energy Administration")
