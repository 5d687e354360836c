"""Insurers, programmes with covers, policies, insured persons (JD II.1, II.3)."""

from cases.insurance.models.insurers import Insurer, InsurerUserObjectPermission, Programme
from cases.insurance.models.persons import InsuredPerson, Surname, SurnameCut
from cases.insurance.models.policies import NumberDigits, NumberKey, Policy, PolicyPerson
from cases.insurance.models.reference import Country, Currency, ServiceKind, Territory
from cases.insurance.models.rulebook import Cover, Edition, Example, Exclusion

__all__ = [
    "Country",
    "Cover",
    "Currency",
    "Edition",
    "Example",
    "Exclusion",
    "InsuredPerson",
    "Insurer",
    "InsurerUserObjectPermission",
    "NumberDigits",
    "NumberKey",
    "Policy",
    "PolicyPerson",
    "Programme",
    "ServiceKind",
    "Surname",
    "SurnameCut",
    "Territory",
]
