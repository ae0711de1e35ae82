"""The demo is whole, says the seed story word for word, and running it again changes nothing."""

import io
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils import timezone

from accounts.models import User
from approvals.history import history
from articles.approval import commenting
from articles.enums import PublicState, Status
from articles.models import Article, PublishedArticle, Release, ReviewDecision
from articles.text.body import plain_text
from awards.models import Commendation
from departments.models import Department, DepartmentRelation
from events.enums import Occurrence
from events.models import Event
from identity import current
from newsroom.demo import generating, registers, seed_story, stories_moving
from newsroom.demo.people import ACCOUNTS
from newsroom.demo.relations import CHAIN_1, CHAIN_2, CHAIN_3, CHAIN_4, CHAIN_5
from newsroom.demo.rounds import seed_papers
from newsroom.demo.units import LAST_DAY
from press.running import draw_due
from signing.models import SignedFile
from tests import template
from tests.shared import SHARED

SEED = SHARED / "seed-story.txt"


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[str]:
    """What the command prints, run once for the module; the database is emptied after it."""
    folder = tmp_path_factory.mktemp("demo")
    places = {"VAR_DIR": folder, "STATIC_ROOT": folder / "static", "MEDIA_ROOT": folder / "uploads"}
    with override_settings(DEMO=True, **places):
        with django_db_blocker.unblock():
            printed = run(articles=2)
        yield printed
        with django_db_blocker.unblock():
            template.restore()


def run(**options) -> str:
    printed = io.StringIO()
    call_command("demo", no_serve=True, stdout=printed, **options)
    return printed.getvalue()


def seed_page() -> PublishedArticle:
    return PublishedArticle.objects.get(title=seed_story.TITLE)


def test_it_prints_the_address_and_every_account(demo, settings):
    assert "http://127.0.0.1:8000/" in demo
    assert settings.DEMO_PASSWORD in demo
    assert all(f"  {row.username} " in demo for row in ACCOUNTS)


def test_the_nine_accounts_stand_in_their_roles(demo):
    roles = {u.username: {p.role for p in u.person.positions.on()} for u in User.objects.all()}
    assert roles == {
        "ctv": {"collaborator"},
        "ctv2": {"collaborator"},
        "truongdonvi": {"head"},
        "truongdonvi2": {"head"},
        "bientap": {"desk_editor"},
        "thuky": {"managing_editor", "head"},
        "thidua": {"registrar"},
        "quantri": {"administrator"},
        "kiemtra": {"auditor"},
    }
    assert not User.objects.filter(is_superuser=True).exists()


def test_the_seed_story_is_live_word_for_word(demo):
    if not SEED.exists():
        pytest.skip("the seed story's own file is not beside the project")
    page, article = seed_page(), Article.objects.get(title=seed_story.TITLE)
    text = SEED.read_text().replace("\u00a0", " ")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    first, last = lines.index(page.hero["caption"]), lines.index("Tin tiêu điểm")
    assert lines[0] == page.title
    assert lines[1] == f"{page.source_mark} - {page.lead}"
    # The paper's page doubles each caption (alt and text); a caption stands once here, at its place.
    told = [
        line for line, before in zip(lines[first:last], lines[first - 1 :], strict=False) if line != before
    ]
    assert plain_text(article.body).splitlines() == told


def test_the_seed_story_has_its_photos_event_and_commendations(demo):
    page = seed_page()
    assert page.hero["caption"] == seed_story.AWARDED
    assert seed_story.WHOLE_ROOM in page.body_html
    assert (page.event.attendance_qualifier, page.event.attendance) == ("gần", 200)
    groups = page.commendation_decision.honour_groups()
    assert [group["label"] for group in groups] == ["2 tập thể", "5 cá nhân"]


def test_the_second_seed_story_leads_to_its_event(demo):
    page = PublishedArticle.objects.get(title=seed_story.SPARKLING_TITLE)
    assert page.event.title == "Sparkling Chu Văn An 2024"
    assert page.event.host.name == "Trường THPT Chu Văn An"
    told = Client().get(page.event.get_absolute_url()).text
    assert page.get_absolute_url() in told
    assert "do bản dùng thử đặt ra" in told


def test_one_training_day_has_its_notes_and_its_file(demo):
    address = Event.objects.get(title__startswith="Tập huấn an toàn thông tin").get_absolute_url()
    reader = Client()
    assert "Giờ thực hành đầu" in reader.get(f"{address}tin-nhanh/").text
    assert "Cẩm nang mật khẩu và thư lừa đảo" in reader.get(address).text


def test_ctv_wrote_the_seed_story_and_the_head_of_the_school_approved_it(demo):
    decision = ReviewDecision.objects.get(sha256=seed_page().sha256)
    assert decision.decided_by.username == "truongdonvi"
    assert decision.revision.created_by.username == "ctv"
    assert "Hiệu trưởng" in decision.capacity
    assert timezone.localdate(decision.decided_at).year == 2017


