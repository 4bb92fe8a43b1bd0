"""Properties of the renderer: no choice lost, no limit broken, nothing cut, every entity balanced."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.markup import to_html
from bot.telegram.caps import TELEGRAM
from bot.telegram.markup import parts
from bot.telegram.render import Call, render
from handlers.engine.screen import File, Link, Place, Screen, ShownChoice

# Texts with everything that markup, HTML or Telegram's counting could stumble over.
AWKWARD = st.text(
    st.one_of(
        st.sampled_from(list("*_<>&\"' \n\t.,:;1aé\u2068\u2069\u200f😀")), st.characters(codec="utf-8")
    ),
    max_size=400,
)
LONG = st.lists(AWKWARD, max_size=60).map(" ".join) | st.lists(AWKWARD, max_size=60).map("".join)
LABELS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=40)


def choices(most: int = TELEGRAM.buttons):
    one = st.tuples(LABELS, st.none() | LABELS)
    return st.lists(one, max_size=most).map(
        lambda found: tuple(
            ShownChoice(token=f"o1.{n}.{n}", number=n, label=label, hint=hint)
            for n, (label, hint) in enumerate(found, start=1)
        )
    )


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def shown(call: Call) -> str:
    return html.unescape(re.sub(r"</?b>", "", call.params["text"]))


def squeezed(text: str) -> str:
    return "".join(text.split())


def texts(calls: tuple[Call, ...]) -> list[Call]:
    return [call for call in calls if call.file is None]


def buttons(calls: tuple[Call, ...]) -> list[dict[str, str]]:
    rows = [
        row for call in texts(calls) for row in call.params.get("reply_markup", {}).get("inline_keyboard", [])
    ]
    return [button for row in rows for button in row]


@given(LONG)
def test_nothing_is_cut_but_white_space_and_bold_stars(text: str) -> None:
    seen = "".join(shown(call) for call in render(Screen(text=text), TELEGRAM))
    whole = html.unescape(re.sub(r"</?b>", "", to_html(text)))
    assert squeezed(seen) == squeezed(whole)
    assert squeezed(seen).replace("*", "") == squeezed(text).replace("*", "")


@given(LONG, choices(), st.none() | st.integers(1, 10**9).map(str))
def test_no_limit_of_telegram_is_broken(
    text: str, offered: tuple[ShownChoice, ...], replaces: str | None
) -> None:
    calls = render(Screen(text=text, choices=offered, replaces=replaces), TELEGRAM)
    for call in texts(calls):
        assert 1 <= units(call.params["text"]) <= 4096
        assert call.params["text"].strip()
        assert len(call.params.get("reply_markup", {}).get("inline_keyboard", [])) <= 100
    assert all(len(button["callback_data"].encode()) <= 64 for button in buttons(calls))


@given(AWKWARD, choices(35))
def test_every_choice_and_hint_is_shown_once_in_order(text: str, offered: tuple[ShownChoice, ...]) -> None:
    calls = render(Screen(text=text, choices=offered), TELEGRAM)
    expected = [(f"{one.number}. {one.label}", one.token) for one in offered]
    assert [(button["text"], button["callback_data"]) for button in buttons(calls)] == expected
    seen = squeezed("".join(map(shown, texts(calls)))).replace("*", "")
    assert all(squeezed(one.hint).replace("*", "") in seen for one in offered if one.hint)


@given(AWKWARD, choices(35))
def test_one_hint_brings_every_choice_into_the_words_in_order(
    text: str, offered: tuple[ShownChoice, ...]
) -> None:
    seen = squeezed("".join(map(shown, texts(render(Screen(text=text, choices=offered), TELEGRAM)))))
    told = "".join(f"{one.number}.{one.label}{f': {one.hint}' if one.hint else ''}" for one in offered)
    assert not any(one.hint for one in offered) or squeezed(told).replace("*", "") in seen.replace("*", "")


def test_a_list_of_hints_begins_at_the_first_choice() -> None:
    offered = (
        ShownChoice(token="a", number=1, label="Benar"),
        ShownChoice(token="b", number=2, label="Bukan", hint="Ketik lagi"),
        ShownChoice(token="c", number=3, label="Batal"),
    )
    [call] = render(Screen(text="Benar begitu?", choices=offered), TELEGRAM)
    assert call.params["text"] == "Benar begitu?\n\n1. Benar\n2. Bukan: Ketik lagi\n3. Batal"


@given(LONG, st.integers(60, 4096))
def test_entities_are_balanced_in_every_part(text: str, limit: int) -> None:
    for part in parts(text, limit):
        assert units(part) <= limit
        tags = re.findall(r"</?b>", part)
        assert tags == ["<b>", "</b>"] * (len(tags) // 2)
        rest = re.sub(r"</?b>", "", part)
        assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", rest)


@given(LONG, choices(), st.integers(1, 10**9).map(str))
def test_only_the_first_words_replace_and_only_the_last_carry_buttons(
    text: str, offered: tuple[ShownChoice, ...], place: str
) -> None:
    words = texts(render(Screen(text=text, choices=offered, replaces=place), TELEGRAM))
    assert [call.edits for call in words] == [place, *[None] * (len(words) - 1)][: len(words)]
    assert all("reply_markup" not in call.params for call in words[:-1])
    assert all(call.anew().edits is None and call.anew().method == "sendMessage" for call in words)


@pytest.mark.parametrize(
    ("text", "html_text"),
    [
        ("Kartu *siap diambil* di Sooko.", "Kartu <b>siap diambil</b> di Sooko."),
        ("*Gratis*, tanpa biaya", "<b>Gratis</b>, tanpa biaya"),
        ("ketik */start*.", "ketik <b>/start</b>."),
        ("S*** A***", "S*** A***"),
        ("NIK 3516********0001, *siap*", "NIK 3516********0001, <b>siap</b>"),
        ("Atas nama *\u2068S*** A***\u2069*", "Atas nama <b>\u2068S*** A***\u2069</b>"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("<b>Sri</b> & *Tono*", "&lt;b&gt;Sri&lt;/b&gt; &amp; <b>Tono</b>"),
        ("*dua\nbaris*", "*dua\nbaris*"),
        ("*tidak ditutup", "*tidak ditutup"),
    ],
)
def test_markup_is_the_text_s_and_a_masked_name_stays_a_name(text: str, html_text: str) -> None:
    assert to_html(text) == html_text


def test_a_long_text_is_parted_between_paragraphs() -> None:
    paragraph = "kata " * 300
    first, second, *rest = parts("\n\n".join([paragraph.strip()] * 4), 4096)
    assert first.endswith("kata")
    assert first.count("\n\n") == 1
    assert second.startswith("kata")
    assert not rest


def test_buttons_without_a_word_still_have_something_to_stand_under() -> None:
    (call,) = render(Screen(text=" ", choices=(ShownChoice(token="t", number=1, label="Ya"),)), TELEGRAM)
    assert call.params["text"] == "…"


def test_a_token_that_telegram_would_refuse_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        render(Screen(text="?", choices=(ShownChoice(token="é" * 33, number=1, label="Ya"),)), TELEGRAM)


def test_a_ticket_s_picture_and_calendar_come_before_its_words() -> None:
    picture = File(name="tiket.png", mime="image/png", data=b"png")
    calendar = File(name="jadwal.ics", mime="text/calendar", data=b"ics")
    calls = render(Screen(text="Tiket ABC234", files=(picture, calendar)), TELEGRAM)
    assert [(call.method, call.attachment) for call in calls[:2]] == [
        ("sendPhoto", "photo"),
        ("sendDocument", "document"),
    ]
    assert calls[2].params["text"] == "Tiket ABC234"


def test_a_picture_too_large_for_a_photo_travels_as_a_document() -> None:
    big = File(name="peta.png", mime="image/png", data=b"x" * 10_000_001)
    assert render(Screen(text="", files=(big,)), TELEGRAM)[0].method == "sendDocument"


SOOKO = Place(latitude=-7.47, longitude=112.43, name="Sooko", address="Jl. RA Basuni 17", label="Buka peta")
LINK = Link(label="Syarat", url="https://x.go.id/a")


@given(LONG, choices(), st.booleans(), st.booleans())
def test_links_stand_once_below_the_last_words(text: str, offered, linked: bool, placed: bool) -> None:
    screen = Screen(
        text=text, choices=offered, link=LINK if linked else None, place=SOOKO if placed else None
    )
    calls = render(screen, TELEGRAM)
    urls = [button["url"] for button in buttons(calls) if "url" in button]
    if screen.pin:
        assert [call.method for call in calls] == ["sendVenue"]
    else:
        assert urls == [link.url for link in screen.links]
        assert [one["callback_data"] for one in buttons(calls) if "url" not in one] == [
            c.token for c in offered
        ]


def test_the_keyboard_that_asks_where_gives_way_to_choices() -> None:
    [asked] = render(Screen(text="Di mana?", locate="Kirim lokasi"), TELEGRAM)
    assert asked.params["reply_markup"]["keyboard"] == [[{"text": "Kirim lokasi", "request_location": True}]]
    one = (ShownChoice(token="a", number=1, label="Sooko"),)
    [chosen] = render(Screen(text="Di mana?", locate="Kirim lokasi", choices=one), TELEGRAM)
    assert "inline_keyboard" in chosen.params["reply_markup"]
