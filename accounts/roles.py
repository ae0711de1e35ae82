"""What each role may do: the one table role → permissions. `manage.py sync_roles` stores it."""

from django.db import models


class Role(models.TextChoices):
    """A role of the newsroom; a position gives it to a person in a unit."""

    COLLABORATOR = "collaborator", "Cộng tác viên"
    HEAD = "head", "Trưởng đơn vị"
    DEPUTY = "deputy", "Phó đơn vị"
    DESK_EDITOR = "desk_editor", "Biên tập viên Sở"
    MANAGING_EDITOR = "managing_editor", "Thư ký tòa soạn"
    REGISTRAR = "registrar", "Văn thư, thi đua"
    ACCOUNTANT = "accountant", "Kế toán"
    ADMINISTRATOR = "administrator", "Quản trị"
    AUDITOR = "auditor", "Kiểm tra"


def _all(app: str, *models_: str, acts: str = "view add change delete") -> set[str]:
    return {f"{app}.{act}_{model}" for model in models_ for act in acts.split()}


_DIRECTORY = ("department", "departmentname", "departmentrelation", "person", "position", "schoolyear")
_EVENT_PARTS = ("event", "programmeitem", "delegate", "participatinggroup", "eventphoto", "eventdocument")
_AWARDS = ("awardkind", "decision", "commendation", "basesalary", "rewardrate", "lawversion")

READ_DIRECTORY = _all("departments", *_DIRECTORY, acts="view")
READ_EVERYWHERE = (
    READ_DIRECTORY
    | _all("media", "photo", acts="view")
    | _all("documents", "officialdocument", acts="view")
    | _all("events", *_EVENT_PARTS, acts="view")
    | _all("awards", *_AWARDS, acts="view")
    | {"articles.view_section"}
)
WRITE_STORIES = (
    _all("articles", "article", "articlebyline", acts="view add change")
    | {"articles.submit_article", "articles.delete_articlebyline"}
    | _all("media", "photo", "pupil", "datarequest", acts="view add change")
)
# Deadlines for answers, and which units review stories.
_ROUTES = {"articles.{}_reviewroute", "departments.{}_dayoff"}
READ_ROUTES = {perm.format("view") for perm in _ROUTES}
# Rounds of commendation: a unit's people write its proposal, who heads it sends it.
PROPOSE = {"rounds.view_round", "rounds.add_proposal"}
SEND_PROPOSALS = PROPOSE | {"rounds.submit_proposal"}
# Training days: a unit's people enrol its participants, the desk of the host runs the day.
ENROL = {"training.view_enrolment", "training.add_participant", "training.check_in_participant"}
RUN_ENROLMENT = {f"training.{act}_enrolment" for act in ("view", "add", "change")}
RUN_ENROLMENT |= {"training.view_participant", "training.check_in_participant"}
ATTEST = {f"training.{act}_attestationlist" for act in ("view", "change", "submit", "withdraw")}
APPROVE_ATTESTATIONS = {f"training.{act}_attestationlist" for act in ("view", "approve")}
# Fees: the desk prepares a month, the accountant checks and pays, who heads the paying unit approves.
PREPARE_FEES = {f"fees.{act}_feemonth" for act in ("view", "add", "change")}
PREPARE_FEES |= {"fees.view_payee", "fees.add_payee"} | _all("fees", "feerate", "feeterms", acts="view")
CHECK_FEES = {f"fees.{act}_feemonth" for act in ("view", "check", "close")}
CHECK_FEES |= {f"fees.{act}_payee" for act in ("view", "add", "change", "read_numbers")}
CHECK_FEES |= _all("fees", "feerate", "feeterms", "taxrule")
APPROVE_FEES = {f"fees.{act}_feemonth" for act in ("view", "approve")}
# What an event gives on its day: its host's people bring files, the host's head releases them.
BRING_MATERIALS = {f"daybook.{act}_material" for act in ("view", "add", "change", "delete", "submit")}
RELEASE_MATERIALS = {"daybook.view_material", "daybook.approve_material"}
WITHDRAW_MATERIALS = {"daybook.withdraw_material"}
# Notes of the day: the host's people write them; its head, or whom the head names for an event, approves.
WRITE_NOTES = {f"daybook.{act}_note" for act in ("view", "add", "change", "delete", "submit", "relay")}
APPROVE_NOTES = {f"daybook.{act}_note" for act in ("view", "approve")}
LEAD_NOTES = {"daybook.withdraw_note"}
READ_HISTORY = _all("articles", "revision", "reviewdecision", "release", "publishedarticle", acts="view")