def test_stories_stand_in_every_state(demo):
    assert {row.status for row in Article.objects.all()} == set(Status)
    states = {row.state for row in PublishedArticle.objects.all()}
    assert states == {PublicState.LIVE, PublicState.WITHDRAWN}
    assert Release.objects.filter(done_at=None, due_at__gt=timezone.now()).count() == 1
    live = dict(PublishedArticle.objects.live().values_list("pk", "sha256"))
    edited = [a for a in Article.objects.filter(pk__in=live) if "140 quyển" in a.body]
    assert len(edited) == 1
    assert "140 quyển" not in PublishedArticle.objects.get(pk=edited[0].pk).body_html


def test_the_heads_words_go_with_the_returned_story(demo):
    returned = ReviewDecision.objects.get(verdict="returned")
    assert returned.revision.article.status == Status.RETURNED
    assert returned.note.startswith("Em ghi giúp chị rõ")


def test_comments_on_places_of_the_text_go_with_it_too(demo):
    article = Article.objects.get(title=stories_moving.RETURNED.title)
    found = [(thread.comment.place, thread.is_open) for thread in commenting.of_writer(article)]
    assert found == [("lead", True), ("figure", True), ("body", True)]


def test_events_stand_in_every_state(demo):
    public = Event.objects.public()
    assert {event.occurrence for event in public} == set(Occurrence)
    assert public.upcoming(timezone.now()).exists()
    assert public.past(timezone.now()).exists()
    assert Event.objects.exclude(pk__in=public).exists()


def test_the_seed_decision_has_its_sheets_one_signed_for_trial(demo):
    rows = Commendation.objects.filter(decision__number=registers.SEED_ORDER)
    assert [row.book_number for row in rows] == [str(number) for number in range(1, 8)]
    caches["default"].delete(current.KEY)  # the words of the demo's own identity again
    assert draw_due() == 1
    seed_papers.sign_when_drawn()
    seed_papers.sign_when_drawn()  # once
    signed = SignedFile.objects.get()
    assert (signed.is_trial, signed.row) == (True, rows[0].pk)
    page = Client().get(rows[0].get_absolute_url()).content.decode()
    assert "Chữ ký thử nghiệm, không có giá trị" in page
    assert "Đã ký số" not in page


def test_one_commendation_is_revoked(demo):
    assert Commendation.objects.public().exclude(revoked_on=None).count() == 1


@pytest.mark.parametrize("chain", [CHAIN_1, CHAIN_2, CHAIN_3, CHAIN_4, CHAIN_5])
def test_the_five_chains_of_the_reform_are_there(demo, chain):
    for row in chain:
        facts = {"department__code": row.unit, "kind": row.kind, "related__code": row.other}
        assert DepartmentRelation.objects.filter(
            valid_from=row.since, valid_until=row.until, **facts
        ).exists()


def test_the_old_office_has_closed_and_the_new_one_follows_two(demo):
    new = Department.objects.get(code="SGD-DL")
    before = new.reverse_relations.filter(kind="succession").values_list(
        "department__code", "department__valid_until"
    )
    assert dict(before) == {"SGD-DL-2004": LAST_DAY, "SGD-PY": LAST_DAY}


def test_readers_find_their_pages_and_are_told_what_is_invented(demo):
    client = Client()
    for address in (
        "/",
        "/su-kien/",
        "/khen-thuong/",
        "/van-ban/",
        "/don-vi/",
        seed_page().get_absolute_url(),
    ):
        response = client.get(address)
        assert response.status_code == 200, address
        assert "dữ liệu minh họa" in response.content.decode(), address


def test_the_password_opens_the_back_office(demo, settings):
    client = Client()
    words = {"username": "ctv", "password": settings.DEMO_PASSWORD}
    assert client.post("/admin/login/?next=/admin/", words).status_code == 302
    assert client.get("/admin/").status_code == 200


def test_generated_stories_are_whole(demo):
    pages = PublishedArticle.objects.live().filter(source_mark=generating.MARK)
    assert len(pages) == 2
    for page in pages:
        decision = ReviewDecision.objects.get(revision__article=page.pk)
        assert decision.sha256 == decision.revision.sha256 == page.sha256
        assert page.card_photo
        assert Client().get(page.get_absolute_url()).status_code == 200
        assert [step.step for step in history(Article.objects.get(pk=page.pk))] == ["generate"]


def test_events_and_commendations_are_generated_with_the_stories(demo):
    page = PublishedArticle.objects.live().filter(source_mark=generating.MARK).newest().first()
    shown = Client().get(page.get_absolute_url()).content.decode()
    assert page.event.get_absolute_url() in shown
    assert page.commendation_decision.number in shown
    assert "1 tập thể" in shown
    assert "4 cá nhân" in shown
    for record in (page.event, page.commendation_decision):
        assert [step.step for step in history(record)] == ["generate"]
        assert Client().get(record.get_absolute_url()).status_code == 200


def test_running_it_again_changes_nothing(demo):
    def contents() -> dict:
        return {m._meta.label: sorted(m._base_manager.values_list()) for m in apps.get_models() if _ours(m)}

    before = contents()
    run(articles=2)
    assert contents() == before


def _ours(model) -> bool:
    return model._meta.app_label not in ("sessions", "admin", "contenttypes", "auth")
