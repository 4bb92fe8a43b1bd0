"""The figures as one table."""

from statistics import median

from benchmarks.race import Result

CPU_HEAD = (
    "bot",
    "CPU ms per conversation, full speed",
    "× (a) outgoing",
    "× (c)",
    "× Loket outgoing",
    "core busy at conversations/s",
    "CPU ms at 200 messages/s",
    "× (a) outgoing",
    "× (c)",
    "× Loket outgoing",
    "right answers",
)
TIME_HEAD = (
    "bot",
    "p50 ms at 40/s",
    "p99 ms at 40/s",
    "longest ms at 200/s",
    "generator's pause",
    "memory MB",
)


def race(results: list[Result]) -> str:
    known = {result.bot.key: result for result in results}
    lines = [*rows([CPU_HEAD, *(cpu(one, known) for one in results)]), ""]
    lines += [*rows([TIME_HEAD, *(times(one) for one in results)]), ""]
    lines.append("The longest answer cannot be told from a pause of the generator in the same seconds.")
    for one in results:
        lines += [f"{one.bot.title}: {sample}" for sample in one.samples]
        busy = f"generator busy {median(one.own_busy):.0%}"
        lines.append(f"{one.bot.title}: {busy}, calls {one.calls}, unasked {one.unasked}")
    return "\n".join(lines)


def cpu(one: Result, known: dict[str, Result]) -> tuple[str, ...]:
    others = [known.get(key) for key in ("a", "c")]
    return (
        one.bot.title,
        f"{median(one.cpu_ms):.2f}",
        *(f"{one.ratio_to(other):.2f}" if other else "" for other in others),
        f"{one.ratio_to(known['loket']):.2f}" if "loket" in known else "",
        f"{median(one.busy):.0%} at {median(one.per_second):.0f}",
        f"{median(one.calm_cpu_ms):.2f}",
        *(f"{one.calm_ratio_to(other):.2f}" if other else "" for other in others),
        f"{one.calm_ratio_to(known['loket']):.2f}" if "loket" in known else "",
        f"{one.conversations} of {one.conversations + one.wrong}",
    )


def times(one: Result) -> tuple[str, ...]:
    figures = (median(one.p50), median(one.p99), max(one.longest), max(one.own_pause))
    return one.bot.title, *(f"{figure:.1f}" for figure in figures), f"{one.memory:.0f}"


def rows(cells: list[tuple[str, ...]]) -> list[str]:
    written = ["| " + " | ".join(row) + " |" for row in cells]
    return [written[0], "|---" * len(cells[0]) + "|", *written[1:]]
