"""Choices by the page: what stands on a page, in the order of the digits that answer it."""

MORE = ">"
PREVIOUS = "<"


def page_of(count: int, page: int, room: int) -> tuple[str, ...]:
    """Give the answers of one page: "0", "1", … for choices, ">" for the next page, "<" for the one before.

    `room` is the most buttons a message can show (at least 3). No choice is lost: the pages together hold each once.
    """
    if count <= room:
        return tuple(str(index) for index in range(count))
    first = start_of(page, room)
    left = count - first
    turns = (PREVIOUS,) if page else ()
    if left <= room - len(turns):
        return (*(str(index) for index in range(first, count)), *turns)
    fits = room - len(turns) - 1
    return (*(str(index) for index in range(first, first + fits)), MORE, *turns)


def start_of(page: int, room: int) -> int:
    """The first choice of a page: the first page gives one place to ">", the others two."""
    return 0 if page == 0 else (room - 1) + (page - 1) * (room - 2)


def pages(count: int, room: int) -> int:
    """How many pages the choices need."""
    page = 0
    while MORE in page_of(count, page, room):
        page += 1
    return page + 1
