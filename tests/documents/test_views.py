import datetime
from urllib.parse import unquote

import pytest
from django.urls import reverse

from approvals.enums import RecordStatus
from documents.models import OfficialDocument
from tests.factories.documents import make_document, make_upload, pdf_bytes

LIST = "/van-ban/"
SECRET = "Chỉ tiêu mật Hoàng Long"
HIDDEN = [status for status in RecordStatus if status != RecordStatus.PUBLIC]


def page(client, address=LIST, **asked):
    response = client.get(address, asked)
    assert response.status_code == 200
    return response.text.replace("\xa0", " ")  # words bound for the eye are still two words


def shown(client, **asked) -> list[str]:
    return [document.number for document, _ in client.get(LIST, asked).context["documents"]]


def test_the_list_shows_what_a_reader_decides_by(client, db):
    make_document("1520/SGDĐT-VP", "Về việc đẩy mạnh công tác truyền thông", upload=make_upload())
    text = page(client)
    for words in ("1520/SGDĐT-VP", "Về việc đẩy mạnh", "Công văn", "05/09/2025", "Còn hiệu lực", "PDF, 1 KB"):
        assert words in text
    assert 'href="/van-ban/1520-sgddt-vp-2025/tep/"' in text


@pytest.mark.parametrize("status", HIDDEN)
def test_what_is_not_public_is_nowhere(client, province, status):
    document = make_document("666/MẬT", SECRET, status=status, issuer=province, upload=make_upload())
    public = make_document("1/CV", replaced_by=document, issuer=province)
    addresses = [LIST, f"{LIST}?q=666", "/van-ban/rss.xml", public.get_absolute_url()]
    for address in addresses:
        text = client.get(address).text
        assert SECRET not in text and "666/MẬT" not in text
    assert client.get(document.get_absolute_url()).status_code == 404
    assert client.get(f"{document.get_absolute_url()}tep/").status_code == 404


def test_filters_narrow_together(client, db):
    make_document("1/KH-SGDĐT", "Kế hoạch năm học", kind="plan", issued_on=datetime.date(2025, 9, 5))
    make_document("2/KH-SGDĐT", "Kế hoạch cũ", kind="plan", issued_on=datetime.date(2024, 9, 5))
    make_document("3/QĐ-SGDĐT", "Kế hoạch gì đó", kind="decision", issued_on=datetime.date(2025, 9, 6))
    gone = datetime.date(2025, 9, 8)
    make_document("4/KH-SGDĐT", "Kế hoạch hết hạn", kind="plan", issued_on=gone, expires_on=gone)
    asked = {"q": "ke hoach", "loai": "ke-hoach", "tu": "01/01/2025", "hieu_luc": "con"}
    assert shown(client, **asked) == ["1/KH-SGDĐT"]
    assert shown(client, tu="ngày 06 tháng 9 năm 2025") == ["4/KH-SGDĐT", "3/QĐ-SGDĐT"]


def test_a_day_that_cannot_be_read_is_told_and_everything_typed_stays(client, db):
    make_document("1/KH-SGDĐT", "Kế hoạch năm học", kind="plan")
    text = page(client, q="ke hoach", loai="ke-hoach", tu="31/4/2025", hieu_luc="con")
    assert "hãy ghi ngày/tháng/năm có thật" in text
    for kept in (
        'value="ke hoach"',
        'value="ke-hoach" selected',
        'value="31/4/2025"',
        'value="con" selected',
    ):
        assert kept in text
    assert "1/KH-SGDĐT" in text


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "x" * 500},
        {"q": "a\x00b"},
        {"loai": "<b>"},
        {"hieu_luc": "z"},
        {"truoc": "x"},
        {"sau": "2025-99-99_1"},
    ],
)
def test_odd_words_in_the_address_do_no_harm(client, db, asked):
    make_document("1/KH-SGDĐT")
    assert client.get(LIST, asked).status_code == 200


def test_the_list_says_how_much_it_shows_and_of_which_days(client, db):
    make_document("1/KH-SGDĐT", issued_on=datetime.date(2026, 9, 5))
    assert "1 văn bản ban hành ngày 05/09/2026" in page(client)
    make_document("2/KH-SGDĐT", issued_on=datetime.date(2025, 3, 1))
    for asked in ({}, {"sap": "cu"}):
        assert "2 văn bản ban hành từ 01/03/2025 đến 05/09/2026" in page(client, **asked)
    by_number = page(client, sap="so")
    assert "<span>2 văn bản</span>" in by_number and "Số nhỏ trước" in by_number


