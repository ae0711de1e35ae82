"""Import the stories of any site by visiting its pages."""

import re
from argparse import ArgumentParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.management.base import CommandError

from articles.bulk.crawled.finding import in_lists, in_sitemaps
from articles.bulk.crawled.pages import PageRule
from articles.bulk.crawled.site import Crawl
from articles.bulk.crawled.visiting import Visitor
from articles.bulk.old_site.posts import NotReadable, OldSite
from articles.bulk.old_site.report import ImportReport
from articles.models import ImportedStory
from newsroom.management.old_site import OldSiteCommand, add_fetch


class Command(OldSiteCommand):
    help = (
        "Nhập bài từ một trang bất kỳ bằng cách vào từng trang của nó: chỉ máy đã nêu, theo robots.txt, "
        "chậm, không cookie. Nên chạy --dry-run --most 20 trước và đọc báo cáo. Chạy lại thì làm tiếp."
    )
    uploads_name = "thư mục ảnh của trang cũ"
    visitor_class = Visitor
    visitor: Visitor | None = None

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("site", metavar="ĐỊA_CHỈ", help="địa chỉ trang cũ: https://cu.example")
        parser.add_argument("--sitemap", action="append", default=[], metavar="ĐỊA_CHỈ")
        parser.add_argument(
            "--list", action="append", default=[], dest="lists", metavar="ĐỊA_CHỈ", help="trang danh sách bài"
        )
        parser.add_argument(
            "--story",
            default="",
            metavar="MẪU",
            help="biểu thức mà địa chỉ của bài khớp; bắt buộc khi dùng --list",
        )
        for name, words in (("body", "thân bài"), ("title", "tiêu đề"), ("date", "ngày đăng")):
            parser.add_argument(f"--{name}", default="", metavar="CSS", help=f"bộ chọn CSS của {words}")
        parser.add_argument("--pause", type=float, default=1.0, metavar="GIÂY", help="nghỉ giữa hai lần hỏi")
        parser.add_argument(
            "--minutes", type=float, default=240, metavar="PHÚT", help="dừng sau chừng này phút"
        )
        parser.add_argument(
            "--most", type=int, default=100_000, metavar="SỐ", help="vào nhiều nhất chừng này trang"
        )
        add_fetch(parser)
        super().add_arguments(parser)

    def open_site(self, report: ImportReport, options: dict[str, Any]) -> OldSite:
        base, story = options["site"], _pattern(options["story"])
        if urlsplit(base).scheme not in ("http", "https") or not urlsplit(base).hostname:
            raise CommandError("Địa chỉ trang cũ phải bắt đầu bằng http:// hoặc https://.")
        if options["lists"] and not options["story"]:
            raise CommandError(
                "Dùng --list thì phải nêu --story: mẫu địa chỉ của bài, ví dụ --story '/tin-tuc/.+-[0-9]+'."
            )
        self.visitor = visitor = self.visitor_class(base, pause=max(options["pause"], 0.0))
        maps = visitor.begin()
        if options["lists"]:
            found = list(in_lists(visitor, [urljoin(base, one) for one in options["lists"]], story))
        else:
            said = [urljoin(base, one) for one in options["sitemap"]]
            maps = said or maps or [urljoin(base, "/sitemap.xml")]
            found = [address for address in in_sitemaps(visitor, maps) if story.search(address)]
        if not found:
            reasons = "; ".join(f"{where}: {why}" for where, why in list(visitor.refused.items())[:3])
            raise NotReadable(f"Không tìm thấy bài nào ở {visitor.host}. {reasons}")
        begun = f"{visitor.host}#"
        origins = ImportedStory.objects.filter(origin__startswith=begun).values_list("origin", flat=True)
        known = {origin.removeprefix(begun) for origin in origins}
        rule = PageRule(options["body"], options["title"], options["date"])
        seconds, most = options["minutes"] * 60, options["most"]
        return Crawl(visitor, found, rule, known, seconds, most, report).site()

    def _tell(self, report: ImportReport, options: dict[str, Any]) -> None:
        for address, why in self.visitor.refused.items() if self.visitor else ():
            report.leave("Trang không vào được", f"{address}: {why}")
        super()._tell(report, options)


def _pattern(words: str) -> re.Pattern[str]:
    try:
        return re.compile(words)
    except re.error as broken:
        raise CommandError(f"Mẫu --story không đọc được: {broken}.") from broken
