"""Words for people: kinds, states, why an article is shown, and the sentences behind the database's refusals."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.knowledge.rules import Kind, Language, Refusal, State
from fregat.lib.errors import Sentence

KIND_LABELS: dict[str, Sentence] = {
    Kind.RULES: _("insurance rules"),
    Kind.RECOMMENDATION: _("insurer’s recommendation"),
    Kind.TARIFF: _("reckoning of tariffs"),
    Kind.CONTRACT: _("filling in contracts"),
    Kind.INSTRUCTION: pgettext_lazy("article", "instruction"),
}

LANGUAGE_LABELS: dict[str, Sentence] = {Language.UK: _("Ukrainian"), Language.EN: _("English")}

STATE_LABELS: dict[str, Sentence] = {
    State.DRAFT: pgettext_lazy("version", "draft"),
    State.AHEAD: pgettext_lazy("version", "published, its day is to come"),
    State.HOLDS: pgettext_lazy("version", "holds now"),
    State.OVER: pgettext_lazy("version", "holds no more"),
}
STATE_TONES = {State.DRAFT: "quiet", State.AHEAD: "info", State.HOLDS: "good", State.OVER: "quiet"}

WHERE_LABELS: dict[str, Sentence] = {
    "programmes": _("Programmes"),
    "services": _("Kinds of help"),
    "countries": _("Countries"),
    "clauses": _("Clauses of the rules"),
}

WHY_LABELS: dict[str, Sentence] = {
    "clause": _("clause of the verdict"),
    "service": _("kind of help"),
    "country": _("country"),
    "programme": _("programme"),
}

REFUSALS: dict[Refusal, Sentence] = {
    Refusal.PAST: _("An article holds from today or a later day: nobody could have known it before."),
    Refusal.FAR: _("This day is more than two years ahead: check the year."),
    Refusal.BEFORE_THE_LAST: _("The version published before holds from a later day: choose that day or a later one."),
    Refusal.SAME: _("Nothing differs from the version published before: there is nothing to publish."),
}  # fmt: skip

NOTICES: dict[str, tuple[Sentence, str]] = {
    "article_new": (_("“%(title)s”: a new article to read."), "book-open"),
    "article_changed": (_("“%(title)s” has changed: read what is different."), "book-open-check"),
    "article_again": (_("Reminder: you have not read “%(title)s” yet."), "book-open-check"),
    "article_asked": (_("%(name)s asks you to read “%(title)s”."), "book-open-check"),
    "article_proposed": (_("%(name)s has prepared “%(title)s”: it waits to be published."), "book-up"),
}
"""Kinds of notices: sentence and icon."""

CONSTRAINTS: dict[str, Sentence] = {
    "article_kind_known": _("There is no such kind of article: choose one from the list."),
    "article_language_known": _("An article is written in Ukrainian or in English."),
    "article_withdrawn_with_reason": _("Write why it is withdrawn: the reason stays with the article."),
    "article_version_once": _("Somebody is preparing a version of this article right now. Please try again."),
    "one_draft_of_an_article": _("This article has a draft already: continue it."),
    "one_article_version_holds": _("Another version of this article holds on these days."),
    "article_published_whole": _("What is published says by whom, when, and from which day it holds."),
    "article_days_in_order": _("An article cannot stop holding before the day from which it holds."),
    "article_text_is_final": _("What is published is not changed: prepare a new version."),
    "article_version_is_kept": _("What was published is never deleted."),
    "article_receipt_is_final": _("An acknowledgement is neither changed nor withdrawn."),
    "article_read_once": _("You have acknowledged this version already."),
    "article_clock_reminds_once": _("The clock has reminded this person of the article already."),
    "article_reminded_hourly": _("This person was reminded of the article within the last hour."),
    "article_reminder_is_quiet": _("After a reminder there is a pause: it cannot end before the reminder."),
}
"""What a person reads when the database refuses."""
