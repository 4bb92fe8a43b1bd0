"""Properties of the renderer: no choice lost, no limit broken, nothing cut, nothing bold that was not meant."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.whatsapp.caps import WHATSAPP
from bot.whatsapp.markup import LOOKALIKES, escaped, to_whatsapp
from bot.whatsapp.render import Payload, render, size, upload_mime
from handlers.engine.screen import File, Link, Place, Screen, ShownChoice

# Texts with everything that markup or WhatsApp's counting could stumble over.
AWKWARD = st.text(
    st.one_of(st.sampled_from(list("*_~`>-<&\"' \n\t.,:;1aé\u200f😀")), st.characters(codec="utf-8")),
    max_size=300,
)
LONG = st.lists(AWKWARD, max_size=60).map(" ".join) | st.lists(AWKWARD, max_size=60).map("".join)
LABELS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30) | st.sampled_from(
    ["Kabari saya", "Hapus dari daftar", "Ya", "*Ya*", "S*** A*** 0007-Z", "😀" * 12]
)
BACK = {alike: mark for mark, alike in LOOKALIKES.items()}


def choices(most: int = 12):
    one = st.tuples(LABELS, st.none() | LABELS | st.text("abc ", min_size=60, max_size=90))
    return st.lists(one, max_size=most).map(
        lambda found: tuple(
            ShownChoice(token=f"o1.{n}.{n}", number=n, label=label, hint=hint)
            for n, (label, hint) in enumerate(found, start=1)
        )
    )


def text_of(payload: Payload) -> str:
    content = payload.content
    return content["body"] if payload.kind == "text" else content["body"]["text"]


def buttons_of(payload: Payload) -> list[dict[str, str]]:
    action = payload.content.get("action", {})
    return [button["reply"] for button in action.get("buttons", [])]


def rows_of(payload: Payload) -> list[dict[str, str]]:
    sections = payload.content.get("action", {}).get("sections", [])
    return [row for section in sections for row in section["rows"]]


def plain(text: str) -> str:
    """What a reader reads: without white space, marks of bold, and with lookalikes for what they stand for."""
    return "".join(BACK.get(letter, letter) for letter in text if not letter.isspace()).translate(
        str.maketrans("", "", "*\0")
    )


def spans(text: str) -> list[str]:
    """What WhatsApp would format: two marks at the edges of words, on one line."""
    found = []
    for mark in "*_~`":
        edge = re.escape(mark)
        pattern = rf"(?:(?<=^)|(?<=[\W_])){edge}(\S|\S[^\n]*?\S){edge}(?=$|[\W_])"
        found += [span[1] for span in re.finditer(pattern, text, re.MULTILINE)]
    return found


@given(LONG)
def test_nothing_is_cut_but_white_space_and_bold_stars(text: str) -> None:
    seen = "".join(text_of(one) for one in render(Screen(text=text), WHATSAPP))
    assert plain(seen) == plain(text)


@given(LONG, choices())
def test_no_limit_of_whatsapp_is_broken(text: str, offered: tuple[ShownChoice, ...]) -> None:
    for payload in render(Screen(text=text, choices=offered), WHATSAPP, opener="Lihat pilihan"):
        said = text_of(payload)
        assert said.strip()
        assert size(said) <= (1024 if buttons_of(payload) else 4096)
        assert len(buttons_of(payload)) <= 3
        assert len(rows_of(payload)) <= 10
        titles = [one["title"] for one in (*buttons_of(payload), *rows_of(payload))]
        assert len({title.casefold() for title in titles}) == len(titles)
        assert all(size(one["title"]) <= 20 and len(one["id"]) <= 256 for one in buttons_of(payload))
        assert all(size(one["title"]) <= 24 and len(one["id"]) <= 200 for one in rows_of(payload))
        assert all(size(one.get("description", "-")) <= 72 for one in rows_of(payload))
        assert all(one["title"].strip() and "\n" not in one["title"] for one in rows_of(payload))


@given(AWKWARD, choices())
def test_every_choice_comes_back_as_the_same_token_or_by_its_number(
    text: str, offered: tuple[ShownChoice, ...]
) -> None:
    shown = render(Screen(text=text, choices=offered), WHATSAPP)
    everything = "\n".join(map(text_of, shown))
    tapped = [one["id"] for payload in shown for one in (*buttons_of(payload), *rows_of(payload))]
    assert tapped in ([], [choice.token for choice in offered])
    labels = [one["title"] for payload in shown for one in (*buttons_of(payload), *rows_of(payload))]
    for place, choice in enumerate(offered):
        numbered = plain(f"{choice.number}. {choice.label}")
        assert (
            numbered in plain(everything) or plain(labels[place]) == numbered
        )  # so that the digit is readable
        hints = [row.get("description") for payload in shown for row in rows_of(payload)]
        assert choice.hint is None or choice.hint in hints or plain(choice.hint) in plain(everything)


@given(LONG, choices(10))
def test_one_message_is_billed_for_a_screen_that_fits_one(
    text: str, offered: tuple[ShownChoice, ...]
) -> None:
    told = sum(size(choice.label) + size(choice.hint or "") + 8 for choice in offered)
    shown = render(Screen(text=text, choices=offered), WHATSAPP)
    if size(text) + told + 8 <= 4096:
        assert len(shown) <= 1


PLACES = st.none() | st.builds(
    Place,
    latitude=st.floats(-90, 90),
    longitude=st.floats(-180, 180),
    name=LABELS.filter(str.strip),
    address=st.just("") | LABELS,
    label=st.sampled_from(["Buka peta", "Open the map"]),
)
LINKS = st.none() | st.builds(
    Link,
    label=LABELS.filter(str.strip),
    url=st.sampled_from(["https://x.go.id/a_b_*c*~d~?e=1", "https://x.id/" + "a" * 2000]),
)


def url_of(payload: Payload) -> str:
    return payload.content.get("action", {}).get("parameters", {}).get("url", "")


@given(AWKWARD, choices(10), LINKS, PLACES, st.none() | st.just("Kirim lokasi"))
def test_links_and_places_are_in_the_one_message_and_break_no_limit(
    text, offered, link, place, locate
) -> None:
    screen = Screen(text=text, choices=offered, link=link, place=place, locate=locate)
    shown = render(screen, WHATSAPP)
    if screen.pin:
        assert shown == (Payload(kind="location", content=shown[0].content),)
        assert {"latitude", "longitude", "name"} <= shown[0].content.keys()
        return
    told = sum(size(choice.label) + size(choice.hint or "") + 8 for choice in offered)
    if told < 1000 and (link is None or len(link.url) < 1000):
        assert len(shown) == bool(text.strip() or offered or link or place or locate)
    words = "\n".join(map(text_of, shown))
    pages = [url_of(one) for one in shown] + words.replace("%2A", "*").replace("%7E", "~").split()
    for one in screen.links:
        assert one.url in pages or plain(one.url) in plain(words.replace("%2A", "").replace("%7E", "~"))
    for payload in shown:
        form = payload.content.get("type")
        assert size(text_of(payload)) <= (
            1024 if form in ("button", "cta_url", "location_request_message") else 4096
        )
        assert len(url_of(payload)) <= 2000
        said = re.sub(r"https://\S+", "", text_of(payload))
        assert not re.search(r"(?<![^\W_])_|_(?![^\W_])|[~`]", said)
    if locate and not offered and shown and text.strip():
        assert [one.content.get("type") for one in shown] in (
            ["location_request_message"],
            [None] * len(shown),
        )


@given(AWKWARD, choices(3))
def test_nothing_formats_but_the_bold_words_of_our_texts(text: str, offered: tuple[ShownChoice, ...]) -> None:
    for payload in render(Screen(text=text, choices=offered), WHATSAPP):
        said = text_of(payload)
        assert "~" not in said
        assert "`" not in said
        for line in said.split("\n"):
            assert line.count("*") % 2 == 0
        assert not re.search(r"(?<![^\W_])_|_(?![^\W_])", said)
        assert not re.search(r"^[ \t]*[>-]\s", said, re.MULTILINE)


def test_the_answers_of_an_official_question_are_read_without_opening_the_list() -> None:
    offered = (
        ShownChoice(token="a", number=1, label="Tidak ada"),
        ShownChoice(token="b", number=2, label="Tidak berfungsi", hint="Ada tetapi tidak berfungsi"),
        ShownChoice(token="c", number=3, label="Sopan", hint="Sopan"),
        ShownChoice(token="d", number=4, label="Pindah", hint="Ke hari lain"),
    )
    (shown,) = render(Screen(text="Bagaimana?", choices=offered), WHATSAPP)
    told = "1. Tidak ada\n2. Ada tetapi tidak berfungsi\n3. Sopan\n4. Pindah: Ke hari lain"
    assert text_of(shown) == f"Bagaimana?\n\n{told}"
    assert [row.get("description") for row in rows_of(shown)] == [
        None,
        "Ada tetapi tidak berfungsi",
        None,
        "Ke hari lain",
    ]


@given(AWKWARD)
def test_words_of_people_format_nothing(name: str) -> None:
    assert spans(escaped(name)) == []
    assert "*" not in escaped(name)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Kartu *siap diambil* di Sooko.", "Kartu *siap diambil* di Sooko."),
        ("S*** A***", "S∗∗∗ A∗∗∗"),
        ("NIK 3516********0001", "NIK 3516∗∗∗∗∗∗∗∗0001"),
        ("*a*b* ~c~ _d_ `e`", "∗a∗b∗ ∼c∼ ˍdˍ ˋeˋ"),
        ("https://loket.example/a_b", "https://loket.example/a_b"),
        ("> kutipan\n- butir", "› kutipan\n– butir"),
        ("*tebal* dan S*** A***", "*tebal* dan S∗∗∗ A∗∗∗"),
        ("\0bukan tebal\0 *ini*", "bukan tebal *ini*"),
    ],
)
def test_marks_look_alike_and_bold_stays(text, shown):
    assert to_whatsapp(text) == shown


def offered(*labels: str, hint: str | None = None) -> tuple[ShownChoice, ...]:
    return tuple(
        ShownChoice(token=f"t{n}", number=n, label=label, hint=hint) for n, label in enumerate(labels, 1)
    )


def form_of(*labels: str, text: str = "Mau bagaimana?", hint: str | None = None) -> str:
    (payload,) = render(Screen(text=text, choices=offered(*labels, hint=hint)), WHATSAPP)
    return payload.content.get("type", "plain") if payload.kind == "interactive" else payload.kind


def test_the_form_follows_from_what_fits():
    assert form_of("Ya", "Tidak") == "button"
    assert form_of("Hapus dari daftar") == "button"  # 17 letters with its number are 20
    assert form_of("a", "b", "c", "d") == "list"
    assert form_of("Ya", "Tidak", text="x" * 1025) == "list"
    assert form_of("x" * 21) == "list"
    assert form_of("x" * 22) == "text"
    assert form_of("Ya", text="x" * 4096, hint="y") == "list"
    assert form_of(*map(str, range(11))) == "text"


def test_a_button_without_room_for_its_number_has_it_in_the_text():
    (payload,) = render(Screen(text="Pilih:", choices=offered("x" * 20, "Ya")), WHATSAPP)
    assert [one["title"] for one in buttons_of(payload)] == ["x" * 20, "Ya"]
    assert text_of(payload) == f"Pilih:\n\n1. {'x' * 20}\n2. Ya"


def test_choices_without_a_word_have_something_to_stand_under():
    (payload,) = render(Screen(text="", choices=offered("Ya")), WHATSAPP)
    assert text_of(payload)


def test_files_come_on_top_and_before_the_words():
    files = (
        File(name="tiket.png", mime="image/png", data=b"p"),
        File(name="tiket.ics", mime="text/calendar", data=b"c"),
        File(name="besar.png", mime="image/png", data=bytes(5_000_001)),
    )
    shown = render(Screen(text="Tiket Anda", files=files), WHATSAPP)
    assert [payload.kind for payload in shown] == ["image", "document", "document", "text"]
    assert shown[1].content == {"filename": "tiket.ics"}
    assert [upload_mime(file) for file in files] == ["image/png", "text/plain", "image/png"]


def test_a_screen_does_not_show_its_words_in_a_log():
    (payload,) = render(Screen(text="rahasia", choices=offered("Ya")), WHATSAPP)
    assert "rahasia" not in repr(payload)
