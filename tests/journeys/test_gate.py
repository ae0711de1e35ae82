"""Two telephones at a gate without the network: every arrival once, with its time, also from a closed one."""

import pytest
import segno

from tests.factories.training import make_enrolment, send, unit_in
from tests.journeys.browsing import PHONE, sign_in
from training.attendance import arrivals_of, propose_sittings
from training.models import Participant, Scan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PEOPLE = 110
# Scans as a reader with a cable sends them, and what the card said of each.
SCAN_ALL = """async (codes) => {
  const main = document.querySelector("[data-gate]"), box = document.querySelector("[data-search]")
  const heading = document.querySelector("[data-result-in]"), said = []
  for (const code of codes) {
    const before = main.dataset.results
    box.value = code
    box.form.requestSubmit()
    while (main.dataset.results === before) await new Promise((resolve) => setTimeout(resolve))
    said.push(heading.textContent.slice(0, 6))
  }
  return said
}"""
# What the decoder reads of a code drawn as a camera would see it.
DECODE = """([matrix, dots]) => new Promise((resolve) => {
  const { worker, decoder } = document.querySelector("[data-gate]").dataset
  const side = matrix.length * dots, pixels = new Uint8ClampedArray(side * side * 4).fill(255)
  matrix.forEach((line, y) => line.forEach((dark, x) => {
    if (dark) for (let dy = 0; dy < dots; dy++) for (let dx = 0; dx < dots; dx++) {
      const at = ((y * dots + dy) * side + x * dots + dx) * 4
      pixels.fill(0, at, at + 3)
    }
  }))
  const reading = new Worker(worker)
  reading.onmessage = ({ data }) => resolve(data)
  reading.postMessage({ decoder })
  reading.postMessage({ pixels, width: side, height: side })
})"""
STORED = """async () => {
  const open = indexedDB.open("cong-diem-danh")
  const database = await new Promise((resolve) => { open.onsuccess = () => resolve(open.result) })
  const found = [JSON.stringify({ ...localStorage })]
  for (const name of ["roll", "queue"]) {
    const all = database.transaction(name).objectStore(name).getAll()
    found.push(JSON.stringify(await new Promise((resolve) => { all.onsuccess = () => resolve(all.result) })))
  }
  return found.join("\\n")
}"""


@pytest.fixture
def gates(browse, desk_editor, province, school):
    """An open enrolment and two telephones that have loaded it; then the network goes."""
    enrolment = make_enrolment(province, opened_by=desk_editor, a_unit=500)
    send(unit_in(enrolment, school), *(f"Người Thứ {number}" for number in range(PEOPLE)))
    propose_sittings(enrolment)
    pages = []
    for name in ("Cổng chính", "Cổng phụ"):
        page = browse(PHONE, expected="Failed to load resource", service_workers="allow")
        sign_in(page, "bientap")
        open_gate(page, enrolment)
        page.wait_for_selector("[data-gate][data-ready]")
        page.get_by_label("Cổng", exact=True).fill(name)
        page.keyboard.press("Tab")
        page.context.set_offline(True)
        pages.append(page)
    return enrolment, *pages


def open_gate(page, enrolment):
    page.goto(f"/admin/cong/{enrolment.pk}/")
    page.wait_for_selector("[data-gate][data-open]")


def back_on_line(page):
    page.context.set_offline(False)
    page.get_by_text("Đã gửi hết").wait_for()


def test_every_arrival_once_whatever_happens_to_the_telephones(gates):
    enrolment, first, second = gates
    codes = list(Participant.objects.order_by("number").values_list("code", flat=True))
    said = first.evaluate(SCAN_ALL, [*codes[:70], *codes[:10]])  # doubles at one gate
    assert said == ["Đã vào"] * 80
    assert first.inner_text("[data-result-in]").startswith("Đã vào lúc")
    said = second.evaluate(SCAN_ALL, [f"https://so.example/ve/{code}/" for code in codes[40:]])
    assert said == ["Đã vào"] * 70  # thirty of them came in at the other gate already
    assert first.inner_text("[data-net]") == "Mất mạng, vẫn ghi"
    assert first.inner_text("[data-waiting]") == "Chờ gửi 70"
    first.evaluate(SCAN_ALL, ["f" * 24])
    assert first.inner_text("[data-result-in]") == "Không có trong danh sách"

    # A name without marks, undone; a guest.
    second.get_by_label("Họ tên, đơn vị hoặc số vé").fill("nguoi thu 7 chu van an")
    second.get_by_role("button", name="Cho vào: Người Thứ 7", exact=True).click()
    second.get_by_role("button", name="Hoàn tác").click()
    second.get_by_text("Đã hoàn tác").wait_for()
    second.get_by_role("button", name="Khách mới").click()
    second.get_by_label("Họ và tên").fill("H’Khách Êban")
    second.get_by_label("Đơn vị", exact=True).fill("Trường THPT Chu Văn An")
    second.get_by_role("button", name="Ghi khách và cho vào").click()
    second.get_by_text("Khách đã vào").wait_for()
    stored = second.evaluate(STORED)
    assert codes[5] not in stored and "Người" not in stored and "Khách" not in stored

    # The first telephone's tab is closed without the network, and opened again: no key, no names, no loss.
    context = first.context
    first.close()
    first = context.new_page()
    open_gate(first, enrolment)
    assert first.inner_text("[data-waiting]") == "Chờ gửi 70"
    first.get_by_text("Chưa mở được danh sách").wait_for()
    first.evaluate(SCAN_ALL, [codes[100]])
    assert first.inner_text("[data-result-name]") == "Chưa biết tên"
    assert (
        first.evaluate(DECODE, [[list(row) for row in segno.make(codes[3]).matrix_iter(border=4)], 4])
        == codes[3]
    )

    before = Scan.objects.count()
    back_on_line(first)
    back_on_line(second)
    assert (before, Scan.objects.count()) == (0, 70 + 1 + 70 + 1 + 1)
    found = arrivals_of(enrolment)
    assert len(found) == PEOPLE + 1
    number = {
        pk: place
        for place, pk in enumerate(Participant.objects.order_by("number").values_list("pk", flat=True))
    }
    guest = Participant.objects.get(is_guest=True)
    assert (guest.full_name, guest.unit.name) == ("H’Khách Êban", "Trường THPT Chu Văn An")
    gates_of = {number[person]: arrival.gate for (person, _), arrival in found.items()}
    assert {place for place, gate in gates_of.items() if gate == "Cổng phụ"} == {*range(70, PEOPLE), PEOPLE}
    for scan in Scan.objects.filter(undone_at=None, participant__isnull=False):
        assert found[scan.participant_id, scan.sitting_id].at <= scan.at <= scan.received_at
    second.reload()  # both gates now know of both
    second.wait_for_selector("[data-gate][data-open]")
    assert second.inner_text("[data-came]") == str(PEOPLE + 1)
