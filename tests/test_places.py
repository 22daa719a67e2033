"""Places: names, what an article is about, and which place each figure takes."""

import pytest

from pipelines import catalogue, flow
from pipelines.stages import sentences
from pipelines.stages.observations.places import places
from pipelines.stages.quantities import find
from pipelines.vocabulary.article import Article

KNOWN = catalogue.load()


def placed(text: str, *, is_unowned: bool = True) -> dict[str, str | None]:
    article = flow.read(text.encode(), "a.txt", {"published_at": "2026-06-09"})
    parts = sentences.split(article.text, article.language, KNOWN)
    found, _ = find(article.text, parts, KNOWN, article.published_at)
    where = places(article, parts, found, KNOWN, [is_unowned] * len(found))
    return {article.text[q.start : q.end]: w.place for q, w in zip(found, where, strict=True)}


@pytest.mark.parametrize(
    ("text", "quote", "place"),
    [
        ("Users\n\nIndia had 886 million internet users in 2024.", "886 million internet users", "IN"),
        ("Users\n\nTexas added 300 MW while 200 MW went to Ohio.", "300 MW", "US-TX"),
        ("Users\n\nSpending worldwide reached $1.5 trillion.", "$1.5 trillion", "world"),
        (
            "China's grid\n\nRacks in use nationwide exceeded 9 million standard racks.",
            "9 million standard racks",
            "CN",
        ),
        ("我国网民\n\n中国互联网发展。全国网民规模达11亿人。", "11亿人", "CN"),
        ("各地\n\n浙江省发电量增长7.6%。", "7.6%", "CN-ZJ"),
        (
            "Space\n\nThe half-year survey of North America finds few vacant cabinets.\n\nIn all it was 1,272 MW.",
            "1,272 MW",
            "North America",
        ),
        (
            "Software in China\n\nAn analyst in Shanghai expects sales of 400 billion yuan.",
            "400 billion yuan",
            "CN",
        ),
        ("Lamps in Chile\n\nA Hamburg research house counts 21 million lamps.", "21 million lamps", "CL"),
        ("Worldwide lamp sales up\n\nWASHINGTON, Jan. 9 -- It was 75 million, said the U.S. office, a U.S. body.",
         "75 million", "world"),
        ("Trade of Peru\n\nChina was its biggest single customer. Farms shipped 7.3 million tons.", "7.3 million tons",
         "PE"),
        ("Sites in France\n\nLyon, France. It has 42,000 racks.", "42,000 racks", "Lyon"),
        ("Sites in India\n\nMumbai, India. It has 42,000 racks.", "42,000 racks", "Mumbai"),
        ("Use\n\nBy regions of the world:\n\nRegion | Users\nArab States | 310\nCIS | 270\n", "310", "Arab States"),
        ("Lamps in Ghana\n\nSome 85 million lamps burn, three times the number in Togo.", "85 million lamps", "GH"),
        ("燈具貿易\n\n財政部說，114年12月新台幣計價對歐洲出口增54.5%，對日本、東協與香港各增26.2%、20.3%、11.3%。",
         "11.3%", "TW"),
        ("贵州灯具业\n\n贵州省灯具业规模在全国的位次升至第13位。", "第13位", "CN-GZ"),
        ("Aid\n\nThe export was worth 12 billion U.S. dollars in Vietnam.", "12 billion U.S. dollars", "VN"),
    ],
)  # fmt: skip
def test_place(text: str, quote: str, place: str | None) -> None:
    assert placed(text)[quote] == place


def test_respectively_ties_places_to_figures() -> None:
    found = placed("Sites\n\nBeijing, Shanghai and Shenzhen built 30, 25 and 18 sites, respectively.")
    assert list(found.values()) == ["CN-BJ", "CN-SH", "Shenzhen"]


def test_a_capital_that_acts_is_its_country() -> None:
    assert placed("China plans\n\nBeijing wants to build 300 sites by 2030.")["300 sites"] == "CN"


def test_a_place_in_a_name_says_nothing() -> None:
    text = "Results\n\nBank of America counted 300 branches."
    assert placed(text, is_unowned=False)["300 branches"] is None


