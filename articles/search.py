"""Which published stories hold a reader's words."""

from django.db.models import Case, IntegerField, Q, Value, When

from articles.models import PublishedArticle
from language.searching import accented_words, search_words


def find(query: str, limit: int) -> list[PublishedArticle]:
    """Live stories with every word of the query, accents aside; its very accents first, then newest."""
    if not search_words(query):
        return []
    exact = Q()
    for word in accented_words(query):
        exact &= Q(accented_text__contains=word)
    first = Case(When(exact, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = PublishedArticle.objects.live().containing(query)
    return list(found.cards().order_by(first, "-published_at", "-pk")[:limit])
