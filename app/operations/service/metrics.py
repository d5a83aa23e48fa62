"""Requests counted by address pattern, and the text in which Prometheus reads that and the gauges of the moment.

Several workers count each for itself in files of a folder in memory (multiprocess mode; app/gunicorn_config.py
makes the folder); whichever of them is asked adds all up. A process without that folder tells of itself alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from app.operations.rules.gauges import Gauge
from app.processes import METRICS_FOLDER

if TYPE_CHECKING:
    from prometheus_client.core import GaugeMetricFamily

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"})
"""What is asked with another verb is "other": a stranger may invent any number of them."""
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Seconds."""


class RequestMetrics:
    """Made only where somebody may ask for it: the library is not loaded otherwise."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Histogram

        self._registry = CollectorRegistry()
        self._requests = Counter("sabuk_requests", "Requests answered.", ["method", "rule", "status"], registry=self._registry)
        self._seconds = Histogram(
            "sabuk_request_seconds", "From the whole request to the answer.", ["rule"], buckets=BUCKETS, registry=self._registry
        )

    def record(self, method: str, rule: str, status: int, seconds: float) -> None:
        """Count a request; `rule` is the pattern of its address, "-" where there is none."""
        self._requests.labels(method if method in METHODS else "other", rule, str(status)).inc()
        self._seconds.labels(rule).observe(seconds)

    def text(self, gauges: Iterable[Gauge]) -> str:
        """All in Prometheus' text format."""
        from prometheus_client import CollectorRegistry, generate_latest
        from prometheus_client.multiprocess import MultiProcessCollector

        told = CollectorRegistry()
        told.register(_Gauges(list(gauges)))
        if METRICS_FOLDER not in os.environ:
            return (generate_latest(self._registry) + generate_latest(told)).decode()
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return (generate_latest(together) + generate_latest(told)).decode()


class _Gauges:
    """A collector, as the library calls it, of figures that are known already."""

    def __init__(self, gauges: list[Gauge]) -> None:
        self._gauges = gauges

    def collect(self) -> Iterator[GaugeMetricFamily]:
        from prometheus_client.core import GaugeMetricFamily

        for gauge in self._gauges:
            labels: Any = [gauge.label] if gauge.label else []
            family = GaugeMetricFamily(gauge.name, gauge.help, labels=labels)
            for label, value in gauge.values.items():
                family.add_metric([label] if gauge.label else [], value)
            yield family
