"""The model as sections: arrays stay arrays."""

from functools import partial

from bot.packing.sections import Packed, Sections, pack_array, pack_json, pack_texts
from bot.understanding.features import Features, Texts
from bot.understanding.fingerprints import Fingerprints
from bot.understanding.model import Model, SubjectKind
from bot.understanding.postings import Contrasts, Phrasings, Postings

_SETS = ("cites", "answers", "asked")
_PARTS = ("keys", "places", "values")


def pack_model(model: Model) -> Packed:
    """A model as sections."""
    about = {
        "ids": model.ids,
        "kinds": model.kinds,
        "lengths": model.lengths,
        "measures": model.measures,
        "unseen_idf": model.unseen_idf,
        "topical": sorted(model.topical),
        **{name: [sorted(held) for held in getattr(model, name)] for name in _SETS},
    }
    features = model.features
    packed = {
        "model": pack_json(about),
        "features": pack_texts(features.common),
        "unknown": features.unknown.joined,
        "unknown starts": pack_array(features.unknown.starts),
        "literal": pack_texts(features.literal()),
        **pack_fingerprints("words", features.found),
        "idf": pack_array(model.idf),
        "absent": pack_array(model.absent),
    }
    for part in (model.phrasings, model.postings, model.contrasts):
        for name, values in part._asdict().items():
            packed[f"{type(part).__name__} {name}"] = values if isinstance(values, bytes) else pack_array(values)
    return packed


def unpack_model(sections: Sections) -> Model:
    """What `pack_model` packed."""
    about = sections.json("model")
    sets = {name: [frozenset(held) for held in about[name]] for name in _SETS}
    return Model(
        ids=about["ids"],
        kinds=[SubjectKind(kind) for kind in about["kinds"]],
        lengths=about["lengths"],
        measures=about["measures"],
        features=Features(
            common=sections.texts("features"),
            unknown=Texts(sections.raw("unknown"), sections.array("unknown starts")),
            found=unpack_fingerprints(sections, "words"),
            literal=partial(sections.texts, "literal"),
        ),
        idf=sections.array("idf"),
        unseen_idf=about["unseen_idf"],
        absent=sections.array("absent"),
        topical=frozenset(about["topical"]),
        phrasings=Phrasings(*(sections.array(f"Phrasings {name}") for name in Phrasings._fields)),
        postings=Postings(
            **{name: sections.array(f"Postings {name}") for name in Postings._fields if name != "bits"},
            bits=sections.raw("Postings bits"),
        ),
        contrasts=Contrasts(*(sections.array(f"Contrasts {name}") for name in Contrasts._fields)),
        **sets,
    )


def pack_fingerprints(name: str, table: Fingerprints) -> Packed:
    """A map of texts to numbers as sections."""
    return {f"{name} {part}": pack_array(getattr(table, part)) for part in _PARTS}


def unpack_fingerprints(sections: Sections, name: str) -> Fingerprints:
    """What `pack_fingerprints` packed."""
    return Fingerprints(*(sections.array(f"{name} {part}") for part in _PARTS))
