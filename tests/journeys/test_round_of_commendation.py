"""Four people take a round from a pasted list to a public decision."""

import datetime
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from awards.law.pack import load_pack
from awards.models import AwardKind, Decision
from rounds.models import RoundAward
from tests.factories.documents import pdf_bytes
from tests.factories.rounds import end_deadline, make_round
from tests.journeys.browsing import DESK, PHONE, sign_in
from tests.newsroom.test_admin_accessibility import Inspection

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST = (
    "Tập thể\nTổ Ngữ văn\nCá nhân\nNguyễn Thị Lan, Giáo viên, Trường THPT Chu Văn An\nH’Nương Byă, Giáo viên"
)
MEMBERS = "Trần Văn Hòa, Phó Giám đốc, chủ tịch\nĐào Ấn, Văn thư, thư ký\nLê Văn Ba, Trưởng phòng"
PAPERS = ("Tờ trình", "Báo cáo thành tích", "Biên bản họp xét của đơn vị")
STUCK = """(position) => document.querySelectorAll('.o-top, .submit-row')
  .forEach((bar) => { bar.style.position = position })"""


def look(page, name):
    inspection = Inspection(page)
    page.evaluate(STUCK, "static")
    inspection.look(name)
    page.evaluate(STUCK, "")
    assert inspection.found == {}


@pytest.mark.usefixtures("collaborator", "head", "managing_editor")
def test_from_a_list_to_a_decision(browse, registrar, province):
    load_pack()
    round_ = make_round(province, opened_by=registrar, kinds=(AwardKind.objects.get(name="Giấy khen"),))
    RoundAward.objects.update(needs_council=True)

    writer = browse(PHONE, has_touch=True)
    sign_in(writer, "ctv")
    writer.goto(f"/admin/dot-khen/{round_.pk}/")
    writer.get_by_role("button", name="Lập hồ sơ đề nghị").tap()
    writer.get_by_role("link", name="Dán danh sách").tap()
    writer.get_by_label("Hoặc dán bảng từ Excel, Word").fill(LIST)
    writer.get_by_role("button", name="Kiểm tra").tap()
    expect(writer.get_by_text("Đọc được 1 tập thể và 2 cá nhân, không có lỗi.")).to_be_visible()
    look(writer, "the list that was read")
    writer.get_by_role("button", name="Thêm 3 đề nghị").tap()
    for name in PAPERS:
        writer.get_by_label("Loại giấy tờ").select_option(label=name)
        file = {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": pdf_bytes()}
        writer.get_by_label("Tệp", exact=True).set_input_files(file)
        writer.get_by_role("button", name="Thêm tệp").tap()
        expect(writer.get_by_text(f"Đã nhận {name}")).to_be_visible()
    look(writer, "the proposal on a phone")
    writer.get_by_role("button", name="Nhờ trưởng đơn vị gửi").tap()
    expect(writer.get_by_text("Chờ trưởng đơn vị gửi", exact=True)).to_be_visible()

    sender = browse(PHONE, has_touch=True)
    sign_in(sender, "truongdonvi")
    sender.goto("/admin/hop-thu/")
    sender.get_by_role("heading", name=re.compile("Hồ sơ khen chờ bạn gửi")).first.tap()
    sender.get_by_role("button", name="Gửi hồ sơ").tap()
    expect(sender.get_by_text("Đã gửi hồ sơ.")).to_be_visible()

    office = browse(DESK)
    sign_in(office, "thidua")
    office.goto(f"/admin/dot-khen/{round_.pk}/")
    look(office, "the board")
    for box in office.get_by_role("checkbox", name=re.compile("^Chọn ")).all():
        box.check()
    office.get_by_role("button", name="Những người đã chọn đủ điều kiện").click()
    office.get_by_role("link", name="Hội đồng", exact=True).click()
    before = timezone.localtime() - datetime.timedelta(hours=1)
    office.get_by_label("Họp lúc").fill(f"{before:%Y-%m-%dT%H:%M}")
    office.get_by_label("Thành viên, mỗi người một dòng").fill(MEMBERS)
    office.get_by_role("button", name="Lưu phiên họp").click()
    for name, votes in {"Tổ Ngữ văn": (3, 0), "Nguyễn Thị Lan": (3, 0), "H’Nương Byă": (1, 2)}.items():
        office.get_by_label(f"{name}, phiếu đồng ý").fill(str(votes[0]))
        office.get_by_label(f"{name}, phiếu không đồng ý").fill(str(votes[1]))
    look(office, "the council")
    office.get_by_role("button", name="Ghi phiếu").click()
    expect(office.get_by_text("Đã ghi phiếu của 3 đề nghị.")).to_be_visible()
    end_deadline(round_)
    office.goto(f"/admin/dot-khen/{round_.pk}/")
    office.get_by_role("button", name="Khóa nhận đề nghị").click()
    office.get_by_role("link", name="Lập dự thảo quyết định").click()
    expect(office.get_by_text("1 tập thể và 1 cá nhân đã được chọn")).to_be_visible()
    look(office, "what the draft will hold")
    office.get_by_label("Số quyết định").fill("1833/QĐ-SGDĐT")
    office.get_by_label("Tên người ký").fill("Nguyễn Văn Mẫu")
    office.get_by_label("Chức danh người ký").fill("Giám đốc Sở")
    office.get_by_role("button", name="Lập dự thảo quyết định").dblclick()
    office.wait_for_url(re.compile("/admin/awards/decision/"))
    decision = Decision.objects.get()
    assert [str(row) for row in decision.commendations.all()] == ["Tổ Ngữ văn", "Nguyễn Thị Lan"]
    office.get_by_role("button", name="Gửi duyệt").first.click()
    expect(office.get_by_text("Đã gửi duyệt.")).to_be_visible()

    chief = browse(DESK)
    sign_in(chief, "thuky")
    chief.goto(f"/admin/awards/decision/{decision.pk}/change/")
    chief.get_by_role("button", name="Công bố").first.click()
    expect(chief.get_by_text("Đã công bố.")).to_be_visible()
    chief.goto(decision.get_absolute_url())
    expect(chief.get_by_text("Tổ Ngữ văn").first).to_be_visible()
    office.goto(f"/admin/dot-khen/{round_.pk}/")
    office.get_by_role("button", name="Kết thúc, báo kết quả").click()
    expect(office.get_by_text("Đã kết thúc").first).to_be_visible()
    sender.goto("/admin/hop-thu/")
    expect(
        sender.get_by_text(re.compile("Không được khen: H’Nương Byă. Lý do: Hội đồng: 1/3"))
    ).to_be_visible()