def test_no_place_is_guessed_for_what_is_a_companys() -> None:
    assert placed("China's grid\n\nThe firm earned $5 billion.", is_unowned=False)["$5 billion"] is None


def test_a_shared_name_goes_to_the_country_of_the_article() -> None:
    assert placed("Georgia and Armenia\n\nTbilisi grew. In Georgia 300 sites were built.")["300 sites"] == "GE"
    assert placed("United States\n\nIn Georgia 300 sites were built.")["300 sites"] == "US-GA"


def test_every_parent_is_a_place_and_every_id_has_a_code_or_name() -> None:
    for place in KNOWN.places.all.values():
        assert not place.parent or place.parent in KNOWN.places.all
        if place.kind == "subdivision":
            assert place.id[2] == "-" and place.id[:2] == place.parent


def test_places_that_share_a_name_lie_in_several_countries() -> None:
    """Else no article could mean any but the first of them."""
    for text in ("Georgia", "Punjab", "Kochi", "德州"):
        (mention,) = KNOWN.places.find(text)
        assert mention.others
    for meaning in filter(None, KNOWN.places._meanings):
        place, _, others = meaning
        countries = [KNOWN.places.country(p) for p in (place, *others)]
        assert len(set(countries)) == len(countries), [place, *others]


def test_what_only_holds_the_name_of_a_place_is_none() -> None:
    assert not KNOWN.places.find(
        "the Paris Agreement, the Washington Post, Silicon Valley Bank, 北京时间, 上海电气, 平台中的"
    )
    assert [m.place.id for m in KNOWN.places.find("Paris and Washington")] == ["Paris", "US-DC"]
    assert all(place.kind != "no_place" for place in KNOWN.places.all.values())


def test_an_article_without_places_has_none() -> None:
    article = Article("a", "a", "a", "a", "A b\n\nIt grew.\n", language="en")
    assert places(article, sentences.split(article.text, "en", KNOWN), [], KNOWN, []) == []


@pytest.mark.parametrize(
    ("text", "quote", "place"),
    [
        (
            "Data centres could use as much power as Japan\n\nGlobally, it was 415 TWh, more than Japan. Use rose 12%.",
            "12%", "world",
        ),
        ("Growth\n\nSales rose in China (4.4%) and Japan (0.6%), and slipped 0.1% in Germany.", "0.1%", "DE"),
        ("安徽省统计公报\n\n全年全省粮食产量836亿斤，居全国第7位。", "836亿斤", "CN-AH"),
        (
            "Communiqué of Zhejiang Province\n\nOutput of the whole province rose. Exports were 15.3% of the nation's.",
            "15.3%", "CN-ZJ",
        ),
        ("算力\n\n2022年，全球算力规模达906EFLOPS。其中智能算力451EFLOPS。", "451EFLOPS", "world"),
        ("算力\n\n我国算力规模302EFLOPS，约占全球的三分之一，增速50%。", "50%", "CN"),
    ],
)  # fmt: skip
def test_what_is_compared_ranked_or_a_whole_is_no_place(text: str, quote: str, place: str) -> None:
    assert placed(text)[quote] == place


def test_a_figure_of_no_company_takes_the_place_of_the_article() -> None:
    assert placed("China's grid\n\nThe list counts 85 sites.")["85 sites"] == "CN"


def test_each_item_of_a_roundup_has_its_own_place() -> None:
    text = "NEWS\n\nDELHI - India added 3 GW. Costs fell 5%.\n\nOSLO - Norway added 2 GW.\n\nROME - Growth was 7%.\n"
    found = placed(text)
    assert [found[q] for q in ("5%", "2 GW", "7%")] == ["IN", "NO", None]


def test_a_headline_that_names_a_country_is_of_its_market_and_not_of_a_company() -> None:
    text = "Chips lift China's makers of lamps\n\nSo the company said, and the company knows.\n\n30 million lamps sold."
    assert placed(text, is_unowned=False)["30 million lamps"] == "CN"
