"""A story of the demo before it is entered."""

from html import escape
from typing import NamedTuple

from articles.enums import ArticleKind
from newsroom.demo.photos import ALT, CREDIT


class Pic(NamedTuple):
    """A picture between two paragraphs."""

    photo: str
    caption: str


class DemoStory(NamedTuple):
    """`days` and `hour` say when it was approved, counted from the day the demo is made."""

    unit: str
    section: str
    title: str
    lead: str
    body: tuple[str | Pic, ...]
    days: int = -1
    hour: int = 9
    minute: int = 0
    writer: str = "bientap"
    approver: str = "thuky"
    byline: str = ""
    tags: tuple[str, ...] = ()
    kind: str = ArticleKind.ACTIVITY
    source_mark: str = ""
    event: str = ""
    decision: str = ""


def html(body: tuple[str | Pic, ...], photo_ids: dict[str, int]) -> str:
    """Return the body as the story editor would post it; “## ” begins a heading."""
    return "\n".join(_block(part, photo_ids) for part in body)


def _block(part: str | Pic, photo_ids: dict[str, int]) -> str:
    if isinstance(part, Pic):
        words = {"photo": photo_ids[part.photo], "credit": CREDIT, "alt": ALT[part.photo]}
        attributes = " ".join(f'data-{name}="{escape(str(value))}"' for name, value in words.items())
        return f"<figure {attributes}><figcaption>{escape(part.caption)}</figcaption></figure>"
    if part.startswith("## "):
        return f"<h2>{escape(part[3:])}</h2>"
    return f"<p>{escape(part)}</p>"
