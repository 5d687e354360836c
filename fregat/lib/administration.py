"""The administration of reference data (`/admin/`): one site, only what rooms register as reference.

Django's default site is not mounted, so what third-party apps register there (tokens, sessions, second
factors) has no address. Sign-in, sign-out and passwords are the house's own pages.
"""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from fregat.lib import rights

ACTION = "admin"
"""The row of the matrix behind every page of the site."""

_LEFT_OUT = {"login", "logout", "password_change", "password_change_done", "view_on_site"}


class ReferenceSite(AdminSite):
    """Django's administration for the one role that has the right, without doors of its own."""

    site_title = site_header = index_title = _("Reference data")
    site_url = "/"
    enable_nav_sidebar = False
    final_catch_all_view = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Asks the matrix, as every page does."""
        user = request.user
        return bool(user.is_active) and rights.lets(user, ACTION)

    def get_urls(self) -> list[Any]:
        """Without the pages that the house has itself."""
        return [url for url in super().get_urls() if getattr(url, "name", None) not in _LEFT_OUT]


class ReferenceAdmin(ModelAdmin):  # type: ignore[type-arg]
    """Reference data is added and corrected, never deleted: cases refer to it.

    Rights come from the matrix: employees have no permissions of Django's own.
    """

    # No bulk actions: the only one of Django's is deletion.
    actions = None
    list_per_page = 300

    # Django composes its headings of «Select %s to change» and the like, and no language with cases can
    # bear it: ours are the names alone.

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list under the name of what it lists."""
        title = capfirst(str(self.opts.verbose_name_plural))
        return super().changelist_view(request, {"title": title} | (extra_context or {}))

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:  # fmt: skip
        """The form under the name of what it holds; a new one says so."""
        name = capfirst(str(self.opts.verbose_name))
        title = name if object_id else _("%(name)s: new") % {"name": name}
        return super().changeform_view(request, object_id, form_url, {"title": title} | (extra_context or {}))

    def has_module_permission(self, request: HttpRequest) -> bool:
        """May the person see the room's group on the first page?"""
        return site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """May the person see a row?"""
        return site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """May the person add a row?"""
        return site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """May the person correct a row?"""
        return site.has_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody deletes."""
        return False


site = ReferenceSite(name="admin")
