"""Checks a page with axe-core by the rules of WCAG 2.2, levels A and AA."""

import json

from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Page

# https://www.deque.com/axe/core-documentation/api-documentation/#axe-core-tags
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# `target-size` is a rule of WCAG 2.2 that axe-core leaves off unless it is asked for.
_RUN = f"""async () => {{
  const rules = {{'target-size': {{enabled: true}}}};
  const found = await axe.run({{runOnly: {json.dumps(TAGS)}, rules, resultTypes: ['violations']}});
  return {{
    rules: found.passes.length + found.violations.length,
    broken: found.violations.flatMap((rule) => rule.nodes.map((node) =>
      `${{rule.id}}: ${{node.target.join(' ')}}: ${{node.failureSummary}} ${{node.html.slice(0, 200)}}`)),
  }};
}}"""


async def violations(page: Page) -> list[str]:
    """One line for each element that breaks a rule, by light or in the dark."""
    await page.evaluate(AXE_SCRIPT)
    broken: list[str] = []
    for scheme in ("light", "dark"):
        # A moving colour would be measured in the middle of its way.
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = await page.evaluate(_RUN)
        assert found["rules"] > 5, "axe-core has looked at almost nothing"
        broken += [f"{scheme}: {one}" for one in found["broken"]]
    return broken
