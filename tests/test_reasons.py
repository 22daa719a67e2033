"""Why: each answer comes with the words that decided it and with what else was in question."""

from pipelines import catalogue, flow
from pipelines.vocabulary.reason import Reason

KNOWN = catalogue.load()


def reasons(text: str) -> dict[str, dict[str, Reason]]:
    """By quote and field."""
    article = flow.read(text.encode(), "sentence.txt")
    done = flow.extract(article, KNOWN)
    told = flow.explain(done, KNOWN)
    for observation, why in zip(done.observations, told, strict=True):
        answers = {reason.field: reason.answer for reason in why}
        assert answers["metric"] == observation.metric
        assert answers["place"] == observation.place
        assert answers["reporter"] == observation.reporter
        assert answers["status"] == observation.status
    return {o.quote: {r.field: r for r in why} for o, why in zip(done.observations, told, strict=True)}


def test_every_answer_names_its_words_and_the_others_in_question() -> None:
    text = (
        "According to the International Energy Agency, data centres in Germany used 20 TWh of electricity in 2024, "
        "while those in France are expected to use 15 TWh by 2030."
    )
    german, french = reasons(text)["20 TWh"], reasons(text)["15 TWh"]
    assert (german["place"].words, german["place"].runners_up) == ("Germany", ("France",))
    assert (french["place"].words, french["place"].runners_up) == ("France", ("Germany",))
    assert (german["period"].words, german["period"].rule) == ("in 2024", "clause")
    assert "2030" in german["period"].runners_up
    assert german["reporter"].words == "International Energy Agency"
    assert german["status"].runners_up == ("expected (forecast)",)
    assert (french["status"].answer, french["status"].words) == ("forecast", "expected")
    assert german["metric"].words and "score" in german["metric"].rule


def test_a_metric_that_lost_is_told_with_its_score() -> None:
    lost = reasons("Some 28% of adults have tried generative AI.")["28%"]["metric"].runners_up
    assert any(told.startswith("generative_ai_users (") and "score" in told for told in lost)


def test_what_is_not_stated_says_so() -> None:
    told = reasons("The bag weighed 12 kg.")["12 kg"]
    assert told["metric"].answer is None
    assert told["place"].rule == told["period"].rule == "none stated"
    assert told["reporter"].rule == "none named"
