"""The Grafana dashboard of deploy/observe: one list of panels, which `make docs` writes as JSON."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[1] / "deploy" / "observe" / "dashboard.json"
_COLUMNS, _WIDTH, _HEIGHT = 3, 8, 7  # Grafana's page is 24 wide
_SOURCE = {"type": "prometheus", "uid": "${source}"}


@dataclass(frozen=True)
class Panel:
    """One graph. `OFFICE` in the query becomes the chosen offices; `alarm` is drawn as a line."""

    title: str
    query: str
    legend: str
    unit: str = "short"
    alarm: float | None = None


PANELS = (
    Panel(
        "Oldest reply not sent",
        'max by (office, channel) (loket_oldest_unsent_seconds{OFFICE, kind="reply"})',
        "{{office}} {{channel}}",
        "s",
        120,
    ),
    Panel(
        "Oldest notification due",
        'max by (office, channel) (loket_oldest_unsent_seconds{OFFICE, kind="push"})',
        "{{office}} {{channel}}",
        "s",
        1800,
    ),
    Panel(
        "Residents who wait for a human",
        "max by (office) (loket_handovers_waiting{OFFICE})",
        "{{office}}",
    ),
    Panel(
        "Messages a second",
        "sum by (office, channel) (rate(loket_turns_total{OFFICE}[5m]))",
        "{{office}} {{channel}}",
        "reqps",
    ),
    Panel(
        "95 % of turns are faster than",
        "histogram_quantile(0.95, sum by (office, le) (rate(loket_turn_seconds_bucket{OFFICE}[5m])))",
        "{{office}}",
        "s",
    ),
    Panel(
        "Turns that failed, in 15 minutes",
        'sum by (office, channel, outcome) (increase(loket_turns_total{OFFICE, outcome=~"fault|lost"}[15m]))',
        "{{office}} {{channel}} {{outcome}}",
        alarm=3,
    ),
    Panel(
        "Last contact with the provider",
        "time() - max by (office, channel, by) (loket_channel_contact_timestamp_seconds{OFFICE})",
        "{{office}} {{channel}} {{by}}",
        "s",
    ),
    Panel(
        "Messages that wait or are unknown",
        'max by (office, channel, state) (loket_outbox{OFFICE, state=~"waiting|sending|unknown"})',
        "{{office}} {{channel}} {{state}}",
    ),
    Panel(
        "Forged webhook calls, in 15 minutes",
        "sum by (office, channel) (increase(loket_forged_webhooks_total{OFFICE}[15m]))",
        "{{office}} {{channel}}",
        alarm=20,
    ),
    Panel("Overdue cases", "max by (office) (loket_cases_overdue{OFFICE})", "{{office}}"),
    Panel("Age of the last import", "min by (office) (loket_import_age_seconds{OFFICE})", "{{office}}", "s"),
    Panel(
        "Age of the last backup",
        "min by (office) (loket_backup_age_seconds{OFFICE})",
        "{{office}}",
        "s",
        93600,
    ),
    Panel(
        "Longest time since a good round of a loop",
        "max by (office, instance) (loket_loop_stuck_seconds{OFFICE})",
        "{{office}} {{instance}}",
        "s",
        900,
    ),
    Panel(
        "Failed transactions a minute",
        "sum by (office, instance, kind) (rate(loket_store_failures_total{OFFICE}[5m])) * 60",
        "{{office}} {{instance}} {{kind}}",
    ),
    Panel(
        "Connections to the database in use",
        'max by (office, instance) (loket_store_connections{OFFICE, state="in_use"}) '
        "/ max by (office, instance) (loket_store_connections_most{OFFICE})",
        "{{office}} {{instance}}",
        "percentunit",
        0.9,
    ),
    Panel(
        "Standbys behind by",
        "max by (office) (loket_replica_lag_seconds{OFFICE})",
        "{{office}}",
        "s",
        30,
    ),
    Panel(
        "Memory",
        "sum by (office, instance) (process_resident_memory_bytes{OFFICE})",
        "{{office}} {{instance}}",
        "bytes",
    ),
    Panel(
        "Processor",
        "sum by (office, instance) (rate(process_cpu_seconds_total{OFFICE}[5m]))",
        "{{office}} {{instance}}",
        "percentunit",
    ),
    Panel(
        "Versions",
        "count by (office, version, database) (loket_build_info{OFFICE})",
        "{{office}} {{version}} {{database}}",
    ),
)


def dashboard() -> dict[str, Any]:
    """The dashboard as Grafana imports it."""
    return {
        "title": "Loket",
        "uid": "loket",
        "schemaVersion": 39,
        "editable": True,
        "refresh": "1m",
        "time": {"from": "now-24h", "to": "now"},
        "templating": {
            "list": [
                {"name": "source", "label": "Prometheus", "type": "datasource", "query": "prometheus"},
                {
                    "name": "office",
                    "label": "Office",
                    "type": "query",
                    "datasource": _SOURCE,
                    "query": "label_values(loket_build_info, office)",
                    "refresh": 2,
                    "multi": True,
                    "includeAll": True,
                    "current": {"text": "All", "value": "$__all"},
                },
            ]
        },
        "panels": [_drawn(place, panel) for place, panel in enumerate(PANELS)],
    }


def _drawn(place: int, panel: Panel) -> dict[str, Any]:
    row, column = divmod(place, _COLUMNS)
    steps: list[dict[str, Any]] = [{"color": "green", "value": None}]
    if panel.alarm is not None:
        steps.append({"color": "red", "value": panel.alarm})
    return {
        "id": place + 1,
        "title": panel.title,
        "type": "timeseries",
        "datasource": _SOURCE,
        "gridPos": {"x": column * _WIDTH, "y": row * _HEIGHT, "w": _WIDTH, "h": _HEIGHT},
        "targets": [
            {
                "refId": "A",
                "expr": panel.query.replace("OFFICE", 'office=~"$office"'),
                "legendFormat": panel.legend,
            }
        ],
        "fieldConfig": {
            "defaults": {
                "unit": panel.unit,
                "min": 0,
                "thresholds": {"mode": "absolute", "steps": steps},
                "custom": {"thresholdsStyle": {"mode": "line" if panel.alarm is not None else "off"}},
            },
            "overrides": [],
        },
    }


def written() -> str:
    """The file's content."""
    return json.dumps(dashboard(), indent=2, ensure_ascii=False) + "\n"
