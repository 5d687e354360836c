"""Pages of the room."""

from django.urls import path

from cases.privacy.views import chain, disclosure, findings, glass, log

app_name = "privacy"
urlpatterns = [
    path("privacy/", log.mine, name="mine"),
    path("privacy/log/", log.log, name="log"),
    path("privacy/log/<int:pk>/", log.look, name="look"),
    path("privacy/who/", log.find, name="find"),
    path("privacy/who/<slug:kind>/<uuid:uuid>/", log.who, name="who"),
    path("privacy/who/<slug:kind>/<uuid:uuid>/print/", log.who_print, name="who_print"),
    path("privacy/findings/", findings.listed, name="findings"),
    path("privacy/findings/<int:pk>/", findings.finding, name="finding"),
    path("privacy/findings/<int:pk>/take-up/", findings.take_up, name="finding_take_up"),
    path("privacy/findings/<int:pk>/explain/", findings.explain, name="finding_explain"),
    path("privacy/findings/<int:pk>/decide/", findings.decide, name="finding_decide"),
    path("privacy/chain/", chain.chain, name="chain"),
    path("privacy/chain/verify/", chain.verify, name="verify"),
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
