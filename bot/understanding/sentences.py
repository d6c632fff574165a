"""The article's sentences as understanding sees them."""

from typing import NamedTuple


class Sentences(NamedTuple):
    """Per sentence, by number: its features and the persons that it names, in its order.

    `contrasting` open with "however" or the like, `reporting` hold a word of saying. `roles` are the features of what
    the article calls each of those persons.
    """

    features: list[dict[str, float]]
    persons: list[tuple[str, ...]]
    contrasting: frozenset[int]
    reporting: frozenset[int]
    roles: dict[str, frozenset[str]]