def test_nothing_found_says_what_to_try(client, db):
    make_document()
    assert "Không có văn bản nào khớp" in page(client, q="bong da")


def test_pages_follow_one_another_without_loss_or_counting(client, db, django_assert_num_queries):
    for number in range(45):
        day = datetime.date(2025, 1, 1) + datetime.timedelta(days=number // 3)
        make_document(f"{number}/CV", issued_on=day)
    expected = [d.number for d in OfficialDocument.objects.newest()]
    client.get(LIST)  # the menu and the months are remembered from here on
    seen, address, backward = [], LIST, []
    while address:
        with django_assert_num_queries(1) as captured:
            response = client.get(address)
        assert "COUNT" not in captured[0]["sql"] and "OFFSET" not in captured[0]["sql"]
        seen.append([d.number for d, _ in response.context["documents"]])
        backward.append(response.context["page"].newer_url)
        address = response.context["page"].older_url and LIST + response.context["page"].older_url
    assert [number for numbers in seen for number in numbers] == expected and [len(p) for p in seen] == [
        20,
        20,
        5,
    ]
    back = client.get(LIST + backward[2])
    assert [d.number for d, _ in back.context["documents"]] == seen[1]
    first = client.get(LIST + back.context["page"].newer_url)
    assert [d.number for d, _ in first.context["documents"]] == seen[0]
    assert not first.context["page"].newer_url


def test_the_next_page_keeps_the_filter(client, db):
    for number in range(21):
        make_document(f"{number}/CV", "Kế hoạch")
    older = client.get(LIST, {"q": "ke hoach"}).context["page"].older_url
    assert "q=ke+hoach&truoc=" in older
    assert len(client.get(LIST + older).context["documents"]) == 1


@pytest.mark.parametrize("items", [1, 3])
def test_the_list_costs_the_same_with_one_and_with_three(client, db, items, django_assert_num_queries):
    for _ in range(items):
        make_document(replaced_by=make_document(upload=make_upload()))
    client.get(LIST)
    with django_assert_num_queries(1):
        client.get(LIST)


def test_the_page_gives_the_facts(client, province):
    newer = make_document("1498/SGDĐT-GDTrH", issuer=province, issued_on=datetime.date(2025, 10, 1))
    document = make_document(
        "1188/SGDĐT-GDTrH",
        "Hướng dẫn kiểm tra học kỳ I",
        issuer=province,
        signer="Lê Thị Thanh Xuân",
        gist="Kiểm tra theo cụm.",
        replaced_by=newer,
        upload=make_upload(),
    )
    text = page(client, document.get_absolute_url())
    for words in (
        "1188/SGDĐT-GDTrH",
        "Lê Thị Thanh Xuân",
        "Kiểm tra theo cụm.",
        "Tải về, PDF, 1 KB",
        province.name,
    ):
        assert words in text
    assert "Văn bản này đã được thay" in text and newer.get_absolute_url() in text
    assert document.get_absolute_url() in page(client, newer.get_absolute_url())


def test_the_file_is_an_attachment_with_a_clean_name(client, db):
    document = make_document("1247/QĐ-SGDĐT", upload=make_upload())
    response = client.get(reverse("documents:document_file", args=[document.slug]))
    assert b"".join(response.streaming_content) == pdf_bytes()
    disposition = response["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert unquote(disposition.partition("filename*=utf-8''")[2]) == "1247-QĐ-SGDĐT.pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(pdf_bytes()))


def test_the_file_is_not_packed_again_on_its_way(client, db):
    document = make_document(upload=make_upload(content=pdf_bytes(b"% " + b"x" * 5000 + b"\n")))
    response = client.get(f"{document.get_absolute_url()}tep/", headers={"accept-encoding": "gzip, br"})
    assert response["Content-Encoding"] == "identity"
    assert int(response["Content-Length"]) == document.file_size == len(b"".join(response.streaming_content))


def test_a_draft_file_is_for_those_who_may_read_it(
    client, school, other_school, collaborator, other_collaborator
):
    document = make_document(status=RecordStatus.DRAFTING, issuer=school, upload=make_upload())
    address = f"{document.get_absolute_url()}tep/"
    for user, status in ((collaborator, 200), (other_collaborator, 404)):
        client.force_login(user)
        response = client.get(address)
        assert response.status_code == status
    client.force_login(collaborator)
    assert client.get(address)["Cache-Control"] == "private, no-store"


def test_a_document_without_a_file_has_no_file_page(client, db):
    document = make_document(gist="Nội dung.")
    assert client.get(f"{document.get_absolute_url()}tep/").status_code == 404
    assert "chưa có tệp trên trang" in page(client, document.get_absolute_url())


def test_the_feed_names_new_documents(client, db):
    make_document("1520/SGDĐT-VP", "Về việc đẩy mạnh công tác truyền thông")
    response = client.get("/van-ban/rss.xml")
    assert "1520/SGDĐT-VP: Về việc đẩy mạnh" in response.text
    assert response["Content-Type"].startswith("application/rss+xml")


def test_a_repealed_document_says_so_on_both_pages(client, province):
    newer = make_document("9/QĐ-SGDĐT", issuer=province)
    document = make_document("1/QC-SGDĐT", issuer=province, replaced_by=newer, ending="repealed")
    page = client.get(document.get_absolute_url()).text
    assert "Văn bản này đã bị bãi bỏ." in page and newer.get_absolute_url() in page
    assert "Đã bãi bỏ theo 9" in client.get("/van-ban/").text
    other = client.get(newer.get_absolute_url()).text
    assert "Bãi bỏ" in other and document.get_absolute_url() in other


def test_the_list_is_read_from_either_end_with_its_filters(client, db):
    for number in range(1, 26):
        day = datetime.date(2025, 1, 1) + datetime.timedelta(number)
        make_document(f"{number}/KH-SGDĐT", "Kế hoạch", kind="plan", issued_on=day)
    make_document("99/QĐ-SGDĐT", "Quyết định", kind="decision", issued_on=datetime.date(2024, 1, 1))
    text = page(client, loai="ke-hoach")
    assert 'aria-sort="descending"><a href="?loai=ke-hoach&amp;sap=cu">' in text
    answer = client.get(f"{LIST}?loai=ke-hoach&sap=cu")
    assert 'aria-sort="ascending"><a href="?loai=ke-hoach">' in answer.text
    first = [document.number for document, _ in answer.context["documents"]]
    assert first == [f"{number}/KH-SGDĐT" for number in range(1, 21)]
    onward = answer.context["page"].older_url
    answer = client.get(LIST + onward)
    assert [document.number for document, _ in answer.context["documents"]] == [
        f"{number}/KH-SGDĐT" for number in range(21, 26)
    ]
    assert answer.context["page"].older_url == ""
    back = client.get(LIST + answer.context["page"].newer_url)
    assert [document.number for document, _ in back.context["documents"]] == first


def test_the_list_is_ordered_by_number_as_people_count(client, db):
    kinds = ["105/QĐ-SGDĐT", "12/QĐ-SGDĐT", "9/KH-SGDĐT", "0105/CV-SGDĐT", "2/2024/QĐ-UBND", "1520/SGDĐT-VP"]
    for number in kinds:
        make_document(number)
    answer = client.get(f"{LIST}?sap=so")
    counted = [
        "2/2024/QĐ-UBND",
        "9/KH-SGDĐT",
        "12/QĐ-SGDĐT",
        "0105/CV-SGDĐT",
        "105/QĐ-SGDĐT",
        "1520/SGDĐT-VP",
    ]
    assert [document.number for document, _ in answer.context["documents"]] == counted
    assert 'aria-sort="ascending"><a href="?sap=so-lon">Số, ký hiệu' in answer.text
    assert answer.text.count("aria-sort") == 1
    assert '<a href="?sap=so" aria-current="true">Số nhỏ trước' in answer.text
    assert answer.context["page"].months is None
    turned = client.get(f"{LIST}?sap=so-lon")
    assert [document.number for document, _ in turned.context["documents"]] == counted[::-1]
    assert 'aria-sort="descending"><a href="?sap=so">Số, ký hiệu' in turned.text
    # A word nobody offered is the usual order.
    assert 'aria-sort="descending"><a href="?sap=cu">Ban hành' in client.get(f"{LIST}?sap=abc").text


def test_pages_by_number_follow_one_another_with_the_filter(client, db):
    for number in range(1, 46):
        make_document(f"{number}/KH-SGDĐT", "Kế hoạch", kind="plan")
        make_document(f"{number}/CV-SGDĐT", "Công văn", kind="letter")
    seen, address = [], "?sap=so&loai=ke-hoach"
    while address:
        answer = client.get(LIST + address)
        seen += [document.number for document, _ in answer.context["documents"]]
        last, address = address, answer.context["page"].older_url
    assert seen == [f"{number}/KH-SGDĐT" for number in range(1, 46)]
    assert "Số lớn hơn" in answer.text and "sap=so" in last and "loai=ke-hoach" in last
    back = client.get(LIST + answer.context["page"].newer_url)
    assert [document.number for document, _ in back.context["documents"]] == seen[20:40]
