"""What every channel promises: one table of screens, each sent through the real path and read at the resident's end."""

import io
from dataclasses import dataclass, field

from PIL import Image

from bot.voice.ogg import join
from handlers.engine.screen import File, Link, Place, Screen, ShownChoice
from tests.channels.sides import Side
from tests.support.recordings import recorded


def one_pixel() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(file, "PNG")
    return file.getvalue()


PNG = one_pixel()
SOUND = join([recorded("suara")])


def choices(*labels: str, hints: tuple[str | None, ...] = ()) -> tuple[ShownChoice, ...]:
    told = hints or (None,) * len(labels)
    return tuple(
        ShownChoice(token=f"q7.{n}", number=n, label=label, hint=hint)
        for n, (label, hint) in enumerate(zip(labels, told, strict=True), 1)
    )


@dataclass(frozen=True, kw_only=True)
class Case:
    """A screen; `bold` are the words that stand out, and nothing else does."""

    name: str
    screen: Screen
    bold: list[str] = field(default_factory=list)


MANY = tuple(f"Loket {n}" for n in range(1, 11))
STREET = "Jalan Raya Jabon KM 7, Mojokerto. "
SOOKO = Place(
    latitude=-7.472222,
    longitude=112.433811,
    name="Kantor <b>Sooko</b> _1_",
    address="Jl. RA Basuni 17",
    label="Buka peta",
)
WEBSITE = Link(label="Syarat lengkap", url="https://dukcapil.mojokertokab.go.id/syarat_ktp?a=1&b=2")

