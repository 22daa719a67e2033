"""Citations of articles in the forms of reference managers: BibTeX and CSL-JSON.

What lives here: the writing of plain rows, as `ARTICLES` gives them. The wording that a publisher asks for goes into
the note of each entry.
"""

from collections.abc import Iterable, Mapping
from typing import Any

#: Articles of which the warehouse holds an observation, the newest version of each.
ARTICLES = """
SELECT a.article_id, a.title, a.publisher, a.attribution, a.url, a.language, a.reported_at, a.fetched_at
FROM core.article AS a SEMI JOIN core.observation AS o ON o.article_id = a.article_id
WHERE a.is_newest ORDER BY a.reported_at, a.article_id
"""
_SPECIAL = str.maketrans(
    {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
     "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)  # fmt: skip


def bibtex(articles: Iterable[Mapping[str, Any]]) -> str:
    """One `@misc` entry an article, keyed by its id: what every style knows, and BibLaTeX reads as well."""
    entries = []
    for article in articles:
        day = article["reported_at"]
        fields = {
            # Inner braces keep a publisher's name whole and a title's capitals as they are.
            "author": article["publisher"] and f"{{{_escaped(article['publisher'])}}}",
            "title": article["title"] and f"{{{_escaped(article['title'])}}}",
            "year": day and day.year,
            "month": day and day.month,
            "howpublished": article["publisher"] and _escaped(article["publisher"]),
            "note": article["attribution"] and f"Attribution: {_escaped(article['attribution'])}",
            "language": article["language"],
            "urldate": article["fetched_at"] and article["fetched_at"][:10],
            "url": article["url"],
        }
        lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
        entries.append(f"@misc{{{article['article_id']},\n" + ",\n".join(lines) + "\n}\n")
    return "\n".join(entries)


def _escaped(text: str) -> str:
    return text.translate(_SPECIAL)


def csl(articles: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One `article-newspaper` item an article."""
    items = []
    for article in articles:
        day = article["reported_at"]
        item = {
            "id": article["article_id"],
            "type": "article-newspaper",
            "title": article["title"],
            "container-title": article["publisher"],
            "URL": article["url"],
            "language": article["language"],
            "issued": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
            "accessed": {"raw": article["fetched_at"][:10]} if article["fetched_at"] else None,
            "note": f"Attribution: {article['attribution']}" if article["attribution"] else None,
        }
        items.append({name: value for name, value in item.items() if value is not None})
    return items
