"""The public pages of stories. Everything here reads only PublishedArticle."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.enums import PublicState
from articles.models import Section, Tag
from articles.public import listing, page_tags, story_page
from articles.public.search.page import search_page
from articles.public.share_card import section_card
from foundation.limiting.limits import limited
from foundation.pagestore.keeping import keep_page
from foundation.pagestore.parts import part


@require_safe
def article_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A story. Another slug redirects to the right address; a page no longer shown answers 410 with the
    reason.

    A story that was taken back minutes after it appeared answers 404.
    """
    page = story_page.load(pk)
    if page.state != PublicState.LIVE:
        return render(request, "410.html", {"gone": page}, status=410)
    if request.path != page.get_absolute_url():
        return HttpResponsePermanentRedirect(page.get_absolute_url())
    context = story_page.context(page)
    response = render(request, "articles/article_detail.html", context)
    return keep_page(request, response, page_tags.of_story(page, context))


@require_safe
def story_list(request: HttpRequest) -> HttpResponse:
    """All stories, newest first."""
    context = listing.of_all(request.GET)
    response = render(request, "articles/story_list.html", context)
    return keep_page(request, response, page_tags.of_list(context, "stories"), query=context["page"].keys)


@require_safe
def section_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A section's stories, newest first."""
    section = part(f"page of section {slug}", ["sections"], lambda: get_object_or_404(Section, slug=slug))
    context = listing.of_section(section, request.GET) | {"section": section}
    context["share_image"] = section_card(section).image
    response = render(request, "articles/section_detail.html", context)
    tags = page_tags.of_list(context, f"section:{section.pk}")
    return keep_page(request, response, tags, query=context["page"].keys)


@require_safe
def tag_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A tag's stories, newest first."""
    tag = part(f"page of tag {slug}", ["tags"], lambda: get_object_or_404(Tag, slug=slug))
    context = listing.of_tag(tag, request.GET) | {"tag": tag}
    if not context["stories"] and not request.GET:
        raise Http404  # a tag used only in drafts stays private
    response = render(request, "articles/tag_detail.html", context)
    tags = page_tags.of_list(context, f"tag:{tag.slug}", "tags")
    return keep_page(request, response, tags, query=context["page"].keys)


@require_safe
def correction_list(request: HttpRequest) -> HttpResponse:
    """The last hundred stories with a correction notice, newest correction first."""
    context = {"stories": listing.corrected(100)}
    response = render(request, "articles/correction_list.html", context)
    return keep_page(request, response, page_tags.of_list(context, "stories"))


@require_safe
@limited("search")
def search(request: HttpRequest) -> HttpResponse:
    """Not cached: each reader's query is different."""
    return render(request, "articles/search.html", search_page(request.GET))
