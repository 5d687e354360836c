"""Taking the head of the chain outside: to a file, a mailbox or an address by `ACCESS_LOG_ANCHOR` (E1).

Whoever owns the database can write the whole chain anew; what lies outside they cannot.
"""

from __future__ import annotations

import logging
import os
import urllib.request
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage

from cases.privacy.models import Anchor
from cases.privacy.rules.anchors import Head, line_of, target_of
from cases.privacy.selectors.chain import latest_seal

HTTP_SECONDS = 5
log = logging.getLogger("fregat.privacy")


def anchor_head(*, now: datetime) -> Anchor | None:
    """Take the head outside and note that it was taken; None without a target or before the first seal.

    What cannot be delivered raises (OSError, SMTPException): the job tries again. A head that was delivered and
    not noted is delivered again, which does no harm. It is said on the program's own log besides.
    """
    seal = latest_seal()
    if seal is None:
        return None
    head = Head(at=now, seal=seal.number, total=seal.total, hash=seal.hash)
    log.info("access log: seal %s, %s rows, %s", head.seal, head.total, head.hash)
    target = target_of(settings.ACCESS_LOG_ANCHOR)
    if target is None:
        return None
    _SEND[target.way](target.where, line_of(head))
    return Anchor.objects.create(at=now, seal=head.seal, total=head.total, hash=head.hash, way=target.way)


def _to_file(where: str, line: str) -> None:
    """One more line at the end, on the disk before we go on."""
    handle = os.open(Path(where), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        os.write(handle, line.encode() + b"\n")
        os.fsync(handle)
    finally:
        os.close(handle)


def _to_mail(where: str, line: str) -> None:
    if settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
        raise ImproperlyConfigured(
            "ACCESS_LOG_ANCHOR names a mailbox and EMAIL_URL sends nothing: set EMAIL_URL."
        )
    EmailMessage("Fregat: access log", f"{line}\n", to=[where]).send()


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirected POST would become a GET: the head would be lost and the answer still say yes."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        """The answer 3xx is an error."""


def _to_address(where: str, line: str) -> None:
    ask = urllib.request.Request(
        where, data=line.encode(), headers={"Content-Type": "application/json"}, method="POST"
    )
    with urllib.request.build_opener(_NoRedirect).open(ask, timeout=HTTP_SECONDS):
        pass


_SEND = {"file": _to_file, "mail": _to_mail, "http": _to_address}
