"""The figures as one table."""

from statistics import median

from benchmarks.race import Result

RACE_HEAD = (
    "| bot | CPU ms per conversation | × (a) outgoing | × (c) | core busy at conversations/s | p50 ms | p99 ms | longest ms at 200/s "
    "| memory MB | right answers |"
)


def race(results: list[Result]) -> str:
    known = {result.bot.key: result for result in results}
    lines = [RACE_HEAD, "|---" * 10 + "|"]
    for one in results:
        ratios = [f"{one.ratio_to(known[key]):.2f}" if key in known else "" for key in ("a", "c")]
        figures = (
            f"{median(one.cpu_ms):.2f}",
            *ratios,
            f"{median(one.busy):.0%} at {median(one.per_second):.0f}",
            f"{median(one.p50):.1f}",
            f"{median(one.p99):.1f}",
            f"{max(one.longest):.0f} ({max(one.own_pause):.0f})",
            f"{one.memory:.0f}",
            f"{one.conversations} of {one.conversations + one.wrong}",
        )
        lines.append(f"| {one.bot.title} | " + " | ".join(figures) + " |")
    lines.append("")
    lines.append(
        "In brackets behind the longest answer: the generator's own longest pause in the same seconds."
    )
    for one in results:
        lines += [f"{one.bot.title}: {sample}" for sample in one.samples]
        lines.append(
            f"{one.bot.title}: generator busy {median(one.own_busy):.0%}, calls {one.calls}, unasked {one.unasked}"
        )
    return "\n".join(lines)
