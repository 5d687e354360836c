"""Tariffs of the insurers, the calculator of the premium, contracts entered by their rules (JD II.3, C6)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContractsConfig(AppConfig):
    """Tariffs of the insurers, the calculator of the premium, contracts entered by their rules (JD II.3, C6)."""

    name = "cases.contracts"
    label = "contracts"
    verbose_name = _("Contracts")

    def ready(self) -> None:
        """Hand the room's rows of the matrix over, say which policies were sold, stand in the bar."""
        from cases.contracts import sales
        from cases.contracts.labels import CONSTRAINTS
        from cases.contracts.rights import OBJECTS, RIGHTS, ROUTES
        from cases.contracts.selectors import get_contract, get_programme
        from fregat.lib import db, gates, navigation, rights

        rights.register(RIGHTS, ROUTES, OBJECTS)
        db.explain_all(CONSTRAINTS)
        sales.register()
        gates.register(programme=get_programme, contract=get_contract)
        navigation.add("contracts", _("Contracts"), "contracts:contracts", "signature", 78)
        navigation.add("tariff", _("Tariff calculator"), "contracts:tariff", "calculator", 79)
