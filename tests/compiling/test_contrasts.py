"""What fitted contrasts promise: utterances find their own subject, also by words that concepts do not tell apart."""

import pytest

from bot.compiling.counting import Phrasing, Subject, count_model, views
from bot.compiling.tables import compile_model
from bot.understanding.model import SubjectKind
from bot.understanding.rank import Ranker


def _subject(name: str, *phrasings: Phrasing) -> Subject:
    return Subject(name, SubjectKind.TOPIC, phrasings)


def _phrasing(*features: str, words: str = "") -> Phrasing:
    return Phrasing(dict.fromkeys(features, 1.0), tuple(f"=en:{word}" for word in sorted(words.split())))


_ALIKE = [
    _subject("pays", _phrasing("?who", "pay"), _phrasing("?who", "pay", "bridge"), _phrasing("pay", "toll")),
    _subject("repairs", _phrasing("?who", "repair"), _phrasing("repair", "bridge"), _phrasing("?who", "repair", "pay")),
]
_WORDED = [
    _subject("first", *(_phrasing("meet", words=f"gather {own}") for own in ("often", "soon", "late"))),
    _subject("second", *(_phrasing("meet", words=f"assemble {own}") for own in ("often", "soon", "late"))),
    *(_subject(name, _phrasing(name)) for name in ("pay", "part", "build")),
]


def test_every_utterance_finds_its_own_subject() -> None:
    """Also one that shares more with another subject's utterances than with its own."""
    ranker = Ranker(compile_model(_ALIKE))
    for subject in _ALIKE:
        for phrasing in subject.phrasings:
            assert ranker.rank(phrasing.features)[0].id == subject.id


def test_words_tell_apart_what_concepts_do_not() -> None:
    """Subjects with the same concepts are told apart by the very words of the message."""
    ranker = Ranker(compile_model(_WORDED))
    assert ranker.rank({"meet": 1.0}, ["=en:gather"])[0].id == "first"
    assert ranker.rank({"meet": 1.0}, ["=en:assemble"])[0].id == "second"


def test_words_of_one_utterance_or_of_most_subjects_teach_nothing() -> None:
    """The ones may be chance, the others tell nothing apart."""
    worded = [_subject(name, *[_phrasing(name, words=f"the once-{name}")] * (name != "e")) for name in "abcde"]
    words = {feature for feature in count_model([*_WORDED[:2], *worded]).features if feature[0] == "="}
    assert words == {"=en:gather", "=en:assemble", "=en:often", "=en:soon", "=en:late"}


def test_utterances_are_learnt_with_their_words_and_without() -> None:
    """Readers choose other words, so an utterance's concepts alone must do."""
    assert list(views(_phrasing("meet", words="gather"))) == [{"meet": 1.0}, {"meet": 1.0, "=en:gather": 0.5}]


def test_the_same_utterances_give_the_same_contrasts() -> None:
    """Two compilations of the same files do not differ."""
    assert compile_model(_ALIKE).contrasts == compile_model(_ALIKE).contrasts


def test_the_order_of_the_utterances_does_not_matter() -> None:
    """So a new utterance, which moves the others down, changes little of what was learnt before."""
    turned = [subject._replace(phrasings=subject.phrasings[::-1]) for subject in _WORDED]
    for word in ("gather", "assemble"):
        told, again = (Ranker(compile_model(each)).rank({"meet": 1.0}, [f"=en:{word}"]) for each in (_WORDED, turned))
        assert [one.id for one in told] == [one.id for one in again]
        assert [one.score for one in told] == pytest.approx([one.score for one in again])


def test_few_utterances_set_little_apart() -> None:
    """What tells a subject apart by three utterances may be chance."""
    few, many = (
        compile_model([subject._replace(phrasings=subject.phrasings * times) for subject in _ALIKE]).contrasts.weights
        for times in (1, 20)
    )
    assert max(map(abs, few), default=0) < max(map(abs, many)) / 4
