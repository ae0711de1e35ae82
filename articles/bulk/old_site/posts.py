"""A story of an old site as every import reads it, whatever the site ran on."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from articles.bulk.old_site.bodies import Markup

_LONGEST_TERM = 200  # letters of a category's or tag's name


class NotReadable(Exception):
    """The old site cannot be read; `message` says what is wrong and what to do."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Term:
    """A category or tag (`domain` “category” or “post_tag”) and its old addresses.

    `slug` is its word in addresses, `parent` another category's slug.
    """

    domain: str
    slug: str
    name: str
    parent: str = ""
    addresses: tuple[str, ...] = ()

    @classmethod
    def of(cls, domain: str, slug: str, name: str, parent: str = "") -> "Term":
        """Returns the term with its words cut to what a name may hold."""
        return cls(*(words[:_LONGEST_TERM] for words in (domain, slug, name, parent)))


@dataclass
class OldPost:
    """One story of the old site.

    `name` is unique there and never changes; "" cannot be imported. `why_draft` says why readers there could
    not read it, "" when they could; `thrown_away` why it is left.
    """

    name: str
    title: str
    link: str
    content: str
    said: str = ""  # how notes name it: “bài số 7”
    excerpt: str = ""
    published_at: datetime.datetime | None = None
    updated_at: datetime.datetime | None = None
    why_draft: str = ""
    thrown_away: str = ""
    picture: tuple[int, str] = (0, "")  # number and address of the one that opens it
    picture_words: str = ""  # its description, where the site has no library of pictures
    bylines: list[str] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)  # keys of `public.old_addresses`
    remarks: list[tuple[str, str]] = field(default_factory=list)  # reason, what: for the report

    @property
    def where(self) -> str:
        """Names the post in the report."""
        return f"{self.title or '(không tiêu đề)'} – {self.link}"


@dataclass(frozen=True)
class OldSite:
    """What an import needs to know of a site. `host` is its name in `ImportedStory.origin`.

    `read` yields the posts, the same ones in the same order each time.
    """

    host: str
    posts: int
    pictures: int  # different ones, roughly
    read: Callable[[], Iterator[OldPost]]
    markup: Markup
