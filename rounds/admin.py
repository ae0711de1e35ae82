"""All addresses of this room; none of them is public."""

from django.contrib import admin
from django.urls import path

from rounds.pages.council_page import council_page, minutes_file
from rounds.pages.decision_page import decision_page
from rounds.pages.nominee_page import nominee_page, remove_nominee, take_nominee_step
from rounds.pages.paper_page import add_paper_page, paper_file, remove_paper_page
from rounds.pages.proposal_page import begin_proposal, list_page, proposal_page, take_proposal_step
from rounds.pages.round_form import late_page, round_add, round_edit
from rounds.pages.round_page import accept_chosen, round_list, round_page, take_round_step

_inside = admin.site.admin_view
_AT = "dot-khen/<int:pk>/"
_FILE, _WHO = "dot-khen/ho-so/<int:pk>/", "dot-khen/de-nghi/<int:pk>/"

admin.site.pages += [  # type: ignore[attr-defined]  # NewsroomAdminSite's
    path("dot-khen/", _inside(round_list), name="round_list"),
    path("dot-khen/them/", _inside(round_add), name="round_add"),
    path(_AT, _inside(round_page), name="round_page"),
    path(f"{_AT}sua/", _inside(round_edit), name="round_edit"),
    path(f"{_AT}buoc/<slug:step>/", _inside(take_round_step), name="round_step"),
    path(f"{_AT}du-dieu-kien/", _inside(accept_chosen), name="round_accept"),
    path(f"{_AT}gui-muon/", _inside(late_page), name="round_late"),
    path(f"{_AT}hoi-dong/", _inside(council_page), name="round_council"),
    path(f"{_AT}quyet-dinh/", _inside(decision_page), name="round_decision"),
    path(f"{_AT}lap-ho-so/", _inside(begin_proposal), name="round_begin"),
    path("dot-khen/bien-ban/<int:pk>/", _inside(minutes_file), name="round_minutes"),
    path(_FILE, _inside(proposal_page), name="round_proposal"),
    path(f"{_FILE}buoc/<slug:step>/", _inside(take_proposal_step), name="round_proposal_step"),
    path(f"{_FILE}danh-sach/", _inside(list_page), name="round_proposal_list"),
    path(f"{_FILE}them-tep/", _inside(add_paper_page), name="round_paper_add"),
    path("dot-khen/tep/<int:pk>/", _inside(paper_file), name="round_paper"),
    path("dot-khen/tep/<int:pk>/bo/", _inside(remove_paper_page), name="round_paper_remove"),
    path(_WHO, _inside(nominee_page), name="round_nominee"),
    path(f"{_WHO}bo/", _inside(remove_nominee), name="round_nominee_remove"),
    path(f"{_WHO}buoc/<slug:step>/", _inside(take_nominee_step), name="round_nominee_step"),
]
