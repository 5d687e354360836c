"""Words for people: roles and departments."""

from django.utils.translation import gettext_lazy as _

from fregat.lib.rights import Role

ROLE_LABELS = {
    Role.OPERATOR: _("operator"),
    Role.SENIOR: _("senior manager"),
    Role.HEAD: _("head of the contact centre"),
    Role.DIRECTOR: _("director"),
    Role.DOCTOR: _("doctor-consultant"),
    Role.CLIENT: _("client manager"),
    Role.DEPARTMENT: _("employee of another department"),
    Role.ADMIN: _("system administrator"),
}

DEPARTMENT_LABELS = {
    "quality": _("quality control"),
    "data": _("personal data protection"),
    "other": _("other department"),
}
