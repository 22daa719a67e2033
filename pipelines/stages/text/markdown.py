"""Markdown to text: front matter off, markup off, headings, items and rows kept as lines.

Here: the markup that changes what a reader sees. Marks inside words and lone asterisks stay. Not here: sentences.
"""

import html
import re
from dataclasses import replace

from pipelines.stages.text import about
from pipelines.stages.text.about import About

_FRONT = re.compile(r"---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_][\w-]*)[ \t]*:[ \t]*(\S.*)$", re.MULTILINE)
_FENCE = re.compile(r"^[ \t]*(?:```|~~~).*$", re.MULTILINE)
_TABLE_RULE = re.compile(r"^[ \t]*+(?:\|[ \t]*+)?:?-[-:| \t]*+\n", re.MULTILINE)
_ROW = re.compile(r"^[ \t]*\|(.*\|.*)$", re.MULTILINE)
_UNDERLINED = re.compile(r"^(\S[^\n]*)\n(=+|-{3,})[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t](.*)$", re.MULTILINE)
_QUOTED = re.compile(r"^ {0,3}>[ \t]?", re.MULTILINE)
_RULE = re.compile(r"^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$", re.MULTILINE)
_IMAGE = re.compile(r"!\[([^\[\]\n]*)\]\([^()\n]*\)")
_LINK = re.compile(r"\[([^\[\]\n]*)\](?:\([^()\n]*\)|\[[^\[\]\n]*\])")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\n]{1,20}\](?!:)")
#: A short line all in bold, with a blank line over it, is a heading.
_BOLD_LINE = re.compile(r"(?<=\n\n)\*\*(?=\S)([^*\n]{1,60}[^*\n.:\uff1a\u3002,;!?])\*\*[ \t]*$", re.MULTILINE)
_STRONG = re.compile(r"\*\*(?=\S)([^*\n]+)\*\*|__(?=\S)([^_\n]+)__")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+)(?<=\S)\*(?![\w*])|(?<!\w)_(?=[^\s_])([^_\n]+)(?<=\S)_(?!\w)")
_CODE = re.compile(r"`([^`\n]+)`")
_TAG = re.compile(
    r"</?(?:b|i|em|strong|u|span|font|a|p|div|center|br|mark|small|sup|sub)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])")


def has_front_matter(raw: str) -> bool:
    """Whether the file opens with a block of fields between two lines of dashes."""
    found = _FRONT.match(raw)
    return found is not None and _FIELD.search(found[1]) is not None


def read(raw: str) -> tuple[str, About]:
    """The text of a Markdown file, and what its front matter and its words say about it."""
    fields: dict[str, str] = {}
    if has_front_matter(raw) and (front := _FRONT.match(raw)):
        fields = {key.lower(): _scalar(value) for key, value in _FIELD.findall(front[1])}
        raw = raw[front.end() :]
    body = plain(raw).strip("\n")
    first, _, rest = body.partition("\n")
    title = fields.get("title")
    if first.startswith("# "):
        body, title = rest.strip("\n"), first[2:].strip()
    if title:
        text = f"{title}\n\n{body}\n"
        own = about.from_text(text)
    else:
        text = body + "\n"
        own = about.from_text(text)
    stated = {
        "title": title,
        "url": fields.get("url") or fields.get("link") or fields.get("source_url") or fields.get("canonical_url"),
        "publisher": fields.get("publisher") or fields.get("source") or fields.get("site") or fields.get("outlet"),
        "published_at": about.iso_date(
            fields.get("date") or fields.get("published_at") or fields.get("published") or fields.get("pubdate") or ""
        ),
        "language": fields.get("language") or fields.get("lang"),
        "attribution": fields.get("attribution"),
        "note": fields.get("note"),
    }
    if stated["language"] and stated["language"].lower() in ("zh", "zh-cn", "zh-tw", "zh-hk"):
        stated["language"] = about.language(text)
    return text, replace(own, **{key: value for key, value in stated.items() if value})


def plain(text: str) -> str:
    """Markdown without its marks: first headings keep `# `, deeper ones `## `, cells are parted by ` | `."""
    text = _without_comments(text)
    text = _FENCE.sub("", text)
    text = _QUOTED.sub("", text)
    text = _BOLD_LINE.sub(lambda found: f"## {found[1].strip()}", text)
    text = _TABLE_RULE.sub(lambda found: "" if "|" in found[0] else found[0], text)
    text = _ROW.sub(_cells, text)
    text = _UNDERLINED.sub(lambda found: ("# " if found[2][0] == "=" else "## ") + found[1], text)
    text = _RULE.sub("", text)
    text = _HEADING.sub(lambda found: ("# " if len(found[1]) == 1 else "## ") + found[2].strip(" \t#"), text)
    text = _IMAGE.sub("", text)
    text = _FOOTNOTE.sub("", text)
    text = _LINK.sub(r"\1", text)
    text = _STRONG.sub(lambda found: found[1] or found[2], text)
    text = _EMPHASIS.sub(lambda found: found[1] or found[2], text)
    text = _CODE.sub(r"\1", text)
    text = _TAG.sub("", text)
    text = _ESCAPE.sub(r"\1", text)
    return html.unescape(text)


def _without_comments(text: str) -> str:
    kept: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join((*kept, text[at:]))


def _cells(row: re.Match[str]) -> str:
    cells = row[1].rstrip()
    return " | ".join(cell.strip() for cell in cells.removesuffix("|").split("|"))


def _scalar(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].replace('\\"', '"').replace("''", "'")
    return value
