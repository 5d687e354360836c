"""Guarantee letters: promises to providers to pay for help up to a limit (JD II.1, C2)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssistanceConfig(AppConfig):
    """Guarantee letters: promises to providers to pay for help up to a limit (JD II.1, C2)."""

    name = "cases.assistance"
    label = "assistance"
    verbose_name = _("Guarantee letters")

    def ready(self) -> None:
        """Say what is promised under a policy, stand on the page of a case, hand over the rows of the matrix."""
        from cases.assistance.labels import CONSTRAINTS, NOTICES, TIMELINE_LABELS, TIMELINE_WORDS
        from cases.assistance.rights import OBJECTS, RIGHTS, ROUTES
        from cases.assistance.selectors import committed, get_letter, open_to, panel_of, standing
        from cases.casework import labels as case_labels
        from cases.casework import registry as casework
        from cases.casework.statuses import Status
        from cases.insurance import registry as insurance
        from fregat.lib import db, gates, notices, rights

        rights.register(RIGHTS, ROUTES, OBJECTS)
        gates.register(letter=get_letter)
        db.explain_all(CONSTRAINTS)
        for kind, (sentence, icon) in NOTICES.items():
            notices.register(kind, sentence, icon, open_to=open_to)
        case_labels.TIMELINE_LABELS.update(TIMELINE_LABELS)
        case_labels.TIMELINE_WORDS.update(TIMELINE_WORDS)
        insurance.commitments(committed)
        casework.add_panel(panel_of)
        casework.add_transition_need(Status.CANCELLED, standing)
