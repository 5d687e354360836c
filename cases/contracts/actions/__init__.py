"""The only writers of the room, by subject."""

from cases.contracts.actions.annulment import CasesRely, annul_contract
from cases.contracts.actions.entering import (
    ContractFacts,
    KnownAlready,
    PersonFacts,
    SentAlready,
    enter_contract,
)
from cases.contracts.actions.papers import pass_on_paper
from cases.contracts.actions.series import add_series, take_number
from cases.contracts.actions.tariffs import TariffFacts, publish_tariff

__all__ = [
    "CasesRely",
    "ContractFacts",
    "KnownAlready",
    "PersonFacts",
    "SentAlready",
    "TariffFacts",
    "add_series",
    "annul_contract",
    "enter_contract",
    "pass_on_paper",
    "publish_tariff",
    "take_number",
]
