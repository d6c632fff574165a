"""Plain search to compare with: how well each sentence of the article fits a message, by nothing that is curated."""

import importlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from bot.faults import Fault, FaultsError, did_you_mean, shown_path

Scores: TypeAlias = Callable[[str], Sequence[float]]
"""How well each of some sentences fits a message; more is better."""

Embed: TypeAlias = Callable[[Sequence[str]], Iterable[Any]]
"""Texts to vectors of length one, as NumPy arrays."""

NAMES = ("rapidfuzz", "bm25", "minilm")
_MINILM = "sentence-transformers/all-MiniLM-L6-v2"
_MODEL_FILES = ("model.onnx", "config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json")


def baseline(name: str, sentences: Sequence[str], model: Path | None = None) -> Scores:
    """A baseline by its name; `model` is a folder with MiniLM's files. Raises FaultsError."""
    if name == "rapidfuzz":
        return fuzzy_scores(sentences)
    if name == "bm25":
        return bm25_scores(sentences)
    if name == "minilm":
        return embedding_scores(sentences, minilm(model))
    raise _fault("--against", f"There is no baseline “{name}”.", did_you_mean(name, list(NAMES)))


def fuzzy_scores(sentences: Sequence[str]) -> Scores:
    """RapidFuzz's token set ratio."""
    processed = [default_process(sentence) for sentence in sentences]

    def scores(message: str) -> list[float]:
        asked = default_process(message)
        return [fuzz.token_set_ratio(asked, sentence) for sentence in processed]

    return scores


def bm25_scores(sentences: Sequence[str]) -> Scores:
    """BM25 over English stems, without stop words. Raises FaultsError."""
    bm25s, stemmer = _package("bm25s"), _package("Stemmer").Stemmer("english")

    def stems(texts: Sequence[str]) -> list[list[str]]:
        found: list[list[str]] = bm25s.tokenize(
            list(texts), stopwords="en", stemmer=stemmer, return_ids=False, show_progress=False
        )
        return found

    index = bm25s.BM25()
    index.index(stems(sentences), show_progress=False)

    def scores(message: str) -> Sequence[float]:
        (asked,) = stems([message])
        found: Sequence[float] = index.get_scores(asked) if asked else [0.0] * len(sentences)
        return found

    return scores


def embedding_scores(sentences: Sequence[str], embed: Embed) -> Scores:
    """The cosine of sentence embeddings."""
    rows = list(embed(sentences))

    def scores(message: str) -> list[float]:
        (asked,) = embed([message])
        return [float(asked @ row) for row in rows]

    return scores


def minilm(model: Path | None = None) -> Embed:
    """The embeddings of all-MiniLM-L6-v2, downloaded where no folder holds it. Raises FaultsError."""
    missing = [name for name in _MODEL_FILES if model and not (model / name).is_file()]
    if model and missing:
        raise _fault(shown_path(model), f"MiniLM's {missing[0]} is not there.", f"Needed: {', '.join(_MODEL_FILES)}.")
    fastembed = _package("fastembed")
    _package("loguru").logger.disable("fastembed")
    try:
        embedding = fastembed.TextEmbedding(_MINILM, specific_model_path=str(model) if model else None)
    except ValueError:
        remedy = "Connect to the network once, or name a folder that holds it with --model."
        raise _fault("--against minilm", "The model could not be downloaded.", remedy) from None
    embed: Embed = embedding.embed
    return embed


def _package(name: str) -> Any:  # noqa: ANN401 - what comes with the extra is not there for the type checker
    try:
        return importlib.import_module(name)
    except ImportError:
        remedy = "Install it with: pip install 'citebot[baselines]'"
        raise _fault("--against", f"The package {name} is not installed.", remedy) from None


def _fault(place: str, problem: str, remedy: str) -> FaultsError:
    return FaultsError([Fault(place, 0, problem, remedy)])
