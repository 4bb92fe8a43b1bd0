"""The alerts and the dashboard of deploy/observe name what a scrape has, and fire when they should."""

import asyncio
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families as parsed

from bot.setup.metrics import STORE_WIDE
from docs import dashboard

ROOT = Path(__file__).parents[2]
OBSERVE = ROOT / "deploy" / "observe"
RULES = (OBSERVE / "rules.yml").read_text()
CASES = (OBSERVE / "rules.test.yml").read_text()
ALERTS = re.findall(r"- alert: (\w+)", RULES)
EXPRESSIONS = [
    *re.findall(r"^ +expr: (.+)$", RULES, re.MULTILINE),
    *(panel.query.replace("OFFICE", "") for panel in dashboard.PANELS),
]
# Prometheus itself, prometheus-node-exporter, prometheus-blackbox-exporter
FOREIGN = {
    "up", "node_filesystem_avail_bytes", "node_filesystem_size_bytes", "probe_ssl_earliest_cert_expiry",
}  # fmt: skip
WORDS = {"and", "on", "by"}
SUFFIX = re.compile(r"_(bucket|count|sum|created)$")


def metrics_in(expression: str) -> set[str]:
    """Names of metrics in a query: what is neither a label, a function, a duration nor a word of the language."""
    bare = re.sub(r'"[^"]*"|\{[^}]*\}|\[[^\]]*\]|\b(?:by|on) \([^)]*\)', " ", expression)
    return {*re.findall(r"\b[a-z_:][\w:]*\b(?! *\()", bare)} - WORDS


def test_names_of_metrics_are_found_in_a_query():
    query = 'max by (office) (increase(a_total{b="c"}[5m])) / sum(d_bucket) > 3 and on () (hour() > 5)'
    assert metrics_in(query) == {"a_total", "d_bucket"}


async def test_every_metric_of_a_rule_or_panel_is_in_a_real_scrape(scrape):
    families = [*parsed(await scrape())]
    known = {f"{one.name}{'_total' if one.type == 'counter' else ''}" for one in families}
    assert len(EXPRESSIONS) > 30
    named = {SUFFIX.sub("", name) for one in EXPRESSIONS for name in metrics_in(one)}
    assert named - FOREIGN - known == set()
    assert named >= FOREIGN


async def test_what_every_process_tells_alike_is_never_added_up(scrape):
    alike = [one.name for one in parsed(await scrape()) if one.documentation.startswith(STORE_WIDE)]
    assert {"loket_outbox", "loket_oldest_unsent_seconds", "loket_backup_age_seconds"} <= {*alike}
    for name in alike:
        for expression in EXPRESSIONS:
            one_of_them = re.findall(rf"(?:max|min) by \([^)]*\) \((?:max_over_time\()?{name}\b", expression)
            assert len(re.findall(rf"\b{name}\b", expression)) == len(one_of_them), expression


def test_every_alert_has_cases_in_which_it_fires_and_does_not():
    assert len(ALERTS) == len({*ALERTS}) >= 15
    fires = {*re.findall(r"alertname: (\w+)\n +exp_alerts:", CASES)}
    silent = {*re.findall(r"alertname: (\w+)\}", CASES)}
    assert fires == silent == {*ALERTS}


def test_the_dashboard_is_written_from_its_list_of_panels():
    assert dashboard.FILE.read_text() == dashboard.written(), "make docs writes it"
    panels = json.loads(dashboard.written())["panels"]
    assert all('{office=~"$office"' in panel["targets"][0]["expr"] for panel in panels)


@pytest.fixture
def promtool():
    found = shutil.which("promtool")
    if found is None and os.environ.get("CI") == "true":
        pytest.fail("CI needs promtool; .ci/run installs it", pytrace=False)
    if found is None:
        pytest.skip("promtool is not installed (Debian: apt install promtool)")
    return lambda *words, told="": subprocess.run(
        [found, *words], cwd=OBSERVE, input=told, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.mark.parametrize(
    "words",
    [
        ("test", "rules", "rules.test.yml"),
        ("check", "rules", "--lint-fatal", "rules.yml"),
        ("check", "config", "--syntax-only", "prometheus.yml"),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_prometheus_own_tool_is_content(promtool, words):
    done = promtool(*words)
    assert done.returncode == 0, done.stdout + done.stderr


async def test_prometheus_own_tool_finds_the_scrape_well_formed(promtool, sri, scrape):
    await sri.says("menu")
    done = await asyncio.to_thread(promtool, "check", "metrics", told=await scrape())
    assert done.returncode in {0, 3}, done.stderr  # 3: matters of style
    assert "error" not in done.stderr