PERMISSIONS: dict[Role, set[str]] = {
    Role.COLLABORATOR: READ_EVERYWHERE
    | WRITE_STORIES
    | READ_HISTORY
    | PROPOSE
    | ENROL
    | BRING_MATERIALS
    | WRITE_NOTES,
    Role.HEAD: READ_EVERYWHERE
    | WRITE_STORIES
    | READ_HISTORY
    | {"articles.approve_article", "articles.send_back_article", "articles.withdraw_publishedarticle"}
    | {"events.approve_event", "events.withdraw_event"}
    | {"awards.publish_decision", "awards.withdraw_decision"}
    | SEND_PROPOSALS
    | ENROL
    | APPROVE_ATTESTATIONS
    | APPROVE_FEES
    | RELEASE_MATERIALS
    | WITHDRAW_MATERIALS
    | APPROVE_NOTES
    | LEAD_NOTES
    | {"daybook.add_entrustment"}
    | {"departments.delegate_position"},
    # Decides when it is a deputy's turn (records.holding); may not withdraw.
    Role.DEPUTY: READ_EVERYWHERE
    | WRITE_STORIES
    | READ_HISTORY
    | {"articles.approve_article", "articles.send_back_article"}
    | {"events.approve_event", "awards.publish_decision"}
    | SEND_PROPOSALS
    | ENROL
    | APPROVE_ATTESTATIONS
    | RELEASE_MATERIALS
    | APPROVE_NOTES
    | {"daybook.relay_note"},
    Role.DESK_EDITOR: READ_EVERYWHERE
    | WRITE_STORIES
    | READ_HISTORY
    | _all("articles", "section")
    | _all("articles", "tag", acts="view add change")
    | _all("events", *_EVENT_PARTS)
    | {"events.submit_event", "articles.second_read_article"}
    | RUN_ENROLMENT
    | ATTEST
    | BRING_MATERIALS
    | WITHDRAW_MATERIALS
    | WRITE_NOTES
    | LEAD_NOTES,
    Role.MANAGING_EDITOR: READ_EVERYWHERE
    | WRITE_STORIES
    | READ_HISTORY
    | _all("articles", "section")
    | _all("articles", "tag", acts="view add change")
    | _all("frontpage", "placement")
    | _all("identity", "alert")
    | _all("events", *_EVENT_PARTS)
    | {"articles.withdraw_publishedarticle", "articles.import_article", "articles.second_read_article"}
    | {"articles.view_breakglass", "articles.view_urgentwithdrawal"}
    | {"events.submit_event", "events.withdraw_event"}
    | RUN_ENROLMENT
    | ATTEST
    | PREPARE_FEES
    | BRING_MATERIALS
    | WITHDRAW_MATERIALS
    | WRITE_NOTES
    | LEAD_NOTES
    | READ_ROUTES,
    Role.REGISTRAR: READ_EVERYWHERE
    | _all("awards", *_AWARDS)
    | {"awards.submit_decision", "awards.withdraw_decision", "awards.revoke_commendation"}
    | {"awards.print_decision"}
    | _all("press", "printtemplate", "printer")
    | _all("rounds", "round", "councilsession", acts="view add change")
    | {"rounds.screen_proposal"}
    | _all("documents", "officialdocument")
    | {"documents.publish_officialdocument", "documents.withdraw_officialdocument"},
    Role.ACCOUNTANT: READ_EVERYWHERE | CHECK_FEES,
    Role.ADMINISTRATOR: READ_EVERYWHERE
    | _all("fees", "payer", acts="view add change")
    | _all("identity", "siteidentity", "alert")
    | _all("signing", "trustedcertificate", "signername")
    | _all("departments", *_DIRECTORY)
    | _all("accounts", "user", acts="view add change")
    | {perm.format(act) for perm in _ROUTES for act in ("view", "add", "change", "delete")},
    Role.AUDITOR: READ_EVERYWHERE
    | _all("articles", "article", "articlebyline", acts="view")
    | {"articles.audit_article", "articles.view_breakglass", "articles.view_urgentwithdrawal"}
    | READ_HISTORY
    | READ_ROUTES
    | {"rounds.view_round", "rounds.view_proposal", "fees.view_feemonth"}
    | {"training.view_enrolment", "training.view_participant", "training.view_attestationlist"}
    | {"daybook.view_material", "daybook.view_note"}
    | _all("approvals", "statuschange", "auditentry", acts="view")
    | _all("frontpage", "placement", acts="view")
    | _all("identity", "alert", acts="view")
    | _all("accounts", "user", acts="view"),
}

# Whoever may do such an act shows readers something at once.
_DECIDING_ACTS = (".approve_", ".publish_")
# The default of settings.SECOND_FACTOR_ROLES: who decides what readers see, the desk that withdraws and
# imports, and who opens accounts.
GUARDED_ROLES = [
    role
    for role, held in PERMISSIONS.items()
    if role in (Role.MANAGING_EDITOR, Role.ADMINISTRATOR)
    or any(act in permission for act in _DECIDING_ACTS for permission in held)
]
