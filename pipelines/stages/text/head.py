"""What the head of a page states: title, date, publisher, address, language, in meta elements and JSON-LD.

Here: markup meant for machines. Not here: the same said in words on the page (`about`).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipelines.stages.text import about
from pipelines.stages.text.about import About

_TITLES = ("og:title", "twitter:title", "dc.title", "articletitle", "headline")
_SITES = ("og:site_name", "application-name", "dc.publisher", "publisher", "sitename")
_DATES = (
    "article:published_time",
    "datepublished",
    "og:published_time",
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "publication_date",
    "parsely-pub-date",
    "article:published",
    "article:published_date",
    "article:publish_date",
    "date_published",
    "published_date",
    "publicationdate",
    "citation_publication_date",
    "dcterms.issued",
    "dcterms.date",
    "sailthru.date",
    "dc.date.issued",
    "dc.date",
    "date",
)
_SUFFIX = re.compile(r"\s+[-–—|·»:]{1,2}\s+|_+|\s?\|\s?")
_DEEPEST = 6  # levels of JSON-LD looked into


@dataclass(frozen=True, slots=True)
class Head:
    """`site` is what the page title adds to the article's title; `page_title` the title without it."""

    about: About
    page_title: str | None
    site: str | None


def read(tree: Any) -> Head:
    """Everything stated by markup; null where the page is silent."""
    metas: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if name and (content := (element.get("content") or "").strip()):
            metas.setdefault(name.lower(), content)
    linked = [node for script in _scripts(tree) for node in _nodes(script, 0)]
    title = _first(metas, _TITLES) or next((t for n in linked if (t := _text(n.get("headline")))), None)
    page_title, site = _split(" ".join((tree.findtext(".//title") or "").split()), title)
    stated = About(
        title=title,
        url=_url(tree, metas),
        publisher=_first(metas, _SITES[:1])
        or next((t for n in linked if (t := _name(n.get("publisher")))), None)
        or _first(metas, _SITES[1:]),
        published_at=_published_at(tree, metas, linked),
    )
    return Head(stated, page_title, site)


def _published_at(tree: Any, metas: dict[str, str], linked: list[dict[str, Any]]) -> str | None:
    stated = [metas[name] for name in _DATES[:1] if name in metas]
    stated += [t for node in linked if (t := _text(node.get("datePublished")))]
    stated += [metas[name] for name in _DATES[1:] if name in metas]
    stated += [
        t for element in tree.iter("time") if element.get("pubdate") is not None and (t := element.get("datetime"))
    ]
    stated += [
        t for element in tree.iter() if element.get("itemprop") == "datePublished" and (t := element.get("datetime"))
    ]
    return next((found for text in stated if (found := about.iso_date(text))), None)


def _split(page_title: str, title: str | None) -> tuple[str | None, str | None]:
    """The page title without the site's name, and that name: what stands behind the last separator."""
    parts = _SUFFIX.split(page_title)
    if title and page_title.startswith(title):
        rest = _SUFFIX.split(page_title[len(title) :])
        return title, rest[-1].strip() or None
    if len(parts) == 1:
        return page_title or None, None
    cut = page_title.rfind(parts[-1])
    return page_title[:cut].rstrip(" -–—|·»:_") or None, parts[-1].strip() or None


def _url(tree: Any, metas: dict[str, str]) -> str | None:
    for element in tree.iter("link"):
        if (element.get("rel") or "").lower() == "canonical" and (element.get("href") or "").startswith("http"):
            return str(element.get("href")).strip()
    return url if (url := metas.get("og:url", "")).startswith("http") else None


def _scripts(tree: Any) -> Iterator[Any]:
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json" and script.text:
            try:
                yield json.loads(script.text, strict=False)
            except (ValueError, RecursionError):
                continue


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        yield from _nodes(value.get("@graph"), depth + 1)
        yield from _nodes(value.get("mainEntity"), depth + 1)


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((metas[name] for name in names if name in metas), None)


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return _text(value.get("name") if isinstance(value, dict) else value)


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
