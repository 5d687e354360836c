"""Named queries on handovers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q, QuerySet

from cases.casework.models import Case
from cases.casework.querysets import closed_to, leads
from cases.handover import terms
from fregat.lib import rights
from fregat.lib.rights import Scope
from shifts.roster.models import Shift
from staff.employees import selectors as staff

if TYPE_CHECKING:
    from cases.handover.models import Handover, Lapse, SignedSheet
    from staff.employees.models import Employee


class HandoverQuerySet(models.QuerySet["Handover"]):
    """Handovers."""

    def pending(self) -> HandoverQuerySet:
        """Nobody has accepted them, and there is still something to accept."""
        return self.filter(accepted_at=None, superseded_at=None)

    def visible_to(self, user: Employee, now: datetime) -> HandoverQuerySet:
        """Those of cases that the person may see, those that wait for them, and off shift their own cards.

        A giver off shift sees what is not accepted yet until 15 minutes after the move (B1); who was dismissed, none.
        """
        if not user.is_active or not rights.may(user.role, "handover.view"):
            return self.none()
        own_cards = Q(giver=user, moved_at__gt=now - terms.card_grace(), accepted_at=None, superseded_at=None)
        if closed_to(user, now):
            return self.filter(own_cards)
        cases = Case.objects.visible_to(user, now).values("id")
        return self.filter(own_cards | Q(receiver=user) | Q(case__in=cases))


class LapseQuerySet(models.QuerySet["Lapse"]):
    """Times in which nobody on duty answered for an open case."""

    def open(self) -> LapseQuerySet:
        """Those that go on."""
        return self.filter(ended_at=None)

    def visible_to(self, user: Employee, now: datetime) -> LapseQuerySet:
        """All for the whole centre and for who leads the shift; else of the own team and of cases that one sees."""
        scopes = rights.scopes(user.role, "lapse.view")
        if not scopes or closed_to(user, now):
            return self.none()
        if Scope.CENTRE in scopes or leads(user, now):
            return self.all()
        cases = Case.objects.visible_to(user, now).values("id")
        return self.filter(Q(responsible__in=staff.team_ids(user, now)) | Q(case__in=cases))


class SheetQuerySet(models.QuerySet["SignedSheet"]):
    """Signed pages of hand-over sheets."""

    def visible_to(self, user: Employee, now: datetime) -> SheetQuerySet:
        """Those of the giver and of the receiver, and of whoever is above them; nothing for operators off shift."""
        scopes = rights.scopes(user.role, "sheet.view")
        if not scopes or not user.is_active or closed_to(user, now):
            return self.none()
        if Scope.CENTRE in scopes:
            return self.all()
        return self.filter(Q(signer=user) | Q(shift__in=sheet_shifts(user, now).values("pk")))


def sheet_shifts(user: Employee, now: datetime) -> QuerySet[Shift]:
    """Shifts whose hand-over sheets are open to this person by their part in them or by whom they lead."""
    scopes = rights.scopes(user.role, "sheet.view")
    if not scopes or not user.is_active or closed_to(user, now):
        return Shift.objects.none()
    if Scope.CENTRE in scopes:
        return Shift.objects.all()
    part = Q(employee=user) | Q(handovers__hops__to=user)
    if Scope.TEAM in scopes:
        part |= Q(employee__in=staff.team_ids(user, now))
    if Scope.ROUTED in scopes:
        led = Shift.objects.all()
        part |= Q(pk__in=led.filter(led.beside_led_by(user, now)).values("pk"))
    return Shift.objects.filter(pk__in=Shift.objects.filter(part).values("pk"))
