"""What the search index contains of stories: the words of their public pages, captions apart."""

from articles.models import PublishedArticle
from articles.models.querysets import PublishedQuerySet
from articles.text.body import parse
from foundation.language.school_years import school_year_on
from foundation.search.enums import Kind
from foundation.search.keeping import Findable

KIND = Kind.STORY
_LINES = ("p", "li", "td", "th", "h2", "h3", "blockquote", "caption", "br")


def records() -> PublishedQuerySet:
    """Returns the stories that readers may find."""
    return PublishedArticle.objects.live()


def item_of(page: PublishedArticle) -> Findable:
    """Returns the search item of a page, read only from the drawn page: a hidden caption is not found."""
    text, captions = _read(page.body_html)
    if page.hero:
        captions.insert(0, f"{page.hero['caption']} {page.hero['credit']}")
    names = [byline["name"] for byline in page.bylines]
    tags = [name for name, _slug in page.tag_names]
    return Findable(
        kind=KIND,
        pk=page.pk,
        moment=page.published_at,
        title=page.title,
        text="\n".join(filter(None, [page.lead, *text])),
        captions="\n".join(captions),
        about="\n".join([page.department_name, *names, *tags]),
        units=frozenset({page.department_id}),
        school_year=school_year_on(page.published_at),
    )


def _read(body_html: str) -> tuple[list[str], list[str]]:
    """Returns the lines of the text, and the words under its pictures."""
    if not body_html:
        return [], []
    root = parse(body_html)
    captions = []
    for figure in list(root.iter("figure")):
        captions.append(" ".join(figure.text_content().split()))
        figure.drop_tree()
    for element in root.iter(*_LINES):
        element.tail = f"\n{element.tail or ''}"  # separates the words of two cells
    lines = (" ".join(line.split()) for line in root.text_content().split("\n"))
    return [line for line in lines if line], captions
