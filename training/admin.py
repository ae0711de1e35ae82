"""All addresses of this room; none of them is public."""

from django.contrib import admin
from django.urls import path

from training import following
from training.attesting import admin as attesting_admin
from training.pages.enrolment_form import enrolment_add, enrolment_edit
from training.pages.gate_page import gate_page, gate_roll, gate_send, gate_worker
from training.pages.papers_page import begin_papers, mail_papers, revoke_page, unit_papers
from training.pages.person_page import person_add, person_edit, withdraw_person
from training.pages.report_page import report_file, report_page
from training.pages.roll_page import (
    enrolment_list,
    enrolment_page,
    invite_page,
    remind_units,
    roll_file,
    take_enrolment_step,
)
from training.pages.sittings_page import sittings_page
from training.pages.tickets_page import mail_tickets, unit_tickets
from training.pages.unit_page import list_page, unit_page

__all__ = ["attesting_admin", "following"]

_inside = admin.site.admin_view
_AT, _UNIT, _WHO = "dang-ky/<int:pk>/", "dang-ky/don-vi/<int:pk>/", "dang-ky/nguoi/<int:pk>/"

admin.site.pages += [  # type: ignore[attr-defined]  # NewsroomAdminSite's
    path("dang-ky/", _inside(enrolment_list), name="enrolment_list"),
    path("dang-ky/su-kien/<int:event_pk>/", _inside(enrolment_add), name="enrolment_add"),
    path(_AT, _inside(enrolment_page), name="enrolment_page"),
    path(f"{_AT}sua/", _inside(enrolment_edit), name="enrolment_edit"),
    path(f"{_AT}buoc/<slug:step>/", _inside(take_enrolment_step), name="enrolment_step"),
    path(f"{_AT}nhac/", _inside(remind_units), name="enrolment_remind"),
    path(f"{_AT}buoi/", _inside(sittings_page), name="enrolment_sittings"),
    path(f"{_AT}moi-rieng/", _inside(invite_page), name="enrolment_invite"),
    path(f"{_AT}danh-sach.xlsx", _inside(roll_file), name="enrolment_file"),
    path(_UNIT, _inside(unit_page), name="enrolment_unit"),
    path(f"{_UNIT}danh-sach/", _inside(list_page), name="enrolment_unit_list"),
    path(f"{_AT}bao-cao/", _inside(report_page), name="enrolment_report"),
    path(f"{_AT}bao-cao.xlsx", _inside(report_file), name="enrolment_report_file"),
    path(f"{_AT}giay/", _inside(begin_papers), name="enrolment_papers"),
    path(f"{_AT}gui-giay/", _inside(mail_papers), name="enrolment_papers_mail"),
    path(f"{_UNIT}giay.zip", _inside(unit_papers), name="enrolment_unit_papers"),
    path("dang-ky/giay/<int:pk>/thu-hoi/", _inside(revoke_page), name="attestation_revoke"),
    path(f"{_UNIT}ve/", _inside(unit_tickets), name="enrolment_unit_tickets"),
    path(f"{_AT}gui-ve/", _inside(mail_tickets), name="enrolment_mail"),
    path(f"{_UNIT}them/", _inside(person_add), name="enrolment_unit_add"),
    path(_WHO, _inside(person_edit), name="enrolment_person"),
    path("cong/sw.js", _inside(gate_worker), name="gate_worker"),
    path("cong/<int:pk>/", _inside(gate_page), name="gate"),
    path("cong/<int:pk>/so/", _inside(gate_roll), name="gate_roll"),
    path("cong/<int:pk>/gui/", _inside(gate_send), name="gate_send"),
    path(f"{_WHO}rut/", _inside(withdraw_person), name="enrolment_person_withdraw"),
]
