"""From which network address a request comes."""

from __future__ import annotations

from allauth.core.internal.httpkit import get_client_ip
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest


def address_of(request: HttpRequest | None) -> str | None:
    """The client's address, or None when it cannot be known.

    Behind proxies ALLAUTH_TRUSTED_PROXY_COUNT says how many of them add to X-Forwarded-For: what a client
    writes there itself is never believed.
    """
    if request is None:
        return None
    try:
        return get_client_ip(request) or None
    except (ImproperlyConfigured, PermissionDenied, ValueError):
        return None
