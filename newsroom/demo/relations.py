"""The dated relations of the demo's units. The five chains of the reform are marked."""

import datetime
from typing import NamedTuple

from departments.enums import RelationKind, SuccessionKind
from newsroom.demo.units import COMMUNES, LAST_DAY, LONG_AGO, MERGER, PENDING, REFORM, TWO_LEVELS

ADMINISTRATIVE, PROFESSIONAL = RelationKind.ADMINISTRATIVE, RelationKind.PROFESSIONAL
LOCATION, SUCCESSION = RelationKind.LOCATION, RelationKind.SUCCESSION
OLD, EASTERN, NEW = "SGD-DL-2004", "SGD-PY", "SGD-DL"


class Relation(NamedTuple):
    """A dated relation between two units, by their codes."""

    unit: str
    kind: RelationKind
    other: str
    since: datetime.date = LONG_AGO
    until: datetime.date | None = None
    document: str = ""
    succession: str = ""


def _until_reform(unit: str, kind: RelationKind, other: str) -> Relation:
    return Relation(unit, kind, other, until=LAST_DAY)


def _since_reform(unit: str, kind: RelationKind, other: str, document: str = "") -> Relation:
    return Relation(unit, kind, other, since=REFORM, document=document)


def _of_the_office(unit: str, before: str = OLD) -> tuple[Relation, ...]:
    """Owned and guided by the Sở of the day: names stay, the unit above changes (chain 1)."""
    return tuple(
        row
        for kind in (ADMINISTRATIVE, PROFESSIONAL)
        for row in (_until_reform(unit, kind, before), _since_reform(unit, kind, NEW))
    )


def _of_a_district(unit: str, committee: str, office: str, commune: str) -> tuple[Relation, ...]:
    """One unit above, the phòng GD&ĐT, is replaced by two of different kinds (chains 2 and 3)."""
    return (
        _until_reform(unit, ADMINISTRATIVE, committee),
        _until_reform(unit, PROFESSIONAL, office),
        _since_reform(unit, ADMINISTRATIVE, commune, COMMUNES),
        _since_reform(unit, PROFESSIONAL, NEW, TWO_LEVELS),
    )


def _succession(unit: str, other: str, how: SuccessionKind, document: str) -> Relation:
    return Relation(unit, SUCCESSION, other, REFORM, None, document, how)


DIVISIONS = tuple(
    _since_reform(unit, kind, NEW)
    for unit in ("SGD-DL-VP", "SGD-DL-BTT", "SGD-DL-TRH", "SGD-DL-KHTC", "SGD-DL-CTHS")
    for kind in (ADMINISTRATIVE, PROFESSIONAL)
)
OFFICE_MERGER = (
    _succession(OLD, NEW, SuccessionKind.MERGE, MERGER),
    _succession(EASTERN, NEW, SuccessionKind.MERGE, MERGER),
)

CHAIN_1 = (
    *_of_the_office("THPT-CVA"),
    _until_reform("THPT-CVA", LOCATION, "DB-BMT-TP"),
    _since_reform("THPT-CVA", LOCATION, "DB-BMT"),
)
CHAIN_2 = (
    _until_reform("PGD-KP", ADMINISTRATIVE, "UBND-KP"),
    _until_reform("PGD-KP", PROFESSIONAL, OLD),
    *_of_a_district("TH-EP", "UBND-KP", "PGD-KP", "UBND-EAPHE"),
    _since_reform("VHXH-EAPHE", ADMINISTRATIVE, "UBND-EAPHE"),
    _since_reform("VHXH-EAPHE", PROFESSIONAL, NEW),
    _succession("PGD-KP", "VHXH-EAPHE", SuccessionKind.TRANSFER, TWO_LEVELS),
)
_WARDS = ("TUYHOA", "PHUYEN", "BINHKIEN")
CHAIN_3 = (
    _until_reform("PGD-TH", ADMINISTRATIVE, "UBND-TH"),
    _until_reform("PGD-TH", PROFESSIONAL, EASTERN),
    *_of_a_district("THCS-HV", "UBND-TH", "PGD-TH", "UBND-TUYHOA"),
    *_of_a_district("TH-LLQ", "UBND-TH", "PGD-TH", "UBND-PHUYEN"),
    *_of_a_district("TH-BK", "UBND-TH", "PGD-TH", "UBND-BINHKIEN"),
    *(_since_reform(f"VHXH-{ward}", ADMINISTRATIVE, f"UBND-{ward}") for ward in _WARDS),
    *(_since_reform(f"VHXH-{ward}", PROFESSIONAL, NEW) for ward in _WARDS),
    *(_succession("PGD-TH", f"VHXH-{ward}", SuccessionKind.SPLIT, TWO_LEVELS) for ward in _WARDS),
)
CHAIN_4 = (*_of_the_office("THPT-PBC-T"), *_of_the_office("THPT-PBC-D", before=EASTERN))


def _undecided(unit: str) -> tuple[Relation, ...]:
    """The day is known, the document is not: it belongs to the Sở until the province decides."""
    return (
        _until_reform(unit, ADMINISTRATIVE, "UBND-KA"),
        _until_reform(unit, PROFESSIONAL, OLD),
        _since_reform(unit, ADMINISTRATIVE, NEW, PENDING),
        _since_reform(unit, PROFESSIONAL, NEW, PENDING),
    )


CHAIN_5 = (*_undecided("NT-KA"), *_undecided("TT-KA"))

_DIRECT = ("THPT-BMT", "THPT-NGT", "THPT-EHL", "NT-LAK", "NT-NTL", "TT-EK")
# Owned by communes that the demo does not have; guided by the Sở since the districts ended.
_GUIDED = ("THCS-PCT", "THCS-YJ", "THCS-EL", "MN-HPL")
OTHERS = (
    *(row for unit in _DIRECT for row in _of_the_office(unit)),
    *(_since_reform(unit, PROFESSIONAL, NEW) for unit in _GUIDED),
    _until_reform("PGD-CM", ADMINISTRATIVE, "UBND-CM"),
    _until_reform("PGD-CM", PROFESSIONAL, OLD),
    _until_reform("PGD-BH", ADMINISTRATIVE, "UBND-BH"),
    _until_reform("PGD-BH", PROFESSIONAL, OLD),
    _since_reform("VHXH-CUMGAR", ADMINISTRATIVE, "UBND-CUMGAR"),
    _since_reform("VHXH-CUMGAR", PROFESSIONAL, NEW),
    _since_reform("VHXH-BUONHO", ADMINISTRATIVE, "UBND-BUONHO"),
    _since_reform("VHXH-BUONHO", PROFESSIONAL, NEW),
    _succession("PGD-CM", "VHXH-CUMGAR", SuccessionKind.TRANSFER, TWO_LEVELS),
    _succession("PGD-BH", "VHXH-BUONHO", SuccessionKind.TRANSFER, TWO_LEVELS),
)

RELATIONS = OFFICE_MERGER + DIVISIONS + CHAIN_1 + CHAIN_2 + CHAIN_3 + CHAIN_4 + CHAIN_5 + OTHERS
