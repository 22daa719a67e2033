"""Whether a number goes on with the verb and the noun of the one before it: "Ana sold 19 cars and Ben 12".

Only the shape of the words between is told here; what is taken over (kind, unit) is decided in `kinds.py` and
`elision.py`. Percentages have their own rule, in `percentages.py`.
"""

from pipelines.stages.quantities.lexicon import Lexicon
from pipelines.stages.quantities.mention import Mention
from pipelines.vocabulary.words import Words

_MOST = 10  # words between the two


def goes_on(words: Words, first: Mention, second: Mention, lexicon: Lexicon) -> bool:
    """Whether only a subject of its own, behind "and" or a comma, parts a bare number from the one before."""
    grammar = lexicon.grammar
    gap = ["May" if word == "May" else word.lower() for word in words.text[first.right : second.left]]
    joins = grammar.classes["clause_joins"]
    at = next((k for k in range(len(gap) - 1, -1, -1) if gap[k] in joins), -1)
    subject = gap[at + 1 :]
    if first.dimension == "ratio" and len(subject) > 1 and subject[0] == "in":
        subject = subject[1:]  # "in Japan it is 28%, in Germany 33"
    if is_parallel(words, gap, second, lexicon):
        return True
    if at < 0 or not subject or len(gap) > _MOST or not all(word[0].isalpha() or word in "&-'" for word in subject):
        return False
    follows = words.low[second.right] if second.right < len(words) else ""
    if follows[:1].isalpha() and follows not in grammar.ends_phrase:
        return False
    if at and not (gap[0] in grammar.classes["preposition"] or gap[0] == ","):
        return False
    is_name = words.text[second.left - 1][0].isupper()
    if len(subject) == 1 and not is_name and subject[0].endswith("s") and not _is_noun(subject[0], lexicon):
        return False  # "makes 300 cars and employs 4,500"
    is_bare = grammar.classes["preposition"].isdisjoint(subject)
    return is_bare and not any(grammar.is_verb(word) for word in gap) and not {";", "|", "(", ":"} & set(gap)


def _is_noun(word: str, lexicon: Lexicon) -> bool:
    return lexicon.nouns.code_of((word,)) in lexicon.nouns.known


def is_parallel(words: Words, gap: list[str], second: Mention, lexicon: Lexicon) -> bool:
    """ "78.6 years for men and 83.2 for women": the same preposition behind both."""
    if not 2 <= len(gap) <= _MOST or words.low[second.right : second.right + 1] != gap[:1]:
        return False
    classes = lexicon.grammar.classes
    if gap[0] not in classes["preposition"] or gap[-1] not in classes["clause_joins"]:
        return False
    return not any(lexicon.grammar.is_verb(word) or word in ";|(:" for word in gap)
