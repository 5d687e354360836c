"""Named queries on articles and their versions, each starting from what a person may see."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from cases.insurance.models import Insurer
from cases.knowledge.rights import ASKED
from cases.knowledge.rules import Matter
from fregat.lib import rights
from fregat.lib.rights import Scope
from staff.employees.models import Employee

if TYPE_CHECKING:
    from cases.knowledge.models import Article, ArticleVersion


def reach(user: Employee, action: str, insurer: str) -> Q:
    """True in SQL for what the row of the matrix reaches; `insurer` leads to it. What has no insurer is for all."""
    scopes = rights.scopes_of(user, action)
    if Scope.CENTRE in scopes:
        return ~Q(pk__in=[])  # true in SQL; an empty Q would vanish behind an «or»
    if Scope.PROJECT not in scopes:
        return Q(pk__in=[])
    projects = Insurer.objects.visible_to(user).order_by().values("pk")
    return Q(**{insurer: None}) | Q(**{f"{insurer}__in": projects})


def asked_of(article: Article) -> QuerySet[Employee]:
    """Whoever is asked to read it: of the roles that help by it, working on its project, or on any for all of them."""
    people = Employee.objects.employed().filter(role__in=ASKED)
    if article.insurer_id is None:
        return people
    grants = apps.get_model("insurance", "InsurerUserObjectPermission")._default_manager
    mine = grants.filter(user=OuterRef("pk"), content_object=article.insurer_id)
    return people.filter(Exists(mine))


class ArticleQuerySet(QuerySet["Article"]):
    """Articles."""

    def visible_to(self, user: Employee) -> ArticleQuerySet:
        """Those of the person's projects and those for all; one without a published version only for who writes."""
        published = apps.get_model("knowledge", "ArticleVersion").objects.published()
        seen = reach(user, "article.read", "insurer") & Q(Exists(published.filter(article=OuterRef("pk"))))
        if rights.lets(user, "article.write"):
            seen |= reach(user, "article.write", "insurer")
        return self.filter(seen)


class ArticleVersionQuerySet(QuerySet["ArticleVersion"]):
    """Versions of articles."""

    def published(self) -> ArticleVersionQuerySet:
        """Those whose text is final."""
        return self.filter(published_at__isnull=False)

    def visible_to(self, user: Employee) -> ArticleVersionQuerySet:
        """Published versions of what the person reads; drafts for who writes."""
        seen = reach(user, "article.read", "article__insurer") & Q(published_at__isnull=False)
        if rights.lets(user, "article.write"):
            seen |= reach(user, "article.write", "article__insurer")
        return self.filter(seen)

    def holding(self, today: date) -> ArticleVersionQuerySet:
        """Those that hold on a day: at most one of an article."""
        return self.published().filter(Q(until=None) | Q(until__gt=today), since__lte=today)

    def asking(self) -> ArticleVersionQuerySet:
        """The one of each article that was published last and is not over: what people are asked to have read."""
        return self.published().filter(until=None)

    def unread_by(self, user: Employee) -> ArticleVersionQuerySet:
        """Those that the person is asked to read and has not acknowledged; who published it has read it."""
        if not rights.lets(user, "article.acknowledge"):
            return self.none()
        mine = self.asking().filter(reach(user, "article.acknowledge", "article__insurer"))
        return mine.exclude(published_by=user).exclude(receipts__employee=user)

    def mattering(self, matter: Matter) -> ArticleVersionQuerySet:
        """Those that matter for a case or a call: `rules.why`, as a query."""
        topics = Q(clauses__overlap=sorted(matter.clauses)) | Q(services__overlap=sorted(matter.services))
        return self.filter(
            Q(article__insurer=None) | Q(article__insurer=matter.insurer),
            Q(programmes=[]) | Q(programmes__contains=[matter.programme]),
            Q(countries=[]) | Q(countries__contains=[matter.country]),
            Q(clauses=[], services=[]) | topics,
        )

    def matching(self, question: str) -> ArticleVersionQuerySet:
        """Those that have the words (`fregat.lib.wordforms.query`), the best first."""
        asked = SearchQuery(question, config="simple", search_type="raw")
        ranked: Any = self.filter(words=asked).annotate(rank=SearchRank(F("words"), asked))
        found: ArticleVersionQuerySet = ranked.order_by("-rank", "pk")
        return found
