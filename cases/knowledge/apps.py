"""Rules, recommendations and instructions by insurer and programme (JD II.3, VIII.14, C6)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeConfig(AppConfig):
    """Rules, recommendations and instructions by insurer and programme (JD II.3, VIII.14, C6)."""

    name = "cases.knowledge"
    label = "knowledge"
    verbose_name = _("Knowledge")

    def ready(self) -> None:
        """Hand over the rows of the matrix, the sentences and the notices; stand in the bar and in the search."""
        from cases.knowledge import tasks  # noqa: F401 - the tasks register themselves
        from cases.knowledge.labels import CONSTRAINTS, NOTICES
        from cases.knowledge.rights import OBJECTS, RIGHTS, ROUTES
        from cases.knowledge.search import articles
        from cases.knowledge.selectors import get_article, visible_keys
        from fregat.lib import db, gates, navigation, notices, rights, search

        rights.register(RIGHTS, ROUTES, OBJECTS)
        gates.register(article=get_article)
        db.explain_all(CONSTRAINTS)
        for kind, (sentence, icon) in NOTICES.items():
            notices.register(kind, sentence, icon, open_to=visible_keys)
        navigation.add("knowledge", _("Knowledge"), "knowledge:articles", "book-open", 77)
        search.register(articles, order=70)
