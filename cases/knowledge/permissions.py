"""May this person? `check_…` raises with a sentence. What a person may not see is asked before, by `visible_to`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.insurance.models import Insurer
from cases.knowledge.models import Article
from cases.knowledge.querysets import asked_of
from fregat.lib import rights
from fregat.lib.errors import DomainError, NotAllowed, Sentence
from fregat.lib.rights import Scope
from staff.employees.models import Employee

_REFUSALS: dict[str, Sentence] = {
    "article.write": _("Articles are prepared by senior managers and client managers of the project, and by the head."),
    "article.publish": _("Articles are published and withdrawn by the head of the contact centre."),
    "article.remind": _("Senior managers remind their own team, the head everybody."),
    "article.receipts": _("Who has read is seen by senior managers, the head and the director."),
}  # fmt: skip


def check_role(by: Employee, action: str) -> None:
    """May this role do the action at all? Raises NotAllowed."""
    if not (by.is_active and rights.lets(by, action)):
        raise NotAllowed(_REFUSALS.get(action))


def check_of_insurer(by: Employee, action: str, insurer_id: int | None) -> None:
    """May the person do it for this insurer; null: for all of them, which the head alone does? Raises NotAllowed."""
    check_role(by, action)
    if Scope.CENTRE in rights.scopes_of(by, action):
        return
    if insurer_id is None:
        raise NotAllowed(_("Articles for all insurers are written by the head of the contact centre."))
    if not Insurer.objects.visible_to(by).filter(pk=insurer_id).exists():
        raise NotAllowed(_("You do not work on the project of this insurer."))


def check_acknowledge(by: Employee, article: Article) -> None:
    """Whoever helps by it acknowledges it. Raises NotAllowed for whoever only reads it."""
    check_role(by, "article.acknowledge")
    if not asked_of(article).filter(pk=by.pk).exists():
        raise NotAllowed(_("This article does not ask for your acknowledgement."))


def can(by: Employee, action: str, article: Article) -> bool:
    """Does the row let the person do it with this article?"""
    try:
        check_of_insurer(by, action, article.insurer_id)
    except DomainError:
        return False
    return True
