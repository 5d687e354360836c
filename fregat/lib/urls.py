"""Addresses of the ground."""

from django.conf import settings
from django.urls import path, register_converter
from django.urls.converters import SlugConverter

from fregat.lib import drafts, views
from fregat.lib.preferences import preferences


class FormName(SlugConverter):
    """The name of a form, as long as the column that keeps it."""

    regex = f"[-a-zA-Z0-9_]{{1,{drafts.FORM_MAX}}}"


register_converter(FormName, "form_name")

app_name = "lib"
urlpatterns = [
    path("drafts/<form_name:form>/", views.draft, name="draft"),
    path("preferences/", preferences, name="preferences"),
    path("notices/", views.notices_page, name="notices"),
    path("notices/bell/", views.bell, name="bell"),
    path("notices/<int:notice_id>/", views.notice, name="notice"),
]
if settings.DEBUG:
    urlpatterns += [path("developers/components/", views.components, name="components")]
