"""The office's sentences, read once for all tests: to read them takes longer than most of the tests that need them."""

from functools import cache

from locales.texts import Texts


@cache
def the_texts() -> Texts:
    """Give the texts, which nobody changes; a missing variable is a fault."""
    return Texts(strict=True)
