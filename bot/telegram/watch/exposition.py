"""The metrics as Prometheus reads them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from bot import __version__
from bot.telegram.watch.metrics import COUNTERS, TIMES, Histogram, Metrics

PREFIX = "citebot_"


class Exposition(Collector):
    """The figures of a process, its memory and CPU time among them."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._registry = CollectorRegistry()
        self._registry.register(self)
        ProcessCollector(registry=self._registry)

    def text(self) -> bytes:
        """The Prometheus text format."""
        return generate_latest(self._registry)

    def collect(self) -> Iterable[Metric]:
        """The process's own figures now."""
        yield from self._counters()
        yield from (_histogram(name, histogram) for name, histogram in self._metrics.times.items())
        yield from self._gauges()

    def _counters(self) -> Iterator[Metric]:
        found: dict[str, list[tuple[tuple[str, ...], int]]] = defaultdict(list)
        for (name, *labels), value in self._metrics.counts.items():
            found[name].append((tuple(labels), value))
        for name, (description, names) in COUNTERS.items():
            family = CounterMetricFamily(PREFIX + name, description, labels=names)
            for values, count in found[name] or ([] if names else [((), 0)]):
                family.add_metric(values, count)
            yield family

    def _gauges(self) -> Iterator[Metric]:
        yield GaugeMetricFamily(f"{PREFIX}updates_in_hand", "Updates being handled now.", self._metrics.in_hand)
        silence = self._metrics.silence()
        yield GaugeMetricFamily(
            f"{PREFIX}last_contact_age_seconds",
            "Seconds since the last completed poll, or since Telegram last used or confirmed the webhook.",
            float("nan") if silence is None else silence,
        )
        build = GaugeMetricFamily(f"{PREFIX}build_info", "The version that runs.", labels=("version",))
        build.add_metric((__version__,), 1)
        yield build


def _histogram(name: str, histogram: Histogram) -> Metric:
    bounds = [*map(str, histogram.bounds), "+Inf"]
    family = HistogramMetricFamily(PREFIX + name, TIMES[name].description)
    family.add_metric((), list(zip(bounds, accumulate(histogram.counts), strict=True)), histogram.total)
    return family
