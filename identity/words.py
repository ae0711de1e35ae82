"""What a page says about whose site it is: plain words, without the database."""

from dataclasses import dataclass

from django.urls import reverse

UNKNOWN_PREFIX = "GK"  # of codes on giấy khen, while no installation has chosen its own


@dataclass(frozen=True)
class SiteWords:
    """The words of one record, as every page, feed, mail and picture shows them.

    Without arguments: the neutral words of an installation that has not said yet whose it is. Nothing is
    invented, so an empty word means “not said”, and pages leave its line out.
    """

    name: str = "Trang tin điện tử"
    short_name: str = "Trang tin"
    organization: str = ""
    organization_short: str = ""
    province: str = ""
    description: str = ""
    responsible_name: str = ""
    responsible_title: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    licence: str = ""
    code_prefix: str = UNKNOWN_PREFIX
    colour: str = ""
    logo: str = ""  # the digest of its file; empty if there is none
    is_said: bool = False

    @property
    def responsible(self) -> str:
        """Return “Ngô Thị Hạnh, Phó Giám đốc Sở”, or the one of both that is known."""
        return ", ".join(filter(None, (self.responsible_name, self.responsible_title)))

    def logo_at(self, name: str) -> str:
        """Return the address of one size of the logo (`newsroom.appearance.logo`); "" if there is none."""
        return reverse("site_logo", args=[self.logo, name]) if self.logo else ""

    @property
    def sector(self) -> str:
        """Return “ngành giáo dục Lâm Đồng”; without a province “ngành giáo dục”."""
        return f"ngành giáo dục {self.province}".strip()

    @property
    def about(self) -> str:
        """Return one sentence for search engines, feeds and shared links."""
        return self.description or f"Tin tức, sự kiện, khen thưởng và văn bản của {self.sector}."

    @property
    def code_example(self) -> str:
        """Return a code as it is printed on a giấy khen, made up."""
        return f"{self.code_prefix}17-7K3M-9QXP"
