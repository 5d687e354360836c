"""Words for people: roles and departments, fields of a record, languages."""

from datetime import datetime
from typing import Any, NamedTuple

from babel import Locale
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from fregat.lib import clock, phones
from fregat.lib.db import explain_all
from fregat.lib.errors import Sentence
from fregat.lib.rights import Department, Role
from staff.employees.statuses import OrderState

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
    Department.QUALITY: _("quality control"),
    Department.DATA: _("personal data protection"),
    Department.OTHER: _("other department"),
}

FIELD_LABELS = {
    "username": _("Sign-in name"),
    "last_name": _("Surname"),
    "first_name": _("Name"),
    "patronymic": _("Patronymic"),
    "role": _("Position"),
    "department": _("Department"),
    "email": _("E-mail"),
    "phone": _("Work phone"),
    "extension": _("Extension"),
    "private_phone": _("Private phone"),
    "languages": _("Languages"),
    "is_active": _("May sign in"),
    "dismissed_at": _("Dismissed"),
}
"""Fields of an employee as the record and its history name them."""

LANGUAGES = (
    "uk", "en", "pl", "de", "fr", "es", "it", "pt", "tr", "ar",
    "he", "ro", "hu", "cs", "sk", "bg", "hr", "el", "ka", "lt",
)  # fmt: skip
"""Languages offered in the form, as often as travellers need them; a record may hold any other of ISO 639-1."""

ORDER_STATE_LABELS = {
    OrderState.PROPOSED: _("proposed"),
    OrderState.WITHDRAWN: _("withdrawn"),
    OrderState.DECLINED: _("declined"),
    OrderState.WAITING: _("signed, waits for its moment"),
    OrderState.IN_FORCE: _("in force"),
    OrderState.REVOKED: _("revoked"),
}
GROUP_LABELS = {
    Role.DOCTOR: _("doctor-consultants"),
    Role.CLIENT: _("client managers"),
    Role.DEPARTMENT: _("employees of other departments"),
    Role.ADMIN: _("system administrators"),
}
"""People outside the teams, under one heading of the tree."""

CONSTRAINT_SENTENCES = {
    "security_event_noted_once": _("This is on record already."),
    "order_state_known": _("An order has no such state."),
    "order_signed_with_number": _("A signed order has a number, a date and a signature; a draft has none."),
    "order_in_force_since": _("An order is in force from the moment it took effect."),
    "order_revokes_an_order": _("A revoking order names the order that it revokes."),
    "order_proposed_by": _("A proposal has an author and a time."),
    "order_closed_by": _("A closed proposal says who closed it and when."),
    "order_declined_with_reason": _("A proposal is declined with a reason."),
    "order_failed_with_reason": _("An order that could not take effect says why."),
    "order_is_not_rewritten": _("A signed order is not changed: revoke it by another order."),
    "order_is_not_deleted": _("An order is never deleted: it is revoked by another order."),
    "order_moves_forward": _("This order has been decided already. Open it again to see how it stands."),
    "order_number_once": _("An order with this number exists already."),
    "employees_ordercounter_pkey": _("Somebody has taken this number. Please try again."),
    "employees_photograph_pkey": _("The photograph is being changed right now. Please try again."),
    "employees_order_revokes_id_key": _("This order has been revoked already."),
    "employees_employee_username_key": _("This sign-in name is taken."),
    "employee_role_known": _("There is no such position: choose one from the list."),
    "dismissed_cannot_sign_in": _("A dismissed employee cannot sign in."),
    "one_senior_at_a_time": _("The employee has another senior manager at that time."),
    "subordination_not_empty": _("The subordination ends before it begins."),
    "nobody_reports_to_self": _("Nobody is their own senior manager."),
    "operator_has_a_senior": _("An operator always has a senior manager: name one."),
    "team_has_a_senior": _("Operators report to a senior manager who is employed."),
    "dismissed_reports_to_nobody": _("A dismissed employee reports to nobody."),
    "one_substitute_at_a_time": _("Somebody substitutes for this senior manager at that time already."),
    "substitution_not_empty": _("The substitution ends before it begins."),
    "substitution_circle": _("This would close a circle, in which everybody acts for the next one."),
    "nobody_substitutes_self": _("Nobody substitutes for themselves."),
    "staff_import_state_known": _("An import has no such state."),
    "staff_import_decided_by": _("A decided import says by whom and when, and keeps no rows."),
    "employees_staffimport_or_staffimport_id_order_id_7dc08de8_uniq": _(
        "This import has made its orders already. Open it again to see them."
    ),
    "security_events_are_kept": _("A security event is neither changed nor deleted."),
    "exports_are_kept": _("A record of what was exported is neither changed nor deleted."),
    "staff_export_has_a_purpose": _("Say what the table is for."),
    "photograph_not_too_large": _("The photograph is too large to be kept."),
    "assigned_once_to_a_project": _("The employee works on this project already."),
}


