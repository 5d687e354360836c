"""Words for people: verdicts, their reasons, genders."""

from django.utils.translation import gettext_lazy as _

GENDER_LABELS = {"f": _("woman"), "m": _("man")}
