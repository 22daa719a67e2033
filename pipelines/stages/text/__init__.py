"""Bytes of a raw file to an article: its text, and what the file says about itself.

Here: which files are articles, the order of the work, and how the side file wins. Inside: `decoding` (bytes to
characters), `page` (HTML), `markdown`, `about` (title, date, publisher, language, attribution from the words). Not
here: disk and network; sentences and what they mean.

The text is title line, blank line, body for HTML and Markdown, where headings begin with `## `, list items with `- `,
and the cells of a table row are parted by ` | `. A plain text is left as it is but for its line ends and byte-order
mark, so that offsets hold in the file, too.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath

from pipelines.stages.text import about, decoding, markdown, page
from pipelines.stages.text.about import About
from pipelines.vocabulary.article import Article
from pipelines.vocabulary.errors import ArticleError

__all__ = ["is_article_path", "read"]

READER = "text/1"
PLAIN, MARKDOWN, HTML = {".txt", ".text"}, {".md", ".markdown"}, {".html", ".htm", ".xhtml", ".shtml"}
UNREADABLE = {".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub", ".ppt", ".pptx", ".xls", ".xlsx"}
ARTICLES = PLAIN | MARKDOWN | HTML | UNREADABLE
_SIDE_FIELDS = ("url", "publisher", "published_at", "note", "title", "attribution", "fetched_at", "language")


def is_article_path(path: str | PurePath) -> bool:
    """Whether a file below `raw/` is taken for an article, by its name alone.

    Skipped are dotfiles and what lies in dotted folders, NOTICE*, README*, LICENSE*, side files (NAME.meta.json) and
    every suffix that no article has. A PDF or an office file counts as an article, and reading it says what to do.
    """
    named = str(path)  # a PurePath of each of a million names would take most of a look at them
    if "/." in f"/{named}" and any(part[:1] == "." and part not in (".", "..") for part in named.split("/")):
        return False
    name = named.rpartition("/")[2]
    if name.upper().startswith(("NOTICE", "README", "LICENSE")):
        return False
    return "." + name.rpartition(".")[2].lower() in ARTICLES


def read(data: bytes, path: str, side: Mapping[str, object] | None = None) -> Article:
    """The article in `data`. `side` is the content of its side file, whose fields win over those of the file.

    Raises ArticleError with the code empty, oversized, pdf, binary, no_text or side_file.
    """
    raw = decoding.decode(data, path)
    suffix = PurePath(path).suffix.lower()
    if suffix in HTML or page.looks_like_page(raw):
        text, own = page.read(raw)
    elif suffix in MARKDOWN or markdown.has_front_matter(raw):
        text, own = markdown.read(raw)
    else:
        text = raw.lstrip("\n")
        own = about.from_text(text)
    if not text.strip():
        raise ArticleError(path, "no_text", "no text was found in it; save the page with its text, or remove the file")
    own = _overlaid(own, side or {}, path)
    sha256 = hashlib.sha256(data).hexdigest()
    return Article(
        article_id=sha256[:16],
        document_id=own.url or path,
        sha256=sha256,
        raw_path=path,
        text=text,
        title=own.title,
        url=own.url,
        publisher=own.publisher,
        published_at=own.published_at,
        fetched_at=own.fetched_at,
        language=own.language or about.language(text),
        attribution=own.attribution,
        note=own.note,
        reader=READER,
    )


def _overlaid(own: About, side: Mapping[str, object], path: str) -> About:
    given = {field: str(side[field]).strip() for field in _SIDE_FIELDS if side.get(field) not in (None, "")}
    for field in ("published_at", "fetched_at"):
        if field in given and about.iso_date(given[field]) is None:
            raise ArticleError(
                path,
                "side_file",
                f'its side file has {field} "{given[field]}"; write it as YYYY, YYYY-MM or YYYY-MM-DD',
            )
    return replace(own, **given)
