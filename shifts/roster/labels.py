"""Words for people: kinds of shifts."""

from django.utils.translation import gettext_lazy as _

KIND_LABELS = {"day": _("day"), "night": _("night")}
