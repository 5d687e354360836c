"""The read side of the figures. Each function states its number of statements."""

from cases.figures.selectors.counting import FigurePage, Line, figure_page, overview, table
from cases.figures.selectors.presence import present
from cases.figures.selectors.rows import MadeOf, made_of

__all__ = ["FigurePage", "Line", "MadeOf", "figure_page", "made_of", "overview", "present", "table"]
