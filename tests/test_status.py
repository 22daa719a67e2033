"""Status: fact, goal or expectation. A case is a sentence, a quote in it and its status."""

import pytest

from pipelines import catalogue, flow

KNOWN = catalogue.load()


@pytest.mark.parametrize(
    ("text", "quote", "status"),
    [
        ("The plan aims for more than 300 EFLOPS by 2030.", "300 EFLOPS", "target"),
        ("The fleet has to grow to 750 GWh by 2030.", "750 GWh", "target"),
        ("Global spending is expected to reach $1.5 trillion in 2028.", "$1.5 trillion", "forecast"),
        ("The market will reach $1.5 trillion by 2030.", "$1.5 trillion", "forecast"),
        ("An estimated 6 billion people were online in 2025.", "6 billion people", "actual"),
        ("Use was 415 TWh in 2024 and is projected to reach 945 TWh by 2030.", "415 TWh", "actual"),
        ("Use was 415 TWh in 2024 and is projected to reach 945 TWh by 2030.", "945 TWh", "forecast"),
        ("Revenue was $57 billion last year, exceeding the target.", "$57 billion", "actual"),
        ("该市力争到2027年数字经济规模超过10万亿元。", "10万亿元", "target"),
        ("预计到2030年市场规模将达5万亿元。", "5万亿元", "forecast"),
        ("截至2025年底,算力规模已达280EFLOPS。", "280EFLOPS", "actual"),
        ("The share will reach 57 percent by 2030, up from 24 percent.", "24 percent", "actual"),
        ("Sales met the target at 85 GW in 2025.", "85 GW", "actual"),
        ("From 2024 to 2030, demand climbs by 15 percent a year.", "15 percent", "forecast"),
        (
            "It cut the rate by 25 basis points in May, the fourth such step, and raised its forecast.",
            "25 basis points", "actual",
        ),
        ("Guidance. Gross margins are 74.8 percent, all told.", "74.8 percent", "forecast"),
        ("New supply should come to 937 MW this year.", "937 MW", "forecast"),
        ("将近四成数据未被读取。", "四成", "actual"),
        ("2026年5月出口增速预计在12%左右。", "12%", "forecast"),
        ("2024年出口增速预计在12%左右。", "12%", "actual"),
        ("水务局定下规矩：到2028年,管网漏损率不得高于9%。", "9%", "target"),
        ("今年要在山区铺路,里程冲刺300公里。", "300公里", "target"),
    ],
)  # fmt: skip
def test_status(text: str, quote: str, status: str) -> None:
    article = flow.read(f"A headline\n\n{text}\n".encode(), "a.txt", {"published_at": "2026-06-09"})
    found = {o.quote: o.status for o in flow.extract(article, KNOWN).observations}
    assert found[quote] == status


def test_a_verb_of_a_chinese_heading_governs_only_the_heading() -> None:
    article = flow.read(
        "# 渔港\n\n## 船队还要再扩\n\n全市在册渔船3000艘。\n".encode(), "a.md", {"published_at": "2026-06-09"}
    )
    assert [o.status for o in flow.extract(article, KNOWN).observations] == ["actual"]
