"""The home page as schema.org WebSite with its publisher."""

from typing import Any

from articles.public.structured_data import publisher
from articles.public.syndication import absolute
from identity.current import site_words


def of_site() -> list[dict[str, Any]]:
    """Return the JSON-LD objects of the site."""
    home = absolute("/")
    search = {"@type": "EntryPoint", "urlTemplate": f"{absolute('/tim-kiem/')}?q={{tu}}"}
    return [
        {
            "@context": "https://schema.org",
            "@type": "WebSite",
            "name": site_words().name,
            "url": home,
            "inLanguage": "vi",
            "potentialAction": {
                "@type": "SearchAction",
                "target": search,
                "query-input": "required name=tu",
            },
        },
        {
            "@context": "https://schema.org",
            **publisher(),
            "publishingPrinciples": absolute("/gioi-thieu/"),
            "correctionsPolicy": absolute("/dinh-chinh/"),
        },
    ]
