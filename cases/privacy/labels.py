"""Words for people: the log's words, what a verification found, ways of the anchor."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cases.privacy.rules.patterns import Pattern
from cases.privacy.statuses import State
from fregat.lib import clock
from fregat.lib.db import explain_all

ACTION_LABELS = {
    "view": _("viewed"),
    "search": _("searched"),
    "export": _("exported"),
    "print": _("printed"),
    "download": _("downloaded"),
    "disclose": _("passed on"),
}

KIND_LABELS = {
    "person": _("insured person"),
    "case": _("case"),
    "policy": _("insurance policy"),
    "import": _("insurer’s list"),
}

PART_LABELS = {
    "card": _("card"),
    "medical": _("medical part"),
    "facts": _("facts of the case"),
    "list": _("list"),
    "lookup": _("look-up"),
    "search": _("search field"),
    "board": _("board"),
    "timeline": _("time line"),
    "history": _("history of changes"),
    "responsibility": _("chain of responsibility"),
    "handover": _("hand-over card"),
    "verdict": _("verdict on the cover"),
    "contacts": _("contacts"),
    "document": _("document"),
    "letter": _("letter"),
    "log": _("access log"),
}

GROUND_LABELS = {
    "call": _("a call"),
    "responsibility": _("answers for the case"),
    "task": _("a task"),
    "handover": _("a handover"),
    "escalation": _("an escalation"),
    "consultation": _("a consultation"),
    "project": _("works on the project"),
    "team": _("a case of the team"),
    "routed": _("routed to them"),
    "centre": _("duty for the whole centre"),
    "sample": _("a drawn sample"),
    "broken_glass": _("broken glass"),
    "request": _("at the person's request"),
    "oversight": _("oversight of the log"),
}

GLASS_REASONS = {
    "life": _("a life is in danger"),
    "caller": _("the caller insists that it is us who help them"),
    "doctor": _("a doctor or a hospital asks"),
    "complaint": _("a complaint is being examined"),
    "duty": _("a duty by law or by order of the director"),
}

GLASS_NOTICES = {
    "glass_broken": _("%(name)s broke glass: %(number)s."),
    "glass_overdue": _("Nobody has judged in 72 hours why %(name)s broke glass: %(number)s."),
    "glass_justified": _("Your broken glass was judged: justified (%(number)s)."),
    "glass_unjustified": _("Your broken glass was judged: not justified (%(number)s)."),
}

GLASS_OUTCOMES = {"justified": _("justified"), "unjustified": _("not justified")}

RECIPIENT_LABELS = {
    "medical": _("medical institution"),
    "service": _("service institution"),
    "insurer": _("insurance company"),
    "person": _("the insured person"),
    "relative": _("somebody of the family"),
    "authority": _("authority"),
    "other": _("somebody else"),
}

GIVEN_PART_LABELS = {
    "identity": _("name and date of birth"),
    "contacts": _("phone and address"),
    "policy": _("policy and cover"),
    "place": _("where and when it happened"),
    "medical": _("state of health and help"),
    "costs": _("costs"),
}

GIVEN_GROUND_LABELS = {
    "engaged": _("engaged to provide the help"),
    "consent": _("consent of the insurance company"),
    "insurer": _("the insurance company’s own data"),
    "person": _("the person’s own data"),
}

CONSENT_NOTICES = {
    "consent_asked": _("%(name)s asks for the insurer’s consent: case %(number)s."),
    "consent_given": _("The insurer’s consent is recorded: case %(number)s."),
    "consent_refused": _("The insurer did not consent: case %(number)s."),
}

WAY_LABELS = {"file": _("file"), "mail": _("letter"), "http": _("address")}

PATTERN_LABELS = {
    Pattern.MANY_PERSONS: _("data of many persons in a short time"),
    Pattern.NO_CASE: _("persons looked at without any case of theirs"),
    Pattern.OWN_RECORD: _("their own record"),
    Pattern.COLLEAGUE: _("the record of a colleague"),
    Pattern.SAME_SURNAME: _("a person of the same surname"),
    Pattern.NIGHT: _("at night, off shift"),
}

STATE_LABELS = {
    State.NEW: _("new"),
    State.TAKEN_UP: _("taken up, waits for the explanation"),
    State.EXPLAINED: _("explained, waits for the decision"),
    State.JUSTIFIED: _("justified"),
    State.BREACH: _("breach"),
}

CONSTRAINTS = {
    "finding_not_own": _("Nobody examines looks of their own."),
    "finding_taken_up_by_somebody": _("Whoever examines takes the finding up first."),
    "finding_explained_in_words": _("Write how it came to these looks."),
    "finding_decided_with_reason": _("Write what the decision rests on."),
    "privacy_finding_key_key": _("This has been found already. Open the list of findings again."),
    "glass_is_broken_for_a_reason": _("Choose the reason and write in words what has happened."),
    "glass_ends_after_it_began": _("Broken glass cannot be closed before it was opened."),
    "glass_is_judged_by_somebody": _(
        "A judgement says who gave it and when. Open it again and judge it once more."
    ),
    "nobody_judges_own_glass": _("Nobody judges their own broken glass."),
    "consent_is_to_something": _("Choose what the insurer agrees to pass on."),
    "consent_ends_after_it_begins": _("The consent must end after it begins: correct the dates."),
    "consent_is_withdrawn_by_somebody": _(
        "A withdrawn consent says who withdrew it and when. Open it again."
    ),
    "request_is_answered_one_way": _("The request has one answer: a consent, or a refusal with its reason."),
    "asked_for_consent_once": _(
        "The insurer’s consent to this has been asked for already: wait for the answer."
    ),
    "disclosed_something": _("Choose what is passed on."),
    "disclosed_by_consent_names_it": _("Passing on by consent names the consent: choose it again."),
    "seal_holds_rows": _("A seal of the access log holds at least one row. Tell the administrator."),
    "privacy_accesslog_pkey": _("This look is on record already."),
    "privacy_seal_pkey": _("A seal with this number is in the access log already."),
    "privacy_sealmark_pkey": _("The access log has one sealer. Tell the administrator."),
    "privacy_patternmark_pkey": _("This pattern is being looked for right now. Please try again."),
    "privacy_seal_through_id_key": _("These rows of the access log are sealed already."),
    "one_mark_of_the_sealer": _("The access log has one sealer. Tell the administrator."),
    "one_verification_at_a_time": _("The access log is being verified right now: wait for the result."),
    "verification_ends_once": _("This verification has ended already: start another one."),
    "privacy_refuse_change": _("What is on record of looks and disclosures is neither changed nor deleted."),
}

NOTICES = {
    "finding_new": _("Looks that somebody must explain: finding %(number)s."),
    "finding_asks": _("Finding %(number)s: explain how it came to your looks."),
    "finding_explained": _("Finding %(number)s is explained and waits for your decision."),
    "finding_decided": _("Finding %(number)s about your looks is decided."),
}

FAULT_SENTENCES = {
    "changed": ngettext_lazy(
        "Numbers %(id_from)s–%(id_to)s: %(n)s row was changed after sealing (seal %(seals)s, %(at)s).",
        "Numbers %(id_from)s–%(id_to)s: some of %(n)s rows were changed after sealing (seal %(seals)s, %(at)s).",
        "n",
    ),
    "missing": ngettext_lazy(
        "Numbers %(id_from)s–%(id_to)s: %(n)s row was deleted after sealing (seal %(seals)s, %(at)s).",
        "Numbers %(id_from)s–%(id_to)s: %(n)s rows were deleted after sealing (seal %(seals)s, %(at)s).",
        "n",
    ),
    "added": ngettext_lazy(
        "Numbers %(id_from)s–%(id_to)s: %(n)s row was inserted after sealing (seal %(seals)s, %(at)s).",
        "Numbers %(id_from)s–%(id_to)s: %(n)s rows were inserted after sealing (seal %(seals)s, %(at)s).",
        "n",
    ),
    "emptied": ngettext_lazy(
        "The log was emptied: %(n)s row was sealed and none is there.",
        "The log was emptied: %(n)s rows were sealed and none is there.",
        "n",
    ),
    "seal_changed": _("Seal %(seal)s of %(at)s was changed itself."),
    "seals_missing": _("Seals %(first)s–%(last)s are gone: the chain has a gap."),
    "chain_broken": _("Seal %(seal)s of %(at)s does not follow from seal %(before)s."),
    "end_cut": _(
        "The chain ends with seal %(head)s, and the sealer has made seal %(known)s: its end was cut off."
    ),
    "end_changed": _("Seal %(head)s, the last one, is not the one that the sealer made."),
    "mark_missing": _(
        "The sealer's mark was deleted: whether the end of the chain was cut off, an anchor tells."
    ),
    "not_sealed": ngettext_lazy(
        "%(n)s row has waited for its seal since %(at)s: the sealer does not work.",
        "%(n)s rows have waited for their seal since %(at)s: the sealer does not work.",
        "n",
    ),
    "never_numbered": ngettext_lazy(
        "%(n)s row bears a number that was never given out.",
        "%(n)s rows bear numbers that were never given out.",
        "n",
    ),
    "anchor_differs": _(
        "Seal %(seal)s is not the one that was anchored on %(at)s: the log was written anew."
    ),
    "anchor_ahead": _(
        "The anchor of %(at)s knows seal %(seal)s and %(rows)s rows, and the chain ends with seal %(head)s and"
        " %(total)s rows: its end was cut off, or an old copy was restored."
    ),
    "more": ngettext_lazy("And %(n)s fault more.", "And %(n)s faults more.", "n"),
}


def fault_sentence(code: str, values: Mapping[str, Any]) -> str:
    """What a person reads about one finding of a verification, times on the centre's clock."""
    words = dict(values)
    for name in ("at", "at_to"):
        if name in words:
            at = clock.local(datetime.fromisoformat(words[name]))
            words[name] = f"{at:%d.%m.%Y %H:%M:%S}"
    if "seal_to" in words:
        one = words["seal_to"] == words["seal"]
        words["seals"] = words["seal"] if one else f"{words['seal']}–{words['seal_to']}"
        words["id_from"] = max(1, words["id_from"])
    return str(FAULT_SENTENCES[code] % words)


def explain_constraints() -> None:
    """Give the database's refusals their sentences."""
    explain_all(CONSTRAINTS)
