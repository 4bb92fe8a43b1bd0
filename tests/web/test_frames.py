"""Frames of more than 64 KB: read as small ones are, without an object for every item of what no frame has."""

import base64
import json
import tracemalloc

import pytest

from bot.web.frames import BadFrame, Frame, parse

FILLING = "a" * 70_000
PHOTO = base64.b64encode(FILLING.encode()).decode()


def outcome(raw: str | bytes) -> Frame | tuple[str, str | None]:
    try:
        return parse(raw)
    except BadFrame as bad:
        return bad.key, bad.id


FRAMES = [
    {"id": "a", "text": "halo"},
    {"id": "a", "text": "halo", "choice": None, "file": None, "location": None, "left": False},
    {"id": "a", "text": 'é 漢 🙂 " \\ / \n'},
    {"id": "a", "text": "setengah \ud83d huruf, \\ud83d, \ude42, 🙂"},
    {"id": "a", "text": ["halo"]},
    {"id": "a", "text": {}},
    {"id": "a", "text": " "},
    {"id": "a"},
    {"id": ["a"], "text": "halo"},
    {"id": 1, "text": "halo"},
    {"id": "", "text": "halo"},
    {"id": "a" * 201, "text": "halo"},
    {"text": "halo"},
    {"id": "a", "choice": "1", "under": "b"},
    {"id": "a", "choice": "1", "under": [1]},
    {"id": "a", "choice": {"1": 2}},
    {"id": "a", "choice": 7},
    {"id": "a", "left": True},
    {"id": "a", "left": 1},
    {"id": "a", "location": {"latitude": -7.5, "longitude": 112}},
    {"id": "a", "location": {"latitude": "x", "longitude": []}},
    {"id": "a", "location": [1, 2], "text": "halo"},
    {"id": "a", "file": {"name": "a.jpg", "mime": "image/jpeg", "data": PHOTO}},
    {"id": "a", "file": {"name": "setengah \udc00.jpg", "mime": "image/jpeg", "data": PHOTO}},
    {"id": "a", "file": {"mime": "application/pdf", "data": "YQ=="}},
    {"id": "a", "file": {"name": None, "mime": "image/jpeg", "data": "YQ=="}},
    {"id": "a", "file": {"mime": "image/jpeg", "data": ["YQ=="]}},
    {"id": "a", "file": {"mime": "image/jpeg", "data": "?"}},
    {"id": "a", "file": ["YQ=="]},
    {"id": "a", "file": "YQ=="},
]


@pytest.mark.parametrize("as_bytes", [False, True])
@pytest.mark.parametrize("place", range(len(FRAMES)))
def test_a_large_frame_is_read_as_a_small_one(place, as_bytes):
    small, large = (json.dumps(one) for one in (FRAMES[place], {**FRAMES[place], "z": [FILLING, {"a": [1]}]}))
    told = outcome(large.encode() if as_bytes else large)
    assert told == outcome(small)


@pytest.mark.parametrize(
    "raw", ["[" * 70_000, f'"{FILLING}"', f'{{"id":"a","text":"{FILLING}', f"[{'1,' * 70_000}1]"]
)
def test_a_large_frame_that_is_no_object_is_unreadable(raw):
    assert outcome(raw) == ("web-frame-unreadable", None)


@pytest.mark.parametrize("item", ["[]", "{}", "1", '""', '{"a":[]}'])
@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ('{"id":"a","text":"x","z":[', "]}"),
        ('{"id":"a","text":[', "]}"),
        ('{"id":"a","file":{"data":[', "]}}"),
    ],
    ids=["unknown", "text", "file"],
)
def test_a_long_list_in_a_frame_takes_no_memory(item, begin, end):
    raw = f"{begin}{f'{item},' * 200_000}{item}{end}"
    tracemalloc.start()
    try:
        outcome(raw)
        assert tracemalloc.get_traced_memory()[1] < 1 << 18
    finally:
        tracemalloc.stop()