ORDER_NOTICES = {
    "order_in_force": (
        _("Order № %(number)s has taken effect. %(heading)s: %(person)s."), "file-check",
    ),
    "order_failed": (
        _("Order № %(number)s could not take effect at its moment. %(heading)s: %(person)s."), "file-exclamation-point",
    ),
    "order_proposed": (_("%(author)s put an order before you. %(heading)s: %(person)s."), "file-pen"),
    "order_signed": (
        _("The order that you proposed is signed: № %(number)s. %(heading)s: %(person)s."), "file-check",
    ),
    "order_declined": (_("The order that you proposed is declined. %(heading)s: %(person)s."), "file-x"),
}  # fmt: skip
"""Kinds of notices about orders: sentence and icon."""


SECURITY_GROUPS: dict[str, Sentence] = {
    "refused": _("refused sign-ins"),
    "sign_in": _("sign-ins and places"),
    "account": _("accounts and passwords"),
    "factor": _("second factor"),
    "token": _("API tokens"),
    "settings": _("settings and tables"),
}
"""What the list of security events is narrowed to."""


class SecurityKind(NamedTuple):
    """How an event is shown: its group, sentence, icon and tone."""

    group: str
    label: Sentence
    icon: str
    tone: str = "quiet"


SECURITY_EVENTS = {
    "signed_in": SecurityKind("sign_in", _("Signed in"), "log-in"),
    "second_place": SecurityKind("sign_in", _("Signed in at two places at once"), "monitor-x", "warn"),
    "sign_in_refused": SecurityKind(
        "refused", _("Sign-in refused: the name or the password is wrong"), "x", "warn"
    ),
    "locked_out": SecurityKind(
        "refused", _("Locked out for five minutes after too many refusals"), "lock", "bad"
    ),
    "code_refused": SecurityKind(
        "refused", _("Sign-in refused: the code of the second factor is wrong"), "x", "warn"
    ),
    "account_opened": SecurityKind(
        "account", _("Account opened, or a new password given"), "key-round", "info"
    ),
    "password_changed": SecurityKind("account", _("Password changed by its owner"), "key-round"),
    "account_closed": SecurityKind("account", _("Account closed by a dismissal"), "user-x", "info"),
    "second_factor_on": SecurityKind("factor", _("Second factor set up"), "shield-check", "good"),
    "second_factor_off": SecurityKind(
        "factor", _("Second factor taken away by its owner"), "shield-off", "warn"
    ),
    "second_factor_codes": SecurityKind("factor", _("New recovery codes made"), "shield"),
    "second_factor_reset": SecurityKind(
        "factor", _("Second factor reset by the administrator"), "shield-off", "warn"
    ),
    "token_issued": SecurityKind("token", _("API token made"), "key-square", "info"),
    "token_withdrawn": SecurityKind("token", _("API token withdrawn"), "key-square"),
    "settings_changed": SecurityKind("settings", _("Reference data changed: %(what)s"), "database", "info"),
    "staff_exported": SecurityKind("settings", _("Table of the staff exported"), "download", "warn"),
    "attendance_exported": SecurityKind("settings", _("Table of working time exported"), "download", "warn"),
}
"""What is noted of accounts and doors."""


