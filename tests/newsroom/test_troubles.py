"""Administrators read in words what monitors read as yes and no."""

import pytest

from newsroom.backups import results
from newsroom.backups.refusal import BackupRefused
from newsroom.health import readiness, troubles

pytestmark = pytest.mark.django_db
PAGE = "/admin/tinh-trang/"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "uploads"


def test_every_check_has_its_words():
    assert troubles.DUTIES.keys() == readiness.run_checks().keys()


def test_what_is_amiss_stands_first_with_what_helps(client, administrator):
    client.force_login(administrator)
    html = client.get(PAGE).content.decode()
    assert "1 việc cần xem ngay" in html  # no worker has been here
    assert troubles.DUTIES["worker"].helps in html
    readiness.note_worker_alive()
    html = client.get(PAGE).content.decode()
    assert "Mọi thứ đang chạy tốt." in html
    assert troubles.DUTIES["worker"].helps not in html


def test_the_last_backups_say_why_they_failed(client, administrator):
    with pytest.raises(BackupRefused), results.noted():
        raise BackupRefused("Đĩa chứa /srv/sao-luu đã đầy.")
    client.force_login(administrator)
    assert "Đĩa chứa /srv/sao-luu đã đầy." in client.get(PAGE).content.decode()


@pytest.mark.parametrize("who", ["collaborator", "head", "managing_editor", "registrar", "auditor"])
def test_it_is_for_administrators_only(client, request, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get(PAGE).status_code == 403
    assert PAGE not in client.get("/admin/").content.decode()
