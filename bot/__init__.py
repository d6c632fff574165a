"""Citebot: answers questions about one article, only in the article's own words."""

__version__ = "0.1.0"
