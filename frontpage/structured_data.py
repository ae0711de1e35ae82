"""The home page as schema.org WebSite with its publisher."""

from typing import Any

from articles.public.structured_data import logo
from articles.public.syndication import absolute
from foundation.sharecards.card import NAME


def of_site() -> list[dict[str, Any]]:
    """Return the JSON-LD objects of the site."""
    home = absolute("/")
    search = {"@type": "EntryPoint", "urlTemplate": f"{absolute('/tim-kiem/')}?q={{tu}}"}
    return [
        {
            "@context": "https://schema.org",
            "@type": "WebSite",
            "name": NAME,
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
            "@type": "NewsMediaOrganization",
            "name": NAME,
            "url": home,
            "logo": logo(),
            "publishingPrinciples": absolute("/gioi-thieu/"),
            "correctionsPolicy": absolute("/dinh-chinh/"),
        },
    ]
