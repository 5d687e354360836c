"""Pages of the room."""

from django.urls import path

from cases.privacy.views import disclosure, glass

app_name = "privacy"
urlpatterns = [
    path("privacy/disclosures/", disclosure.disclosures, name="disclosures"),
    path("privacy/consents/", disclosure.consents, name="consents"),
    path("privacy/consents/new/", disclosure.consent_new, name="consent_new"),
    path("privacy/consents/requests/<int:pk>/", disclosure.consent_answer, name="consent_answer"),
    path("privacy/consents/<int:pk>/withdraw/", disclosure.consent_withdraw, name="consent_withdraw"),
    path("privacy/glass/", glass.glasses, name="glasses"),
    path("privacy/glass/new/", glass.glass_new, name="glass_new"),
    path("privacy/glass/<int:pk>/", glass.glass, name="glass"),
    path("privacy/glass/<int:pk>/close/", glass.glass_close, name="glass_close"),
    path("privacy/glass/<int:pk>/review/", glass.glass_review, name="glass_review"),
]
