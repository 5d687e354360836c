"""The read side of the room."""

from cases.knowledge.selectors.article import (
    ArticlePage,
    Changes,
    article_page,
    changes_of,
    get_article,
    visible_keys,
)
from cases.knowledge.selectors.finding import Found, find
from cases.knowledge.selectors.lacking import Lacking, Waiter, lacking, lacking_of
from cases.knowledge.selectors.matter import Beside, beside, clauses_of
from cases.knowledge.selectors.people import Row, readers_of, waiting, waiting_count
from cases.knowledge.selectors.shelf import Line, Shelf, narrowed, shelf

__all__ = [
    "ArticlePage",
    "Beside",
    "Changes",
    "Found",
    "Lacking",
    "Line",
    "Row",
    "Shelf",
    "Waiter",
    "article_page",
    "beside",
    "changes_of",
    "clauses_of",
    "find",
    "get_article",
    "lacking",
    "lacking_of",
    "narrowed",
    "readers_of",
    "shelf",
    "visible_keys",
    "waiting",
    "waiting_count",
]
