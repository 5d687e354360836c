"""The administrator opens the account of somebody who was appointed (security: accounts)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from fregat.lib import clock
from fregat.lib.errors import Invalid
from fregat.lib.forms import add_errors
from staff.employees import actions, permissions, selectors
from staff.employees.forms.account import AccountForm


@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest, username: str) -> HttpResponse:
    """A first password, or a new one; every sign-in with the old one ends."""
    employee, _parts = selectors.get_employee(request.user, username, now=clock.now())
    permissions.check_manage(request.user, "employee.account", employee)
    form = AccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.open_account(by=request.user, employee=employee, password=form.cleaned_data["password"])
        except Invalid as refused:
            add_errors(form, refused)
        else:
            messages.success(request, _("The account is open. Tell the password to its owner in person."))
            return redirect("employees:record", username)
    context = {"employee": employee, "form": form}
    return render(request, "employees/account.html", context, status=400 if form.errors else 200)
