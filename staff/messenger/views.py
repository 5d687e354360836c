"""Pages of the room. What is fetched counts as delivered, what is opened as read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fregat.lib import clock, drafts
from fregat.lib.errors import Conflict, Invalid
from fregat.lib.forms import add_errors
from fregat.lib.middleware import is_htmx
from staff.messenger import actions, selectors
from staff.messenger.forms import DRAFT, MessageForm, NewForm
from staff.messenger.models import Conversation
from staff.messenger.permissions import other_of, why_not_send

_KEY_DIGITS = 18


def _key(request: HttpRequest, name: str) -> int | None:
    """A key of a message in the address; None for what is none."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _KEY_DIGITS else None


@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    """`/messages/`: conversations, the newest first, with how many messages of each are not read."""
    before = _key(request, "before")
    rows = selectors.conversations(request.user, before=before)
    shown = rows[: selectors.LINES]
    last = shown[-1].last if len(rows) > selectors.LINES else None
    context = {"lines": shown, "next_url": f"{request.path}?before={last.pk}" if last else ""}
    if is_htmx(request):
        return render(request, "messenger/_lines.html" if before else "messenger/_list.html", context)
    return render(request, "messenger/list.html", context)


@require_safe
def badge(request: HttpRequest) -> HttpResponse:
    """The count in the bar. An open page has fetched it, so what was written has come to this person."""
    if (found := selectors.waiting(request.user)).undelivered:
        actions.deliver(by=request.user)
    return render(request, "messenger/_badge.html", {"inbox": found, "fetched": True})


@require_safe
def panel(request: HttpRequest) -> HttpResponse:
    """The messages on the desk and on the board, drawn again by themselves."""
    return render(request, "messenger/_panel.html")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """`/messages/new/`: to whom and what; with a colleague with whom there is a conversation it goes on there."""
    user, people = request.user, selectors.colleagues(request.user)
    if request.method != "POST":
        kept = drafts.initial(user.pk, DRAFT)
        typed = {name: kept[name] for name in ("text", "to", "case") if kept.get(name)}
        asked = {name: request.GET[name] for name in ("to", "case") if request.GET.get(name)}
        return _new(request, NewForm(people=people, initial={**typed, **asked}))
    form = NewForm(request.POST, people=people)
    if not form.is_valid():
        return _new(request, form, 400)
    clean = form.cleaned_data
    try:
        sent = actions.write_to(
            by=user, to=form.chosen, text=clean["text"], case=clean["case"], token=clean["token"]
        )
    except Invalid as refused:
        add_errors(form, refused)
        return _new(request, form, 400)
    drafts.clear(user.pk, DRAFT)
    address = reverse("messenger:conversation", args=[sent.conversation.uuid])
    return (
        HttpResponse(status=204, headers={"HX-Redirect": address}) if is_htmx(request) else redirect(address)
    )


def _new(request: HttpRequest, form: NewForm, status: int = 200) -> HttpResponse:
    template = "messenger/_new.html" if is_htmx(request) else "messenger/new.html"
    return render(request, template, {"form": form, "draft": DRAFT}, status=status)


@require_safe
def conversation(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """`/messages/<uuid>/`: what was written, the oldest first; the last page, earlier ones by `?before=`.

    An open page asks with `?since=` when there is news, and says `unseen` when nobody looks at it.
    """
    user, now = request.user, clock.now()
    talk = selectors.get_conversation(user, uuid, now=now)
    before = _key(request, "before")
    if before:
        piece = selectors.piece(user, talk, now=now, before=before)
        context = {"talk": talk, "piece": piece, "user": user}
        return (
            render(request, "messenger/_older.html", context)
            if is_htmx(request)
            else _page(request, talk, piece)
        )
    piece = selectors.piece(user, talk, now=now, since=_key(request, "since") if is_htmx(request) else None)
    unseen = is_htmx(request) and bool(request.GET.get("unseen"))
    if not unseen:
        actions.read(by=user, conversation=talk.uuid, up_to=piece.last_id)
    if is_htmx(request):
        return render(request, "messenger/_latest.html", {"talk": talk, "piece": piece, "unseen": unseen})
    return _page(request, talk, piece)


@require_POST
def send(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One message more. What is refused stays in the form as it was typed."""
    user = request.user
    talk = selectors.get_conversation(user, uuid, now=clock.now())
    form = MessageForm(request.POST)
    if not form.is_valid():
        return _page(request, talk, form=form, status=400)
    clean = form.cleaned_data
    try:
        actions.send(by=user, conversation=talk.uuid, **clean)
    except Invalid as refused:
        add_errors(form, refused)
        return _page(request, talk, form=form, status=400)
    except Conflict as refused:
        form.add_error(None, str(refused))
        return _page(request, talk, form=form, status=409)
    drafts.clear(user.pk, _draft(talk))
    return _page(request, talk) if is_htmx(request) else redirect("messenger:conversation", talk.uuid)


def _draft(talk: Conversation) -> str:
    return f"message-{talk.uuid}"


def _page(
    request: HttpRequest, talk: Conversation, piece: selectors.Piece | None = None, *,
    form: MessageForm | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The conversation with the form under it; in place when a script asks."""
    user, draft = request.user, _draft(talk)
    kept = drafts.initial(user.pk, draft) if form is None else {}
    context: dict[str, Any] = {
        "talk": talk, "other": other_of(talk, user), "draft": draft, "refusal": why_not_send(user, talk),
        "piece": piece or selectors.piece(user, talk, now=clock.now()),
        "form": form or MessageForm(initial={name: kept[name] for name in ("text", "case") if kept.get(name)}),
    }  # fmt: skip
    template = "messenger/_conversation.html" if is_htmx(request) else "messenger/conversation.html"
    return render(request, template, context, status=status)
