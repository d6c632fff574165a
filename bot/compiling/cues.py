"""Follow-up cues from a language's words."""

from collections.abc import Iterable, Mapping

from bot.language.model import Words
from bot.understanding.cues import Cue, Cues, phrase_key

_WHOLE = (
    Cue.MORE,
    Cue.SOURCE,
    Cue.WHY,
    Cue.ELABORATE,
    Cue.CONTRAST,
    Cue.CHECK,
    Cue.NAMES,
    Cue.EXACT_WORDS,
    Cue.WHO_SAID,
)
_OPENING = (Cue.BACK_TO, Cue.AND, Cue.NOT, Cue.CORRECTION, Cue.ASIDE)


def build_cues(words: Words) -> Cues:
    """From a language's data."""
    cues = words.follow_up
    lists = {
        Cue.MORE: cues.more,
        Cue.WHO_SAID: cues.who_said,
        Cue.SOURCE: cues.source,
        Cue.WHY: cues.why,
        Cue.AND: cues.and_,
        Cue.CORRECTION: cues.correction,
        Cue.ELABORATE: cues.elaborate,
        Cue.CONTRAST: cues.contrast,
        Cue.CHECK: cues.check,
        Cue.NAMES: cues.names,
        Cue.EXACT_WORDS: cues.exact_words,
        Cue.BACK_TO: cues.back_to,
        Cue.NOT: cues.not_,
        Cue.ASIDE: cues.aside,
    }
    return Cues(
        whole={phrase_key(phrase): cue for cue in _WHOLE for phrase in lists[cue]},
        opening={phrase_key(phrase): cue for cue in _OPENING for phrase in lists[cue]},
        pronouns=_kinds_by_form(words.pronouns),
        telling=frozenset(map(phrase_key, cues.telling)),
        furthering=frozenset(map(phrase_key, cues.furthering)),
        joining=frozenset(map(phrase_key, words.joining)),
        fillers=frozenset(map(phrase_key, cues.fillers)),
        references={phrase_key(form): reference for reference, forms in words.references.items() for form in forms},
    )


def _kinds_by_form(pronouns: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Each pronoun with all the kinds that it can be: a French "il" is a person or a thing."""
    found: dict[str, list[str]] = {}
    for kind, forms in pronouns.items():
        for form in forms:
            found.setdefault(phrase_key(form), []).append(kind)
    return found
