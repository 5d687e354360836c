"""Job descriptions and other documents, decisions of the head, signatures (JD III.1, X.1-2)."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Job descriptions and other documents, decisions of the head, signatures (JD III.1, X.1-2)."""

    name = "staff.documents"
    label = "documents"

    def ready(self) -> None:
        """Hand over the rows of the matrix, the sentences, the kind of order, the notices, the place in the bar."""
        from django.core import checks
        from django.utils.translation import gettext_lazy as _

        from fregat.lib import frame, gates, navigation, notices, rights, search
        from fregat.lib.expressions import row_in, row_of
        from staff.documents import labels, permissions, registry, selectors, tasks  # noqa: F401 - the tasks register themselves
        from staff.documents.models import DocumentVersion
        from staff.documents.orders import DOCUMENT
        from staff.documents.rights import OBJECTS, RIGHTS, ROUTES
        from staff.documents.search import documents
        from staff.employees import panels
        from staff.employees.registry import add_order_kind, mark_people

        rights.register(RIGHTS, ROUTES, OBJECTS)
        gates.register(document=selectors.get_document, decision=selectors.decision_of)
        labels.explain_constraints()
        for kind, (sentence, icon) in labels.NOTICES.items():
            notices.register(kind, sentence, icon)
        add_order_kind(DOCUMENT)
        panels.add(panels.Panel("signatures", 50, "documents/_of_employee.html", selectors.signatures_card))
        mark_people(selectors.unsigned_marks)
        search.register(documents, order=80)
        frame.register(
            permissions.first_unsigned,
            lambda one, now: row_in(permissions.unsigned_in_time(one, now), DocumentVersion),
            read=row_of(DocumentVersion),
        )
        checks.register(registry.check_doors)
        navigation.add("documents", _("Documents"), "documents:documents", "file-text", 80)
