"""What may be shown to everybody: no figure rests on so few answers that somebody could be recognised in it."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def shown_cells(people: Mapping[K, int], *, least: int) -> frozenset[K]:
    """Give the cells of a table that may be shown, when its total is shown, too.

    A cell of fewer than `least` people is hidden. What is hidden could be had by taking the shown ones from the total, so
    that together the hidden ones must be nobody or at least so many: else the smallest shown cell is hidden with them.
    """
    shown = {cell: count for cell, count in people.items() if count >= least}
    hidden = [count for count in people.values() if 0 < count < least]
    while shown and hidden and (sum(hidden) < least or len(hidden) == 1):
        smallest = min(shown, key=lambda cell: (shown[cell], str(cell)))
        hidden.append(shown.pop(smallest))
    return frozenset(shown)
