"""Who found a hole is told where to write, in the form that finders look for (RFC 9116)."""

import datetime

from django.utils import timezone

ADDRESS = "/.well-known/security.txt"


def fields(client):
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    return [tuple(line.split(": ", 1)) for line in answer.text.splitlines()]


def test_it_names_a_contact_and_a_date_within_a_year(client, db, settings):
    settings.SITE_URL, settings.SECURITY_CONTACT = "https://giaoduc.example", []
    said = fields(client)
    assert [name for name, _ in said] == ["Contact", "Expires", "Preferred-Languages", "Canonical"]
    assert dict(said)["Contact"] == "https://giaoduc.example/lien-he/"
    assert client.get("/lien-he/").status_code == 200
    assert dict(said)["Canonical"] == f"https://giaoduc.example{ADDRESS}"
    assert dict(said)["Preferred-Languages"] == "vi, en"
    ends = datetime.datetime.fromisoformat(dict(said)["Expires"])
    assert datetime.timedelta(days=30) < ends - timezone.now() < datetime.timedelta(days=365)


def test_an_office_names_its_own_contacts(client, settings):
    settings.SECURITY_CONTACT = ["mailto:an-toan@giaoduc.example", "tel:+84-262-3000-000"]
    assert [value for name, value in fields(client) if name == "Contact"] == settings.SECURITY_CONTACT