ACCOUNT_NOTICES = {
    "account_needed": (_("%(person)s has been appointed: open the account."), "key-round"),
    "second_factor_on": (_("The second factor of your account has been set up."), "shield-check"),
    "second_factor_off": (_("The second factor of your account has been taken away."), "shield-off"),
    "second_factor_codes": (_("New recovery codes have been made for your account."), "shield"),
    "second_factor_reset": (
        _("The administrator has reset your second factor. Set it up again on your own page."), "shield-off",
    ),
    "second_place": (
        _("Your account was signed in to from %(address)s (%(browser)s) while another sign-in goes on. If it"
          " was not you, change your password and tell your senior manager."),
        "monitor-x",
    ),
    "second_place_of": (
        _("%(name)s is signed in at two places at once: from %(address)s (%(browser)s) too."), "monitor-x",
    ),
}  # fmt: skip
"""Kinds of notices about an account: sentence and icon."""

SUBSTITUTION_NOTICES = {
    "substitution_set": (
        _("Substitution of %(senior)s: %(substitute)s acts from %(since)s until %(until)s."), "repeat",
    ),
    "substitution_begins": (
        _("Substitution of %(senior)s has begun: %(substitute)s acts until %(until)s."), "repeat",
    ),
    "substitution_ends": (
        _("Substitution of %(senior)s has ended: %(substitute)s does not act any more."), "repeat",
    ),
    "substitution_ended": (
        _("Substitution of %(senior)s was ended early, on %(until)s: %(substitute)s does not act any more."),
        "repeat",
    ),
    "substitution_dropped": (
        _("Substitution of %(senior)s by %(substitute)s, which was to begin on %(since)s, is cancelled."),
        "repeat",
    ),
}  # fmt: skip
"""Kinds of notices about substitutions: sentence and icon."""


def language_names() -> dict[str, str]:
    """Code of ISO 639-1 → name in the language of the page."""
    english = (get_language() or "uk").startswith("en")
    names = Locale("en" if english else "uk").languages
    return {code: name for code, name in names.items() if len(code) == 2}


def _usual(code: str) -> tuple[int, str]:
    """The order of languages as the form offers them."""
    return (LANGUAGES.index(code) if code in LANGUAGES else len(LANGUAGES), code)


def shown(name: str, value: Any) -> str:
    """The value of a field of the record in words; a dash for nothing."""
    if value in (None, "", []):
        return "—"
    if name == "role":
        return str(ROLE_LABELS.get(value, value))
    if name == "department":
        return str(DEPARTMENT_LABELS.get(value, value))
    if name == "languages":
        names = language_names()
        return ", ".join(names.get(code, code) for code in sorted(value, key=_usual))
    if name in {"phone", "private_phone"}:
        return phones.read_aloud(str(value))
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return f"{clock.local(value):%d.%m.%Y %H:%M}"
    return str(value)


# The first word that is found names it: most browsers also say that they are Chrome and Safari.
_BROWSERS = {"Edg": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrom": "Chrome", "Safari/": "Safari"}
_SYSTEMS = {
    "Windows": "Windows", "Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Mac OS": "macOS",
    "Linux": "Linux",
}  # fmt: skip
_AGENT_SHOWN = 60


def browser_name(user_agent: str) -> str:
    """«Chrome, Windows», as people call it; what is not known is shown as it says of itself, in short."""
    names = (_BROWSERS, _SYSTEMS)
    found = [next((name for sign, name in table.items() if sign in user_agent), "") for table in names]
    return ", ".join(filter(None, found)) or user_agent[:_AGENT_SHOWN]


def explain_constraints() -> None:
    """Give the database's refusals their sentences."""
    explain_all(CONSTRAINT_SENTENCES)
