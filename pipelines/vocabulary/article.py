"""An article: the text that every offset refers to, and what the file says about itself."""

from dataclasses import dataclass

from pipelines.vocabulary.values import light


@dataclass(frozen=True, slots=True)
class Article:
    """One version of one raw file, as `stages.text` reads it.

    `text` is title line, blank line, body, with `\\n` line ends; offsets of sentences, quantities and
    observations are code points of it. Dates are ISO 8601 texts (`2026-06-09` or with a time).
    """

    article_id: str  # the first 16 hex digits of `sha256`
    document_id: str  # the canonical URL, else the path below raw/: ties versions together
    sha256: str
    raw_path: str
    text: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published_at: str | None = None
    fetched_at: str | None = None
    language: str | None = None  # BCP 47: "en", "zh-Hans", "zh-Hant"
    attribution: str | None = None
    note: str | None = None
    reader: str = ""  # name and version of what turned bytes into text
    story_id: str | None = None


@light
@dataclass(frozen=True, slots=True)
class Sentence:
    """A run of the article's text that no number is joined across.

    `block` says where it stands: title, heading, paragraph, item (of a list), row (of a table), meta
    (byline, dateline, caption line of the page) or boilerplate (navigation, related links, copyright).
    `context` holds the spans that govern it, nearest first: the row's column header, the list's lead-in,
    the heading.
    """

    start: int
    end: int
    block: str
    paragraph: int
    language: str  # "en" or "zh": which grammar reads it
    context: tuple[tuple[int, int], ...] = ()
