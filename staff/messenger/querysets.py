"""Named queries on conversations and on who takes part in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from fregat.lib.rights import Scope, scopes
from staff.employees.models import Employee

if TYPE_CHECKING:
    from staff.messenger.models import Conversation, Member


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """Conversations by who may know of them."""

    def visible_to(self, user: Employee) -> ConversationQuerySet:
        """Those in which this person takes part (`message.read`); nothing for who may not sign in."""
        if not user.is_active or Scope.OWN not in scopes(user.role, "message.read"):
            return self.none()
        mine = self.model._meta.get_field("members").related_model._default_manager.filter(
            conversation=models.OuterRef("pk"), employee=user
        )
        return self.filter(models.Exists(mine))


class MemberQuerySet(models.QuerySet["Member"]):
    """One person's conversations, each with how far they are in it."""

    def visible_to(self, user: Employee) -> MemberQuerySet:
        """The person's own (`message.read`); nothing for who may not sign in."""
        if not user.is_active or Scope.OWN not in scopes(user.role, "message.read"):
            return self.none()
        return self.filter(employee=user)

    def newest_first(self) -> MemberQuerySet:
        """By the last message, with what a list shows of each."""
        rows = self.select_related("conversation__first", "conversation__second", "conversation__last__by")
        return rows.order_by("-conversation__last")
