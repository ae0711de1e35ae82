"""Files of an event: uploaded by one, released by another, for participants or for everybody, withdrawn."""

import datetime
import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from approvals.models import AuditEntry, StatusChange
from daybook.models import Material
from documents.files import MATERIALS, FileRefused, inspect
from tests.factories.documents import make_upload, pdf_bytes
from tests.factories.training import make_enrolment, send, unit_in

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def as_(user):
    browser = Client()
    browser.force_login(user)
    return browser


def package(main, **parts):
    """A small file of Office, with further parts: {"ppt/embeddings/x.bin": b"…"}."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in ({"[Content_Types].xml": "<Types/>", main: "<p/>"} | parts).items():
            packed.writestr(name, content)
    return made.getvalue()


def slides(**parts):
    return package("ppt/presentation.xml", **parts)


SLIDES = slides()


def test_files_are_judged_by_what_they_carry():
    equation = OLE + "Equation Native".encode("utf-16-le")
    table = package("xl/workbook.xml")
    harmless = slides(**{"ppt/embeddings/o.bin": equation, "ppt/embeddings/b.xlsx": table})
    assert inspect(make_upload("Bài.pptx", harmless), MATERIALS).type == "PPTX"
    assert inspect(make_upload("Bài.pdf"), MATERIALS).type == "PDF"
    packaged = OLE + "Ole10Native".encode("utf-16-le")
    macros = package("xl/workbook.xml", **{"xl/vbaProject.bin": b"x"})
    cases = (
        (slides(**{"ppt/embeddings/o.bin": packaged}), "PowerPoint nhúng tệp khác"),
        (slides(**{"ppt/embeddings/b.xlsm": macros}), "PowerPoint nhúng tệp khác"),
        (slides(**{"ppt/embeddings/o.bin": b"MZ"}), "PowerPoint nhúng tệp khác"),
        (slides(**{"ppt/activeX/activeX1.bin": b"x"}), "PowerPoint nhúng tệp khác"),
        (slides(**{"ppt/vbaProject.bin": b"x"}), "PowerPoint có macro"),
        (slides(**{"ppt/slides/slide1.xml": "<!DOCTYPE x><p/>"}), "không an toàn để mở"),
        (slides(**{"ppt/media/bom.bin": b"\0" * (30 * 1024 * 1024)}), "không an toàn để mở"),
        (package("word/document.xml", **{"word/embeddings/o.bin": packaged}), "Word nhúng tệp khác"),
        (slides()[:-40], "bị hỏng"),
        (b"%PDF-" + b"\0" * (21 * 1024 * 1024), "lớn hơn mức 20 MB"),
        (pdf_bytes(b"/JavaScript (x)"), "mã lệnh tự chạy"),
        (OLE, "lưu lại thành PDF, Word (.docx) hoặc PowerPoint (.pptx)"),
    )
    for content, words in cases:
        with pytest.raises(FileRefused) as refusal:
            inspect(make_upload("Bài.pptx", content), MATERIALS)
        assert words in refusal.value.message
    with pytest.raises(FileRefused, match="không phải văn bản Word"):
        inspect(make_upload("Bài.docx", slides()))  # official documents are no presentations


def press(browser, step, **more):
    material = Material.objects.get()
    address = reverse("admin:daybook_material_step", args=[material.pk, step])
    return browser.post(address, {"version": material.version} | more, follow=True)


@pytest.mark.django_db
def test_a_file_is_released_by_another_and_opened_with_a_ticket(
    desk_editor, managing_editor, collaborator, head, client
):
    school, province = (user.person.positions.first().department for user in (head, desk_editor))
    enrolment = make_enrolment(province, opened_by=desk_editor)
    event = enrolment.event
    people = send(unit_in(enrolment, school), "Y Wang Niê", "Trần Văn Chờ", title="Giáo viên")
    ticket = reverse("training:ticket", args=[people[0].code])
    public = event.get_absolute_url()
    office, typed = as_(desk_editor), {"title": "Kỹ năng viết tin", "audience": "participants"}
    add = reverse("admin:daybook_material_add")
    page = office.post(
        add, typed | {"event": event.pk, "opens_on": "mai", "upload": make_upload("Tin.pptx", SLIDES)}
    )
    form = page.context["adminform"].form  # the day is wrong: the file is kept for the next attempt
    assert form.errors.keys() == {"opens_on"}
    kept = {"event": event.pk, "opens_on": "", "staged": form.data["staged"]}
    # A unit that does not host it brings nothing.
    page = as_(collaborator).post(add, typed | {"event": event.pk, "opens_on": "", "upload": make_upload()})
    assert "đơn vị khác chủ trì" in page.text
    assert not Material.objects.exists()
    page = office.post(add, typed | kept)
    assert page.status_code == 302
    material = Material.objects.get()
    assert (material.file_type, material.host) == ("PPTX", province)
    for_guest = reverse("training:material", args=[people[0].code, material.pk])
    for_all = material.get_absolute_url()

    def who_gets():
        listed = "Kỹ năng viết tin"
        answers = (client.get(for_guest), client.get(for_all))
        shown = (listed in client.get(ticket).text, listed in client.get(public).text)
        return tuple(answer.status_code == 200 for answer in answers) + shown

    nobody, guests, everybody = (False,) * 4, (True, False, True, False), (True,) * 4
    assert who_gets() == nobody
    press(office, "submit")
    page = office.get(reverse("admin:daybook_material_change", args=[material.pk]))
    assert 'name="title"' not in page.text  # nobody changes what waits
    # Who uploaded it does not release it, and the head of another unit neither.
    press(office, "approve")
    press(as_(head), "approve")
    assert who_gets() == nobody
    assert "Kỹ năng viết tin" in as_(managing_editor).get(reverse("admin:review_desk")).text
    copy = as_(managing_editor).get(reverse("admin:daybook_material_file", args=[material.pk]))
    assert b"".join(copy.streaming_content) == SLIDES
    press(as_(managing_editor), "approve")
    assert who_gets() == guests
    assert StatusChange.objects.filter(step="approve", object_id=material.pk).get().actor == managing_editor
    file = client.get(for_guest)
    assert file.headers["Cache-Control"] == "private, no-store"
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    # Not for who waits for a place, with an invented code, of another event.
    type(people[1]).objects.filter(pk=people[1].pk).update(waiting_since=timezone.now())
    for code, pk in ((people[1].code, material.pk), ("x" * 20, material.pk), (people[0].code, 10**6)):
        assert client.get(reverse("training:material", args=[code, pk])).status_code == 404
    for address in (reverse("articles:search") + "?q=Kỹ+năng+viết", "/rss.xml", reverse("events:calendar")):
        assert "Kỹ năng viết tin" not in client.get(address).text
    # Other units of the office do not read it there.
    assert (
        as_(collaborator).get(reverse("admin:daybook_material_change", args=[material.pk])).status_code == 302
    )
    # From a day, and for everybody.
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    Material.objects.update(opens_on=tomorrow, audience="everybody")
    assert who_gets() == nobody
    Material.objects.update(opens_on=timezone.localdate())
    assert who_gets() == everybody
    assert client.get(for_all).headers["Cache-Control"] == "no-cache"
    press(as_(managing_editor), "withdraw", note="Nhầm bản")
    assert who_gets() == nobody
    assert AuditEntry.objects.filter(action="Gỡ tài liệu").exists()


@pytest.mark.django_db
def test_opening_files_with_tickets_is_braked(limits, client):
    limits(verify=(2, 60))
    address = reverse("training:material", args=["a" * 20, 1])
    assert [client.get(address).status_code for _ in range(3)] == [404, 404, 429]