CASES = [
    Case(name="plain words", screen=Screen(text="Nomor registrasi?\n\nBoleh foto kodenya.")),
    Case(
        name="bold words",
        screen=Screen(text="Kartu *siap diambil* di *Sooko*."),
        bold=["siap diambil", "Sooko"],
    ),
    Case(
        name="a masked name beside bold words",
        screen=Screen(text="\u2068S*** A***\u2069, *siap diambil*"),
        bold=["siap diambil"],
    ),
    Case(
        name="a name that tries to format",
        screen=Screen(text="Atas nama \u2068<b>Budi</b> _X_ ~y~ `z` [a](b) &amp;\u2069 *benar*?"),
        bold=["benar"],
    ),
    Case(name="two choices", screen=Screen(text="Ingin dikabari?", choices=choices("Kabari saya", "Tidak"))),
    Case(name="one choice", screen=Screen(text="Selesai.", choices=choices("Menu"))),
    Case(
        name="three choices with hints",
        screen=Screen(
            text="Ada yang lain?",
            choices=choices(
                "Kabari saya", "Nomor lain", "Petugas", hints=("Bila berubah", "Ketik", "Alamat")
            ),
        ),
    ),
    Case(
        name="a hint for the second of three choices",
        screen=Screen(
            text="Benar begitu?",
            choices=choices("Benar", "Bukan", "Batal", hints=(None, "Nomor lain", None)),
        ),
    ),
    Case(
        name="hints that a list has no room for",
        screen=Screen(text="Di mana?", choices=choices("Sooko", "Jetis", hints=(STREET * 3, STREET * 4))),
    ),
    Case(name="four choices", screen=Screen(text="Apa?", choices=choices("Satu", "Dua", "Tiga", "Empat"))),
    Case(name="as many as a page holds", screen=Screen(text="Di mana?", choices=choices(*MANY))),
    Case(
        name="a page with hints",
        screen=Screen(text="Di mana?", choices=choices(*MANY, hints=tuple(f"Buka {n}" for n in range(10)))),
    ),
    Case(
        name="labels longer than a button",
        screen=Screen(text="Pilih", choices=choices("Perekaman pertama kali", "Kartu hilang atau rusak")),
    ),
    Case(
        name="labels longer than a row",
        screen=Screen(
            text="Pilih", choices=choices("Kartu hilang, rusak, atau berubah", "Belum pernah punya kartu ini")
        ),
    ),
    Case(
        name="two labels that look alike",
        screen=Screen(text="Siapa?", choices=choices("S*** A***", "S*** A***")),
    ),
    Case(name="long words above buttons", screen=Screen(text=STREET * 45, choices=choices("Ya", "Tidak"))),
    Case(name="as long as words can be", screen=Screen(text=(STREET * 120)[:4000])),
    Case(
        name="emoji, Javanese and right to left",
        screen=Screen(text="Matur nuwun 🙏🏽 ꦗꦮ \u2068عمر\u2069", choices=choices("Inggih 👍", "Boten")),
    ),
    Case(
        name="a picture with words and a choice",
        screen=Screen(
            text="Kode tiket *K7M2QX*",
            choices=choices("Menu"),
            files=(File(name="tiket.png", mime="image/png", data=PNG),),
        ),
        bold=["K7M2QX"],
    ),
    Case(
        name="an answer to listen to",
        screen=Screen(
            text="Ini jawabannya dalam suara.",
            choices=choices("Kabari saya", "Petugas"),
            files=(File(name="jawaban.ogg", mime="audio/ogg", data=SOUND),),
        ),
    ),
    Case(name="a link", screen=Screen(text="Baca *syaratnya* di sini.", link=WEBSITE), bold=["syaratnya"]),
    Case(
        name="a link beside choices",
        screen=Screen(text="Ada lagi?", link=WEBSITE, choices=choices("Menu", "Petugas")),
    ),
    Case(name="a link under long words", screen=Screen(text=STREET * 45, link=WEBSITE)),
    Case(name="a place beside words", screen=Screen(text="Datang ke *sini*:", place=SOOKO), bold=["sini"]),
    Case(
        name="a place and a link beside choices",
        screen=Screen(text="Tiket Anda.", place=SOOKO, link=WEBSITE, choices=choices("Ubah", "Batal")),
    ),
    Case(name="a place alone", screen=Screen(text="", place=SOOKO)),
    Case(name="where somebody is", screen=Screen(text="Di mana Anda?", locate="Kirim lokasi saya")),
    Case(
        name="a ticket, with everything",
        screen=Screen(
            text="Tiket *K7M2QX*, Senin 09.00.",
            choices=choices("Ubah", "Batal", "Menu"),
            place=SOOKO,
            files=(
                File(name="tiket.png", mime="image/png", data=PNG),
                File(name="jadwal.ics", mime="text/calendar", data=b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
            ),
        ),
        bold=["K7M2QX"],
    ),
    Case(
        name="a calendar file",
        screen=Screen(
            text="Simpan di kalender.",
            files=(
                File(name="jadwal.ics", mime="text/calendar", data=b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
            ),
        ),
    ),
]


def words(text: str) -> list[str]:
    return text.replace("\u2068", "").replace("\u2069", "").split()


def is_within(wanted: list[str], shown: list[str]) -> bool:
    """Whether the words stand there one after the other, whatever stands between lines."""
    return any(shown[at : at + len(wanted)] == wanted for at in range(len(shown)))


async def test_a_resident_sees_every_word_choice_and_hint(side: Side):
    for case in CASES:
        _, seen = await side.show(case.screen)
        shown = words(seen.words)
        text = case.screen.text
        for marked in case.bold:
            text = text.replace(f"*{marked}*", marked)
        assert is_within(words(text), shown), (case.name, seen.words)
        assert seen.bold == case.bold, case.name
        for choice in case.screen.choices:
            assert is_within(words(choice.label), shown), (case.name, choice.label)
            assert choice.hint is None or is_within(words(choice.hint), shown), (case.name, choice.hint)
            assert any(str(choice.number) == word.rstrip(".") for word in shown), (case.name, choice.number)


async def test_choices_come_back_as_themselves(side: Side):
    for case in CASES:
        if not case.screen.choices:
            continue
        sent, seen = await side.show(case.screen)
        assert len(seen.taps) in {0, len(case.screen.choices)}, (case.name, seen.taps)
        for place in sorted({0, 1, len(seen.taps) - 1}.intersection(range(len(seen.taps)))):
            await side.hand.taps(place)
            heard = await side.ear.next()
            token = case.screen.choices[place].token
            assert (heard.kind, heard.choice) == ("choice", token), (case.name, seen.taps[place])
            assert heard.tapped == sent.id, case.name


async def test_every_link_and_place_can_be_opened(side: Side):
    for case in CASES:
        _, seen = await side.show(case.screen)
        for link in () if seen.pins else case.screen.links:
            shown = words(seen.words.replace(":", " :"))
            assert is_within(words(link.label), shown), (case.name, link.label)
            assert (link.label, link.url) in seen.links or link.url in seen.words.split(), (case.name, seen)
        place = case.screen.place
        if place is not None:
            assert is_within(words(f"{place.name}, {place.address}"), words(seen.words)), (
                case.name,
                seen.words,
            )
            assert seen.pins in ([], [(place.latitude, place.longitude)]), case.name


async def test_a_location_can_be_sent_by_a_tap_or_typed(side: Side):
    [case] = (case for case in CASES if case.screen.locate)
    _, seen = await side.show(case.screen)
    assert len(seen.asks) == 1
    await side.hand.tells_where()
    heard = await side.ear.next()
    assert heard.kind == "location"
    latitude, longitude = map(float, heard.text.split(","))
    assert (round(latitude, 2), round(longitude, 2)) == (-7.47, 112.43)
    await side.hand.says("Sooko")
    assert (await side.ear.next()).text == "Sooko"


async def test_an_old_button_comes_back_as_the_one_it_was(side: Side):
    """The channel passes an old button's token and message on; the office decides what it means."""
    old, _ = await side.show(CASES[4].screen)
    await side.hand.marks()
    await side.show(Screen(text="Yang baru?", choices=(ShownChoice(token="q9.1", number=1, label="Baru"),)))
    await side.hand.taps_marked(1)
    heard = await side.ear.next()
    assert (heard.kind, heard.choice, heard.tapped) == ("choice", "q7.2", old.id)


async def test_two_taps_are_two_messages_that_name_the_same_choice(side: Side):
    await side.show(CASES[4].screen)
    await side.hand.taps(0)
    await side.hand.taps(0)
    first, second = await side.ear.next(), await side.ear.next()
    assert (first.choice, second.choice) == ("q7.1", "q7.1")
    assert first.message_id != second.message_id


async def test_a_number_is_as_good_as_a_tap(side: Side):
    """Old phones show no buttons, so a typed number arrives as text."""
    await side.show(CASES[4].screen)
    await side.hand.says("2")
    heard = await side.ear.next()
    assert (heard.kind, heard.text, heard.choice) == ("text", "2", None)


async def test_files_arrive_whole(side: Side):
    for case in CASES:
        if not case.screen.files:
            continue
        _, seen = await side.show(case.screen)
        assert [data for _, data in seen.files] == [file.data for file in case.screen.files], case.name


async def test_a_screen_without_files_is_one_bubble(side: Side):
    """WhatsApp bills each message, and each one notifies the phone."""
    for case in CASES:
        if not case.screen.files:
            _, seen = await side.show(case.screen)
            assert seen.bubbles == 1, case.name


async def test_what_a_resident_writes_arrives_letter_by_letter(side: Side):
    for text in ("cek status", "MJK-261102-0007-Z 3516010101900001", "Ibu's *tanya* <b> & 🙏🏽 ꦗꦮ"):
        await side.hand.says(text)
        heard = await side.ear.next()
        assert (heard.kind, heard.text, heard.address) == ("text", text, side.address)


async def test_a_photo_arrives_and_can_be_fetched(side: Side):
    await side.hand.sends_photo(PNG)
    heard = await side.ear.next()
    assert heard.kind == "photo"
    data = heard.data if heard.media is None else await side.channel.fetch(heard.media)
    assert data is not None
    assert len(data) > 20


async def test_each_message_has_a_name_of_its_own(side: Side):
    heard = []
    for _ in range(3):
        await side.hand.says("halo")
        heard.append(await side.ear.next())
    assert len({one.message_id for one in heard}) == 3
    assert {(one.channel, one.address) for one in heard} == {(side.channel.name, side.address)}
