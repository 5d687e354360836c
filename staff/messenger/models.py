"""Conversations, who takes part in them and how far they are, and what was written (D5)."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from staff.messenger.querysets import ConversationQuerySet, MemberQuerySet

_PEOPLE = settings.AUTH_USER_MODEL


class Conversation(models.Model):
    """What two people write to each other."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    first = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="+")
    """Of the two the one with the smaller key, so that a pair has one conversation."""
    second = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    last = models.ForeignKey("Message", on_delete=models.PROTECT, related_name="+", null=True)
    """The last message: keys grow in the order of sending, for who sends holds the lock of the conversation."""

    objects = ConversationQuerySet.as_manager()

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_conversation_per_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="conversation_pair_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Member(models.Model):
    """One person in a conversation: what has come to them, what they have read."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="members")
    employee = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="+")
    delivered_to = models.BigIntegerField(default=0)
    """Key of the last message that a page of theirs has fetched."""
    read_to = models.BigIntegerField(default=0)
    """Key of the last message that they have seen in the open conversation."""
    unread = models.PositiveIntegerField(default=0)
    """How many messages of others come after `read_to`: counted when sent, so that no page has to count."""

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [
            models.UniqueConstraint(fields=["conversation", "employee"], name="member_once_in_conversation"),
            models.CheckConstraint(
                condition=Q(read_to__lte=F("delivered_to")), name="member_reads_what_came"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id}:{self.employee_id}"


class Message(models.Model):
    """What somebody wrote. It may speak of an insured person: shown on the pages of the conversation alone."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="messages")
    by = models.ForeignKey(_PEOPLE, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()
    case_number = models.CharField(max_length=12, blank=True)
    """Of the case that it is about: a link for the reader who may see the case, else nothing but the number."""
    token = models.UUIDField(default=uuid.uuid4, editable=False)
    """Of the form that was sent: sent twice, it is written once."""

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.UniqueConstraint(fields=["by", "token"], name="message_sent_once"),
            models.CheckConstraint(condition=~Q(text=""), name="message_says_something"),
        ]
        indexes = [models.Index(fields=["conversation", "-id"], name="message_of_conversation")]
        triggers = [
            pgtrigger.Protect(name="messages_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
