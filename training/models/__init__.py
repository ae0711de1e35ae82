"""The tables of this room."""

from training.models.attendance import Scan, Sitting
from training.models.attestation import Attestation, AttestationList
from training.models.enrolment import Enrolment, InvitedKind, InvitedUnit, Question
from training.models.opinion import Opinion
from training.models.participant import Participant

__all__ = [
    "Attestation",
    "AttestationList",
    "Enrolment",
    "InvitedKind",
    "InvitedUnit",
    "Opinion",
    "Participant",
    "Question",
    "Scan",
    "Sitting",
]
