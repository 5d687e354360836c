"""Pages of the room."""

from django.urls import path

from cases.insurance.views import insured, rulebook

app_name = "insurance"
urlpatterns = [
    path("insured/", insured.look_up, name="look_up"),
    path("insured/<int:pk>/", insured.person, name="person"),
    path("insured/policies/<int:pk>/verdict/", insured.verdict, name="verdict"),
    path("rules/", rulebook.rules, name="rules"),
    path("rules/<int:pk>/", rulebook.programme, name="programme"),
    path("rules/<int:pk>/try/", rulebook.try_out, name="rules_try"),
    path("rules/<int:pk>/begin/", rulebook.begin, name="rules_begin"),
    path("rules/<int:pk>/save/", rulebook.save, name="rules_save"),
    path("rules/<int:pk>/drop/", rulebook.drop, name="rules_drop"),
    path("rules/<int:pk>/publish/", rulebook.publish, name="rules_publish"),
    path("rules/<int:pk>/examples/", rulebook.keep, name="rules_keep"),
    path("rules/<int:pk>/examples/<int:example_id>/drop/", rulebook.drop_example, name="rules_example_drop"),
]
