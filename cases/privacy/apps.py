"""The access log: who looked at whose data, when and why (JD II.15)."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """The access log: who looked at whose data, when and why (JD II.15)."""

    name = "cases.privacy"
    label = "privacy"

    def ready(self) -> None:
        """Hand over the rows of the matrix, the jobs, the notice, the checks of the settings."""
        from django.utils.translation import gettext_lazy as _

        from cases.privacy import checks, gates, labels, permissions, tasks  # noqa: F401 - the tasks register themselves
        from cases.privacy.rights import OBJECTS, RIGHTS, ROUTES
        from fregat.lib import context, navigation, notices, rights
        from staff.employees import registry as employees

        rights.register(RIGHTS, ROUTES, OBJECTS)
        gates.register()
        labels.explain_constraints()
        context.register("may_break_glass", lambda request: rights.lets(request.user, "glass.open"))
        navigation.add("glass", _("Broken glass"), "privacy:glasses", "hammer", 82, menu="person")
        checks.register_all()
        notices.register(
            "access_log_faults",
            _("A verification of the access log found that it was tampered with."),
            "shield-alert",
        )
        for kind, sentence in labels.NOTICES.items():
            notices.register(kind, sentence, "eye")
        for kind, sentence in labels.GLASS_NOTICES.items():
            notices.register(kind, sentence, "hammer", open_to=permissions.glasses_open_to)
        for kind, sentence in labels.CONSENT_NOTICES.items():
            notices.register(kind, sentence, "file-check", open_to=permissions.requests_open_to)
        navigation.add("disclosures", _("Passed on"), "privacy:disclosures", "send", 84, menu="person")
        navigation.add(
            "consents", _("Insurers’ consents"), "privacy:consents", "file-check", 83, menu="person"
        )
        navigation.add("my_looks", _("My looks"), "privacy:mine", "eye", 81, menu="person")
        employees.add_own_page(_("My looks"), "privacy:mine", "eye")
        navigation.add("access_log", _("Access log"), "privacy:log", "shield-check", 140)
