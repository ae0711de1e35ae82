"""An alert stands on every public page at once, also on kept ones, and leaves by itself."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from approvals.models import AuditEntry
from foundation.pagestore import keeping
from foundation.pagestore.announcing import announce
from identity.models import Alert, Level
from newsroom.management.commands.run_worker import Command
from tests.factories.articles import make_published
from tests.factories.identity import make_alert

STORM = "Học sinh các phường ven sông nghỉ học ngày 3/12."
HOUR, MINUTE = datetime.timedelta(hours=1), datetime.timedelta(minutes=1)
FORM = "admin:identity_alert"
SIGN = '<section class="alerts no-print" aria-label="Thông báo khẩn">'


def form(**words):
    now = timezone.localtime()
    said = {"level": Level.URGENT, "text": STORM, "url": "/tin/"}
    return said | written("starts_at", now - HOUR) | written("ends_at", now + HOUR) | words


def written(name, moment):
    return {f"{name}_0": f"{moment:%d/%m/%Y}", f"{name}_1": f"{moment:%H:%M:%S}"}


@pytest.mark.django_db
def test_it_stands_on_every_page_before_the_head_and_in_no_feed(client, collaborator, head):
    story = make_published(collaborator, head).get_absolute_url()
    make_alert("Thi thử <b>hoãn</b> một ngày.", level=Level.NOTICE)
    make_alert(STORM, level=Level.URGENT, url="/bai-viet/nghi-hoc-1/")
    for address in ("/", story, "/tin/", "/don-vi/", "/tim-kiem/?q=a", "/khong-co/", "/lien-he/"):
        text = client.get(address).text
        assert (
            text.index(SIGN) < text.index('<div class="alert urgent" role="alert">') < text.index("<header")
        )
        assert text.index(f"<strong>Khẩn cấp:</strong> {STORM}") < text.index("<strong>Thông báo:</strong>")
        assert '<div class="alert" role="status">' in text
        assert "Thi thử &lt;b&gt;hoãn&lt;/b&gt; một ngày." in text
        assert 'href="/bai-viet/nghi-hoc-1/"' in text
    for unseen in ("/rss.xml", "/atom.xml", "/feed.json", "/sitemap.xml", "/mat-mang/"):
        assert "nghỉ học" not in client.get(unseen).text


@pytest.mark.django_db
def test_nothing_is_shown_before_its_time_nor_after_and_three_at_most(client):
    now = timezone.now()
    make_alert("Sắp tới", starts_at=now + HOUR)
    make_alert("Đã qua", starts_at=now - 2 * HOUR, ends_at=now - HOUR)
    assert SIGN not in client.get("/").text
    for number in range(4):
        make_alert(f"Tin số {number}")
    assert client.get("/").text.count('<div class="alert"') == 3


@pytest.mark.django_db(transaction=True)
def test_kept_pages_show_it_at_once_and_do_not_outlive_it(kept_site, collaborator, head):
    url = make_published(collaborator, head).get_absolute_url()
    file = f"vua.may{url}index.html.gz"
    reader = Client()
    assert STORM not in reader.get(url).text
    midnight = kept_site.get(file).until
    begins = timezone.now() + MINUTE
    alert = Alert.objects.create(text=STORM, starts_at=begins, ends_at=begins + MINUTE)
    announce(alert)
    assert kept_site.get(file) is None
    assert STORM not in reader.get(url).text
    assert kept_site.get(file).until == begins.timestamp() < midnight
    assert 0 < Command().seconds_to_change() < 61  # the worker wakes for it

    Alert.objects.update(starts_at=timezone.now())
    announce(alert)
    assert STORM in reader.get(url).text
    ends = alert.ends_at.timestamp()
    assert kept_site.get(file).until == ends
    # From that moment nobody hands it out: not the application, and not nginx once the worker has woken.
    assert kept_site.get(file, now=ends) is None
    kept_site.sweep(now=ends)
    assert not (kept_site.live / file).exists()
    Alert.objects.update(ends_at=timezone.now())
    announce(alert)
    assert STORM not in reader.get(url).text


@pytest.mark.django_db
def test_the_desk_says_it_corrects_it_and_takes_it_off(client, managing_editor):
    client.force_login(managing_editor)
    add, now = reverse(f"{FORM}_add"), timezone.localtime()
    for field, wrong in {
        "url": {"url": "javascript:alert(1)"},
        "text": {"text": ""},
        "ends_at": written("ends_at", now + datetime.timedelta(days=40)),
        "__all__": written("starts_at", now + 2 * HOUR),
    }.items():
        answer = client.post(add, form(**wrong))
        assert answer.status_code == 200 and field in answer.context["adminform"].errors, field
    assert "Giờ này đã qua" in client.post(add, form(**written("ends_at", now - MINUTE))).text
    assert not Alert.objects.exists()

    assert client.post(add, form()).status_code == 302
    alert = Alert.objects.get()
    assert STORM in Client().get("/").text
    assert AuditEntry.objects.filter(actor=managing_editor, object_id=str(alert.pk)).exists()
    assert "Đang thấy" in client.get(reverse(f"{FORM}_changelist")).text
    one, delete = reverse(f"{FORM}_change", args=[alert.pk]), f"{FORM}_delete"
    assert client.post(reverse(delete, args=[alert.pk])).status_code == 403  # readers have seen it
    assert client.post(one, form(text="Mưa đã ngớt.")).status_code == 302
    assert "Mưa đã ngớt." in Client().get("/").text
    assert client.post(one, form(text="Mưa đã ngớt.", end_now="on")).status_code == 302
    assert SIGN not in Client().get("/").text
    assert client.post(one, form(text="Lại mưa.")).status_code == 403  # what is over stays as it was
    waiting = make_alert("Chưa hiện", starts_at=timezone.now() + HOUR)
    assert client.post(reverse(delete, args=[waiting.pk]), {"post": "yes"}).status_code == 302


@pytest.mark.django_db
def test_who_has_not_the_permission_may_not(client, desk_editor, auditor):
    make_alert()
    client.force_login(desk_editor)
    assert client.get(reverse(f"{FORM}_changelist")).status_code == 403
    assert client.post(reverse(f"{FORM}_add"), form()).status_code == 403
    client.force_login(auditor)
    assert client.get(reverse(f"{FORM}_changelist")).status_code == 200
    assert client.post(reverse(f"{FORM}_add"), form()).status_code == 403


def test_no_page_is_kept_beyond_midnight_when_nothing_else_changes(monkeypatch):
    monkeypatch.setattr(keeping, "_CHANGES", [lambda: None])
    assert keeping.next_change() == keeping.midnight()
