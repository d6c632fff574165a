"""Plain search over sentences."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.evaluation.baselines import baseline, embedding_scores, minilm
from bot.faults import FaultsError

_SENTENCES = (
    "A small ferry will carry passengers across the river.",
    "Repairs will cost 4.2 million crowns.",
    "Engineers found cracks in the middle arch.",
)


@dataclass(frozen=True)
class _Vector:
    """As much of a NumPy array as a cosine needs."""

    values: tuple[float, ...]

    def __matmul__(self, other: "_Vector") -> float:
        return sum(mine * others for mine, others in zip(self.values, other.values, strict=True))


def _embed_by_first_letter(texts: Sequence[str]) -> Iterator[_Vector]:
    for text in texts:
        yield _Vector(tuple(float(text[0] == letter) for letter in "ARE"))


@pytest.mark.parametrize("name", ["rapidfuzz", "bm25"])
@pytest.mark.parametrize(("message", "best"), [("is there a FERRY?", 0), ("what will it cost", 1), ("cracks?!", 2)])
def test_the_sentence_that_shares_the_words_fits_best(name: str, message: str, best: int) -> None:
    """Whatever the case and the punctuation."""
    scores = baseline(name, _SENTENCES)(message)
    assert len(scores) == len(_SENTENCES)
    assert max(range(len(scores)), key=scores.__getitem__) == best


def test_bm25_compares_stems() -> None:
    """An inflected word fits its sentence."""
    assert baseline("bm25", _SENTENCES)("cracked arches")[2] > 0


@pytest.mark.parametrize("name", ["rapidfuzz", "bm25"])
@pytest.mark.parametrize("message", ["", " ", "?!", "the of", "ні, дякую", "\ud800"])
def test_a_message_without_known_words_fits_no_sentence_better_by_error(name: str, message: str) -> None:
    """Every sentence gets a score, whatever the message."""
    assert len(baseline(name, _SENTENCES)(message)) == len(_SENTENCES)


def test_embeddings_are_compared_by_their_cosine() -> None:
    """The nearest vector is the best sentence's."""
    assert embedding_scores(_SENTENCES, _embed_by_first_letter)("Repair bill?") == [0.0, 1.0, 0.0]


@pytest.mark.parametrize(("name", "package"), [("bm25", "bm25s"), ("minilm", "fastembed")])
def test_a_missing_package_names_the_extra(name: str, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line says what to install."""
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(FaultsError) as raised:
        baseline(name, _SENTENCES)
    assert str(raised.value) == (
        f"--against: The package {package} is not installed. Install it with: pip install 'citebot[baselines]'"
    )


def test_a_folder_without_the_model_says_what_it_needs(own_folder: Path) -> None:
    """The first file that is missing, and all that are needed."""
    (own_folder / "model.onnx").touch()
    with pytest.raises(FaultsError, match=r"MiniLM's config.json is not there. Needed: model.onnx, .*tokenizer.json"):
        minilm(own_folder)


def test_an_unknown_baseline_names_the_nearest() -> None:
    """A typing error is told from a missing package."""
    with pytest.raises(FaultsError, match=r"no baseline “bm52”\. Did you mean “bm25”\?"):
        baseline("bm52", _SENTENCES)
