"""The interface's own texts in the reader's language, English where a language lacks one."""

from collections.abc import Mapping
from dataclasses import dataclass

FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Strings:
    """Texts by key. Calling it fills in a text's placeholders; values are never read as placeholders themselves."""

    texts: Mapping[str, str]
    language: str

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key, its {placeholders} replaced."""
        text = self.texts[key]
        return text.format_map({name: str(value) for name, value in values.items()}) if values else text

    def __contains__(self, key: str) -> bool:
        return key in self.texts


def strings_for(texts: Mapping[str, Mapping[str, str]], language: str | None) -> Strings:
    """The texts of a language over those of English."""
    if language is None or not texts.get(language):
        return Strings(texts[FALLBACK], FALLBACK)
    return Strings({**texts[FALLBACK], **texts[language]}, language)


def text_in(texts: Mapping[str, str], language: str, home: str = FALLBACK) -> str:
    """A curated text in a language, else in the article's, else in English, else in any."""
    for code in (language, home, FALLBACK):
        if code in texts:
            return texts[code]
    return next(iter(texts.values()))
