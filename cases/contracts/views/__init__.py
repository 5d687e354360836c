"""Pages of the room."""

from cases.contracts.views.calculator import programme, tariff, tariffs
from cases.contracts.views.contract import annul, contract, contracts, paper
from cases.contracts.views.entry import new
from cases.contracts.views.keeping import publish, series

__all__ = [
    "annul",
    "contract",
    "contracts",
    "new",
    "paper",
    "programme",
    "publish",
    "series",
    "tariff",
    "tariffs",
]
