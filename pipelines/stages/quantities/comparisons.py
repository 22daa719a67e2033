"""What a growth or change is measured against: the year before, the month before, a named base."""

from pipelines.stages.quantities.lexicon import Lexicon
from pipelines.stages.quantities.mention import Mention
from pipelines.vocabulary.words import Words


def versus(
    words: Words, mention: Mention, left_stop: int, mentions: list[Mention], k: int, lexicon: Lexicon
) -> str | None:
    """The comparison stated nearest to the number: right after it, else between it and the number before."""
    right_stop = mentions[k + 1].left if k + 1 < len(mentions) else len(words)
    found = find_comparison(words, mention.right, min(right_stop, mention.right + 12), lexicon)
    if found is None:
        found = find_comparison(words, max(left_stop, mention.left - 16), mention.left, lexicon)
    if found is None and mention.group is not None and k + 1 < len(mentions) and mentions[k + 1].group == mention.group:
        found = find_comparison(words, mentions[k + 1].right, mentions[k + 1].right + 12, lexicon)
    return found


def find_comparison(words: Words, start: int, stop: int, lexicon: Lexicon) -> str | None:
    """The first comparison stated between two tokens, before their sentence ends."""
    comparisons, low, text = lexicon.grammar.comparisons, words.low, words.text
    first_words = comparisons.first_words
    for i in range(max(0, start), min(stop, len(text))):
        if low[i] in first_words and (hit := comparisons.forward(low, i)) is not None:
            return hit[1]
        if text[i] == ";" or (text[i] == "." and i + 1 < len(text)):
            return None
    return None
