"""The model as sections: arrays stay arrays."""

from bot.packing.sections import Packed, Sections, pack_array, pack_json, pack_texts
from bot.understanding.model import Model, SubjectKind
from bot.understanding.postings import Contrasts, Phrasings, Postings

_SETS = ("cites", "answers", "asked")


def pack_model(model: Model) -> Packed:
    """A model as sections."""
    about = {
        "ids": model.ids,
        "kinds": model.kinds,
        "measures": model.measures,
        "unseen_idf": model.unseen_idf,
        "idf": [model.numbers[feature] for feature in model.idf],
        "topical": [model.numbers[feature] for feature in sorted(model.topical)],
        **{name: [sorted(held) for held in getattr(model, name)] for name in _SETS},
    }
    packed = {
        "model": pack_json(about),
        "features": pack_texts(model.features),
        "lengths": pack_array("d", model.lengths),
        "idf": pack_array("d", model.idf.values()),
        "absent": pack_array("d", (model.absent[feature] for feature in model.features if feature in model.absent)),
    }
    for part in (model.phrasings, model.postings, model.contrasts):
        for name, values in part._asdict().items():
            packed[f"{type(part).__name__} {name}"] = pack_array(values.typecode, values)
    return packed


def unpack_model(sections: Sections) -> Model:
    """What `pack_model` packed."""
    about = sections.json("model")
    features = sections.texts("features")
    sets = {name: [frozenset(held) for held in about[name]] for name in _SETS}
    return Model(
        ids=about["ids"],
        kinds=[SubjectKind(kind) for kind in about["kinds"]],
        measures=about["measures"],
        lengths=list(sections.array("lengths")),
        features=features,
        idf=dict(zip(map(features.__getitem__, about["idf"]), sections.array("idf"), strict=True)),
        unseen_idf=about["unseen_idf"],
        absent=dict(zip(features, sections.array("absent"), strict=False)),
        topical=frozenset(map(features.__getitem__, about["topical"])),
        phrasings=Phrasings(*(sections.array(f"Phrasings {name}") for name in Phrasings._fields)),
        postings=Postings(*(sections.array(f"Postings {name}") for name in Postings._fields)),
        contrasts=Contrasts(*(sections.array(f"Contrasts {name}") for name in Contrasts._fields)),
        **sets,
    )
