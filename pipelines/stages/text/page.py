"""HTML to text: the article's blocks as lines, the site's furniture left out, and what the head says.

Here: one walk over the elements of the page. Furniture is known by structure (navigation, footers, lists of links,
boxes of related stories, the catalogue's `page` words in class and id) and never holds most of the page: a line too
many is marked as boilerplate later, a paragraph too few is lost. Not here: tables (`grid`), the head (`head`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from pipelines.catalogue import boilerplate
from pipelines.stages.text import about, grid, head
from pipelines.stages.text.about import About

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
))  # fmt: skip
_UNSEEN = frozenset((
    "audio", "button", "canvas", "embed", "head", "iframe", "input", "map", "math", "noscript", "object", "option",
    "script", "select", "style", "svg", "template", "textarea", "video",
))  # fmt: skip
_CONTAINERS = frozenset(("aside", "div", "dl", "footer", "form", "header", "ol", "section", "table", "ul"))
_ROLES = frozenset((
    "alert", "banner", "complementary", "contentinfo", "dialog", "menu", "menubar", "navigation", "search",
))  # fmt: skip
_SPACES = re.compile(r"[ \t\r\n\f]+")
_WORDS = re.compile(r"[A-Za-z][a-z]*")
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_SHORT = 80  # characters; a longer line heads no box of related stories
_PARAGRAPH = 80  # characters of a paragraph that belongs to the story
_DATED = 60  # characters of a line that gives little more than a date
_LONGEST_ITEM = 1000  # characters; a longer item holds paragraphs
_MOST = 0.4  # the share of the page's characters above which nothing is furniture
_LINKED = 0.7  # the share of linked characters above which a list is navigation
_PROSE = 0.9  # the share of the page's paragraphs that makes an element the article's own
_HEADLINE = 5  # words of a headline, at least


@dataclass(slots=True)
class _Line:
    text: str
    kind: str  # p | h1 | heading | item | row
    is_spaced: bool  # a blank line before it
    is_own: bool  # inside the element that holds the article


@dataclass(slots=True)
class _Walk:
    """The state of the walk: what was written, and the line being written."""

    sizes: dict[Any, int]
    links: dict[Any, int]
    titled: set[Any]  # elements with a first heading below them
    root: Any
    lines: list[_Line] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    kind: str = "p"
    is_spaced: bool = True
    is_own: bool = False

    def flush(self, is_spaced: bool) -> None:
        """End the line. A line of nothing only remembers that a blank line is due."""
        text = _SPACES.sub(" ", "".join(self.words)).strip(" ")
        self.words.clear()
        if text:
            self.lines.append(_Line(text, self.kind, self.is_spaced, self.is_own))
            self.is_spaced = is_spaced
            self.kind = "p"
        else:
            self.is_spaced = self.is_spaced or is_spaced


def looks_like_page(raw: str) -> bool:
    """Whether a text without a telling suffix is HTML."""
    return _PAGE.match(raw) is not None


def read(raw: str) -> tuple[str, About]:
    """The text of a page (title, blank line, body), and what its head and its words say about it."""
    from lxml import html  # type: ignore[import-untyped]

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    tree = html.document_fromstring(raw.encode("utf-8", "replace") or b"<html/>", parser=parser)
    body = tree.find("body")
    stated = head.read(tree)
    if body is None:
        return "", stated.about
    sizes, links = _measure(body)
    titled = {above for heading in body.iter("h1") for above in (heading, *heading.iterancestors())}
    walk = _Walk(sizes, links, titled, _article(body, sizes))
    _visit(body, walk, in_article=False)
    walk.flush(True)
    title, lines = _below_title(walk.lines, stated)
    own = [line for line in lines if line.is_own] or lines
    text = _written(title, own)
    said = about.from_lines([line.text for line in lines], _SPACES.sub(" ", " ".join(_seen(body)))[-3000:])
    if not (stated.about.published_at or said.published_at):
        said = replace(said, published_at=_dated_above(body))
    return text, _merged(stated, said, title)


def _merged(stated: head.Head, said: about.Said, title: str | None) -> About:
    own = stated.about
    return replace(
        own,
        title=title or own.title,
        publisher=own.publisher or said.source or stated.site or said.agency,
        published_at=own.published_at or said.published_at,
        attribution=said.attribution,
    )


def _measure(body: Any) -> tuple[dict[Any, int], dict[Any, int]]:
    """Characters seen below each element, and how many of them are linked."""
    sizes: dict[Any, int] = {}
    links: dict[Any, int] = {}
    for element in reversed(list(body.iter())):
        if element.tag in _UNSEEN:
            sizes[element] = links[element] = 0
            continue
        size = len((element.text or "").strip())
        linked = 0
        for child in element:
            size += sizes[child] + len((child.tail or "").strip())
            linked += links[child]
        sizes[element] = size
        links[element] = size if element.tag == "a" else linked
    return sizes, links


def _article(body: Any, sizes: dict[Any, int]) -> Any:
    """The smallest element that holds nearly all paragraphs; the body where none does."""
    prose: dict[Any, int] = {}
    for paragraph in body.iter("p"):
        for above in (paragraph, *paragraph.iterancestors()):
            prose[above] = prose.get(above, 0) + sizes[paragraph]
    total = prose.get(body, 0)
    root = body
    for element in body.iter("article", "main", "div", "section"):
        names_itself = element.tag in ("article", "main") or element.get("itemprop") == "articleBody"
        if names_itself and total and prose.get(element, 0) >= _PROSE * total and sizes[element] <= sizes[root]:
            root = element
    return root


def _visit(element: Any, walk: _Walk, in_article: bool) -> None:
    tag = element.tag
    if tag in _UNSEEN or _is_hidden(element) or _is_furniture(element, walk, in_article):
        return
    is_root, begun = element is walk.root, len(walk.lines)
    if is_root:
        walk.flush(True)
        walk.is_own = True
    if tag == "br":
        walk.flush(not "".join(walk.words).strip())
    elif tag == "sup":
        walk.words.append(grid.superscript(element))
    elif tag == "table" and (rows := grid.rows(element, _UNSEEN)) is not None:
        _write_table(element, rows, walk)
    elif tag == "li" and walk.sizes[element] <= _LONGEST_ITEM and grid.is_flat(element):
        walk.flush(True)
        walk.kind, walk.is_spaced = "item", not walk.lines or walk.lines[-1].kind != "item"
        walk.words.append(grid.text_of(element, _UNSEEN))
        walk.flush(True)
        walk.kind = "p"
    elif tag == "pre":
        walk.flush(True)
        for line in "".join(element.itertext()).split("\n"):
            walk.words.append(line)
            walk.flush(not line.strip())
    else:
        is_block = tag in _BLOCKS
        if is_block:
            walk.flush(True)
            if tag == "li":
                walk.kind = "item"
            elif tag == "h1":
                walk.kind = "h1"
            elif tag in ("h2", "h3", "h4", "h5", "h6"):
                walk.kind = "heading"
        walk.words.append(element.text or "")
        for child in element:
            _visit(child, walk, in_article or tag == "article")
            walk.words.append(child.tail or "")
        if is_block:
            walk.flush(True)
            walk.kind = "p"
    if is_root:
        walk.flush(True)
        walk.is_own = False
    if tag in _CONTAINERS and _opens_related(walk.lines[begun : begun + 1]) and _is_small(element, walk):
        del walk.lines[begun:]


def _write_table(element: Any, rows: list[str], walk: _Walk) -> None:
    walk.flush(True)
    for caption in element.iter("caption"):
        walk.words.extend(_seen(caption))
        walk.flush(False)
    for row in rows:
        walk.kind = "row"
        walk.words.append(row)
        walk.flush(False)
    walk.kind, walk.is_spaced = "p", True


def _is_hidden(element: Any) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    return "display:none" in (element.get("style") or "").replace(" ", "").lower()


def _is_furniture(element: Any, walk: _Walk, in_article: bool) -> bool:
    tag = element.tag
    if not walk.sizes.get(element) or tag in ("body", "main", "article") or not _is_small(element, walk):
        return False
    if tag == "nav" or element.get("role") in _ROLES:
        return True
    if tag in ("header", "footer") and not in_article:
        return True
    if tag not in _CONTAINERS:
        return False
    names = {word.lower() for word in _WORDS.findall(f"{element.get('class') or ''} {element.get('id') or ''}")}
    if names & _shipped().page_names:
        return True
    is_linked = walk.links[element] >= _LINKED * walk.sizes[element]
    return is_linked and sum(1 for _ in element.iter("a")) >= 3


def _is_small(element: Any, walk: _Walk) -> bool:
    """Whether leaving it out leaves most of the page, and its title."""
    return element not in walk.titled and walk.sizes[element] <= _MOST * walk.sizes[walk.root]


def _opens_related(first: list[_Line]) -> bool:
    return bool(first) and len(first[0].text) <= _SHORT and _shipped().opens_related(first[0].text)


@cache
def _shipped() -> boilerplate.Boilerplate:
    return boilerplate.load()


def _below_title(lines: list[_Line], stated: head.Head) -> tuple[str | None, list[_Line]]:
    """The title, and the lines below it. A first heading that only names the site is no title."""
    headings = [i for i, line in enumerate(lines) if line.kind == "h1"]
    known = [name for name in (stated.about.title, stated.page_title) if name]
    fitting = [i for i in headings if any(_same(lines[i].text, name) for name in known)]
    worded = [i for i in headings if not known or _is_headline(lines[i].text, stated.site)]
    at = next(iter(fitting or worded), None)
    title = lines[at].text if at is not None else stated.about.title or stated.page_title
    rest = lines[at + 1 :] if at is not None else lines
    return title, [line for i, line in enumerate(rest) if i > 4 or line.text != title]


def _is_headline(heading: str, site: str | None) -> bool:
    """Whether a first heading says something, more than the name of the site or of one of its sections."""
    words = len(heading.split()) + sum(letter >= "\u2e80" for letter in heading) // 2
    return words >= _HEADLINE and heading.casefold() != (site or "").casefold()


def _same(heading: str, name: str) -> bool:
    heading, name = heading.casefold().strip(), name.casefold().strip()
    return (heading in name and len(heading) * 3 >= len(name)) or name in heading


def _written(title: str | None, lines: list[_Line]) -> str:
    parts = [title or ""]
    for i, line in enumerate(lines):
        is_spaced = (
            line.is_spaced or i == 0 or ((line.kind == "p") != (lines[i - 1].kind == "p") and line.kind != "row")
        )
        mark = {"item": "- ", "heading": "## ", "h1": "## "}.get(line.kind, "")
        parts.append(("\n\n" if is_spaced else "\n") + mark + line.text)
    return "".join(parts).lstrip("\n") + "\n" if lines or title else ""


def _dated_above(body: Any) -> str | None:
    """The date that stands in a short line of the page's furniture, above the first paragraph of its story."""
    for element in body.iter():
        if element.tag == "p" and len("".join(element.itertext())) > _PARAGRAPH:
            return None
        line = _SPACES.sub(" ", element.text or "").strip()
        if element.tag not in _UNSEEN and 0 < len(line) <= _DATED and (found := about.find_date(line)):
            return found
    return None


def _seen(element: Any) -> Iterator[str]:
    """The words below an element, in order, without what no reader sees."""
    if element.tag in _UNSEEN:
        return
    yield element.text or ""
    for child in element:
        yield from _seen(child)
        yield child.tail or ""
