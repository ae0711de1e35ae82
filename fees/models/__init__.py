from fees.models.month import Correction, FeeMonth, Share, Work
from fees.models.payee import Commitment, Payee, Payer
from fees.models.rates import FeeRate, FeeTerms, LoadedPack, TaxRule
from fees.models.sheet import PayLine, PaySheet

__all__ = [
    "Commitment",
    "Correction",
    "FeeMonth",
    "FeeRate",
    "FeeTerms",
    "LoadedPack",
    "PayLine",
    "PaySheet",
    "Payee",
    "Payer",
    "Share",
    "TaxRule",
    "Work",
]
