"""Words for people: marks, refusals."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fregat.lib.errors import Sentence
from staff.messenger.rules import Mark

MARK_LABELS: dict[str, Sentence] = {
    Mark.SENT: pgettext_lazy("message", "sent"),
    Mark.DELIVERED: pgettext_lazy("message", "delivered"),
    Mark.READ: pgettext_lazy("message", "read"),
}
MARK_ICONS = {Mark.SENT: "clock", Mark.DELIVERED: "check", Mark.READ: "check-check"}

FAULT_SENTENCES: dict[str, Any] = {
    "text": _("Write what you want to say."),
    "to": _("Choose to whom you write."),
    "to_oneself": _("Choose a colleague: a message to oneself reaches nobody."),
    "case": _("There is no such case, or you have no access to it."),
    "gone": _("%(name)s no longer works here: what was written can be read, and nothing more is sent."),
}

CONSTRAINT_SENTENCES: dict[str, Sentence] = {
    "one_conversation_per_pair": _("The two of you have a conversation already: open it in the list."),
    "conversation_pair_in_order": FAULT_SENTENCES["to_oneself"],
    "messenger_conversation_uuid_key": _("This conversation is there already: open it in the list."),
    "member_once_in_conversation": _("This colleague takes part in the conversation already."),
    "member_reads_what_came": _("A message is read after it has come. Open the conversation again."),
    "message_sent_once": _("This message has been sent already."),
    "message_says_something": FAULT_SENTENCES["text"],
    "messages_are_kept": _("A message that was sent is neither altered nor taken back."),
}
