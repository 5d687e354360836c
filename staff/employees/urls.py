"""Pages of the room. allauth's are named one by one: what is not needed has no address."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import include, path
from django.views.decorators.cache import never_cache

from staff.employees import second_factor, views

own_page = [
    path("staff/me/", views.me, name="me"),
    path("staff/me/tokens/", views.tokens, name="tokens"),
    path("staff/me/tokens/withdraw/", views.token_withdraw, name="token_withdraw"),
    path("staff/me/sign-ins/<int:session_id>/end/", views.session_end, name="session_end"),
]
orders = [
    path("staff/orders/", views.orders, name="orders"),
    path("staff/orders/new/<slug:kind>/", views.order_new, name="order_new"),
    path("staff/orders/new/<slug:kind>/preview/", views.order_preview, name="order_preview"),
    path("staff/orders/<int:pk>/", views.order, name="order"),
    path("staff/orders/<int:pk>/pdf/", views.order_pdf, name="order_pdf"),
    path("staff/orders/<int:pk>/sign/", views.order_sign, name="order_sign"),
    path("staff/orders/<int:pk>/decline/", views.order_decline, name="order_decline"),
    path("staff/orders/<int:pk>/withdraw/", views.order_withdraw, name="order_withdraw"),
    path("staff/orders/<int:pk>/revoke/", views.order_revoke, name="order_revoke"),
    path("staff/orders/<int:pk>/retry/", views.order_retry, name="order_retry"),
]
substitutions = [
    path("staff/substitutions/", views.substitutions, name="substitutions"),
    path("staff/substitutions/new/", views.substitution_new, name="substitution_new"),
    path("staff/substitutions/<int:pk>/end/", views.substitution_end, name="substitution_end"),
]
tables = [
    path("staff/security/", views.security, name="security"),
    path("staff/import/", views.imports, name="imports"),
    path("staff/import/template/", views.import_template, name="import_template"),
    path("staff/import/<int:pk>/", views.import_, name="import"),
    path("staff/import/<int:pk>/apply/", views.import_apply, name="import_apply"),
    path("staff/import/<int:pk>/drop/", views.import_drop, name="import_drop"),
    path("staff/export/", views.export, name="export"),
]
# Last: here a sign-in name stands where the words of the pages above stand.
people = [
    path("staff/", views.people, name="people"),
    path("staff/<slug:username>/", views.record, name="record"),
    path("staff/<slug:username>/history/", views.history, name="history"),
    path(
        "staff/<slug:username>/second-factor/reset/",
        views.second_factor_reset,
        name="second_factor_reset",
    ),
    path("staff/<slug:username>/account/", views.account, name="account"),
    path("staff/<slug:username>/work/", views.work, name="work"),
    path("staff/<slug:username>/projects/", views.projects, name="projects"),
    path("staff/<slug:username>/photo/", views.photo, name="photo"),
    path("staff/<slug:username>/photo/remove/", views.photo_remove, name="photo_remove"),
]
urlpatterns = [
    path("accounts/login/", account.login, name="account_login"),
    path("accounts/logout/", account.logout, name="account_logout"),
    path("accounts/inactive/", account.account_inactive, name="account_inactive"),
    path("accounts/password/change/", account.password_change, name="account_change_password"),
    path("accounts/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("accounts/second-factor/", second_factor.authenticate, name="mfa_authenticate"),
    path("accounts/second-factor/confirm/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("staff/me/second-factor/", views.second_factor, name="mfa_index"),
    path("staff/me/second-factor/set-up/", second_factor.set_up, name="mfa_activate_totp"),
    path("staff/me/second-factor/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(
        "staff/me/second-factor/codes/",
        never_cache(recovery.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "staff/me/second-factor/codes/new/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path("", include(([*own_page, *orders, *substitutions, *tables, *people], "employees"))),
]
