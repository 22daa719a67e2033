"""What 元 means in a text that does not name its currency: the script and the places of the text tell."""

import pytest

from pipelines import catalogue
from pipelines.stages import quantities, sentences

KNOWN = catalogue.load()


@pytest.mark.parametrize(
    ("language", "text", "units"),
    [
        ("zh-Hant", "鴻海上季營收1.2兆元，每股純益3.4元。", ["TWD", "TWD"]),
        ("zh-Hant", "高雄港去年裝卸收入56億元。\n\n公車票價15元。", ["TWD", "TWD"]),
        ("zh-Hant", "港股下跌。\n\n滙豐收報98元，大市成交2100億元。", ["HKD", "HKD"]),
        ("zh-Hant", "上海地鐵票價3元，全國郵政收入800億元。", ["CNY", "CNY"]),
        ("zh-Hant", "台北記者報導，該廠投資50億元人民幣，年產值90億元。", ["CNY", "CNY"]),
        ("zh-Hant", "門票每張20元。", ["CNY"]),
        ("zh-Hans", "台积电上季营收9000亿元新台币，上海工厂收入30亿元人民币。", ["TWD", "CNY"]),
        ("zh-Hans", "香港游客增多。\n\n景区门票收入30亿元。", ["CNY"]),
    ],
)  # fmt: skip
def test_yuan(language: str, text: str, units: list[str]) -> None:
    found, _ = quantities.find(text, sentences.split(text, language, KNOWN), KNOWN, language)
    assert [q.unit for q in found] == units
