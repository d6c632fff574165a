"""The Grafana dashboard asks for what the bot tells."""

import json
import re
from pathlib import Path
from typing import Any

from bot.telegram.watch.exposition import Exposition
from bot.telegram.watch.metrics import COUNTERS, Metrics

DASHBOARD: dict[str, Any] = json.loads((Path(__file__).parents[2] / "deploy" / "grafana.json").read_text("utf-8"))
QUERIES = [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]


def test_every_query_asks_for_a_metric_that_there_is() -> None:
    """No panel stays empty because of a name."""
    metrics = Metrics()
    for name, family in COUNTERS.items():
        metrics.count(name, *family.labels)
    told = set(re.findall(r"^(\w+)[{ ]", Exposition(metrics).text().decode(), re.MULTILINE))
    asked = set(re.findall(r"\b((?:citebot|process)_\w+)", " ".join(QUERIES)))
    assert asked <= told


def test_every_label_of_a_query_is_one_of_its_metric() -> None:
    """Sums are over labels that there are."""
    for query in QUERIES:
        for labels, name in re.findall(r"sum by \(([\w, ]+)\) \(\w+\(citebot_(\w+?)_total", query):
            assert set(labels.split(", ")) <= set(COUNTERS[name].labels)


def test_every_counter_is_shown() -> None:
    """What is counted can be seen."""
    shown = " ".join(QUERIES)
    assert [name for name in COUNTERS if f"citebot_{name}_total" not in shown] == []


def test_panels_do_not_overlap() -> None:
    """Each place on the grid is taken once, and each id."""
    places = [(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in DASHBOARD["panels"]]
    assert len(set(places)) == len(places) == len({panel["id"] for panel in DASHBOARD["panels"]})
