"""Every journey of the staff's day without a mouse: controls are reached with Tab, show their focus, and are pressed."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.async_api import Browser as Chromium
from playwright.async_api import Locator, Page, expect

from domain.staff.roles import Role
from tests.console.conftest import ConsoleCounter
from tests.console.test_browser import PC, enters
from tests.console.things import made_at
from tests.console.town import a_register, followed_by

pytestmark = pytest.mark.browser

SMALL = {"width": 360, "height": 740}
WINDOWS = pytest.mark.parametrize("window", [PC, SMALL], ids=["pc", "phone"])
MOST_TABS, AT_ONCE = 90, 10
PIN = "482913"
# Tabs of one go that come after the one that focused the control are ignored.
STAYS = "one => { one.onkeydown = (event) => event.key !== 'Tab'; return one === document.activeElement; }"
ARRIVED = """one => {
  one.onkeydown = null;
  return [one === document.activeElement, one.matches(':focus-visible') && getComputedStyle(one).outlineStyle !== 'none'];
}"""


@dataclass
class Keys:
    """An officer's hands on the keyboard."""

    page: Page

    async def to(self, control: Locator) -> None:
        """Press Tab until the control has the focus."""
        await control.wait_for()
        for _ in range(0, MOST_TABS, AT_ONCE):
            one = await control.element_handle()  # anew each time: a page may have put in a newer one
            if await one.evaluate(STAYS):
                break
            for _ in range(AT_ONCE):
                await self.page.keyboard.press("Tab")
        reached, shows_focus = await one.evaluate(ARRIVED)
        assert reached, f"{control} is not reached by Tab"
        assert shows_focus, f"{control} does not show its focus"

    async def press(self, name: str, role: str = "button", *, exact: bool = True) -> None:
        """Press a button, or follow a link, that leads to another page."""
        await self.to(self.page.get_by_role(role, name=name, exact=exact).first)  # type: ignore[arg-type]
        await self.enter()

    async def enter(self) -> None:
        """Press Enter, which leads to another page."""
        async with self.page.expect_navigation():
            await self.page.keyboard.press("Enter")

    async def unfold(self, words: str) -> None:
        """Open what lies behind these words."""
        await self.to(self.page.locator("summary", has_text=words))
        await self.page.keyboard.press("Enter")

    async def type(self, label: str, text: str) -> None:
        """Type into a field; into a list, the beginning of what is chosen."""
        await self.to(self.page.get_by_label(label, exact=True))
        await self.page.keyboard.type(text)

    async def go(self, entry: str) -> None:
        """Open a page from the menu, which is folded on a phone."""
        folded = self.page.locator("details.menu > summary")
        menu = "Menu utama"
        if await folded.is_visible():
            await self.unfold("Menu")
            menu = "Menu"
        bar = self.page.get_by_role("navigation", name=menu, exact=True)
        await self.to(bar.get_by_role("link", name=entry).first)
        await self.enter()

    async def reads(self, words: str) -> None:
        await self.page.get_by_text(words).first.wait_for()


async def sits_down(browser: Chromium, counter: ConsoleCounter, role: Role, window: dict[str, int]) -> Keys:
    return Keys(await enters(browser, counter, "Endang Lestari", role, viewport=window))


@WINDOWS
async def test_people_are_received_called_served_and_given_cards(
    browser: Chromium, counter: ConsoleCounter, window: dict[str, int]
):
    await counter.import_register(a_register(2).mended)
    code = await counter.books("ktp_baru")
    keys = await sits_down(browser, counter, Role.OFFICER, window)
    await expect(keys.page.locator("#kode")).to_be_focused()
    await keys.page.keyboard.type(code.lower())  # a hand scanner types into the first field
    await keys.enter()
    await keys.reads("Tercatat datang, dan menunggu dipanggil.")
    await keys.type("Loket Anda", "2")
    await keys.enter()
    await keys.reads("Tercatat dipanggil")
    await keys.press(f"{code} selesai")
    await keys.reads("Tercatat selesai dilayani")
    await keys.press("Batalkan")
    await keys.reads("tidak jadi dicatat")
    await keys.type("Layanan", "KTP hilang")
    await keys.press("Beri kursi")
    await keys.reads("Tulis kode ini untuk pemohon.")
    await keys.press("Pengambilan kartu", "link")
    await keys.press("serahkan kartu", exact=False)
    await keys.press("batalkan penyerahan", exact=False)
    await keys.reads("Siap diambil")
    await keys.go("Register")
    await keys.press("Catat status banyak kartu dengan pemindai", "link")


@WINDOWS
async def test_a_file_is_explained_imported_and_taken_back(
    browser: Chromium, counter: ConsoleCounter, window: dict[str, int]
):
    keys = await sits_down(browser, counter, Role.OFFICER, window)
    await keys.go("Register")
    await keys.press("Impor berkas…", "link")
    text = a_register(12).mended.replace("CARD_SHIPPED", "ACC KABID")
    await keys.to(keys.page.locator("#berkas"))  # the system's own window chooses the file
    file = {"name": "daftar.csv", "mimeType": "text/csv", "buffer": text.encode()}
    await keys.page.set_input_files("#berkas", file)
    await keys.press("Periksa berkas")
    await keys.reads("Apa arti status ini?")
    await keys.to(keys.page.locator("select").first)
    await keys.page.keyboard.type("Siap diambil")
    await keys.press("Simpan dan periksa lagi")
    await keys.reads("Semua baris baik")
    await keys.press("Impor 12 baris yang baik")
    await keys.press("Batalkan impor ini")
    await keys.reads("Impor dibatalkan")


@WINDOWS
async def test_an_announcement_is_written_checked_and_returned_with_a_note(
    browser: Chromium, counter: ConsoleCounter, window: dict[str, int]
):
    await counter.import_register(a_register(60).mended)
    await followed_by(counter, 60)
    keys = await sits_down(browser, counter, Role.OFFICER, window)
    await keys.go("Pengumuman")
    await keys.press("Tulis pengumuman", "link")
    await keys.type("Judul", "Siap diambil 24 Nov")
    await keys.type("Isi", "Kartu {nama} sudah jadi.")
    await keys.press("Periksa")
    await keys.reads("60 penerima")
    await keys.press("Simpan untuk disetujui")
    await keys.reads("Menunggu seorang penyetuju.")
    approver = Keys(await enters(browser, counter, "Bagus Prasetyo", Role.APPROVER, viewport=window))
    await approver.go("Pengumuman")
    await approver.press("Siap diambil 24 Nov", "link", exact=False)
    await approver.unfold("Kembalikan dengan catatan…")
    await approver.type("Apa yang perlu diperbaiki", "Sebut jam bukanya.")
    await approver.press("Kembalikan")
    await approver.reads("Catatan penyetuju")


@WINDOWS
async def test_a_case_and_a_resident_who_asks_for_a_human_are_answered(
    browser: Chromium, counter: ConsoleCounter, window: dict[str, int]
):
    things = await made_at(counter, "sooko")
    keys = await sits_down(browser, counter, Role.OFFICER, window)
    await keys.go("Kasus")
    await keys.press(str(things.ids["/staf/kasus"]), "link", exact=False)
    await keys.type("Jawaban", "Mohon maaf, sudah kami perbaiki.")
    await keys.press("Kirim jawaban")
    await keys.reads("Mohon maaf, sudah kami perbaiki.")
    await keys.go("Permintaan")
    await keys.to(keys.page.locator("main a.item"))
    await keys.enter()
    await keys.reads("Isi percakapan tampil setelah Anda mengambilnya")
    await keys.press("Ambil")
    await keys.type("Jawaban", "Selamat pagi, ada yang bisa dibantu?")
    await keys.press("Kirim")
    await keys.reads("Selamat pagi, ada yang bisa dibantu?")
    await keys.press("Selesai, kembalikan ke bot")


@WINDOWS
async def test_an_admin_sets_a_pin_closes_a_day_and_invites(
    browser: Chromium, counter: ConsoleCounter, window: dict[str, int]
):
    keys = await sits_down(browser, counter, Role.ADMIN, window)
    await keys.go("Saya")
    await keys.type("PIN baru", PIN)
    await keys.type("PIN baru, sekali lagi", PIN)
    await keys.enter()
    await keys.reads("PIN disimpan")
    await keys.go("Ringkasan")
    await keys.to(keys.page.get_by_label("Titik layanan", exact=True))
    await keys.page.keyboard.type("Mal")
    await keys.press("Tampilkan")
    await keys.reads("dihitung untuk seluruh kantor saja")
    await keys.go("Kalender")
    day = (counter.office.today(counter.clock.now) + timedelta(days=7)).isoformat()
    await keys.to(keys.page.get_by_label("Tanggal"))
    await keys.page.get_by_label("Tanggal").fill(day)  # the order of a date's parts is the system's
    await keys.type("Sebab", "rapat dinas")
    await keys.enter()
    await keys.reads("rapat dinas")
    await keys.go("Petugas")
    await keys.type("Nama", "Citra Wibowo")
    await keys.to(keys.page.get_by_role("radio").first)
    await keys.page.keyboard.press("ArrowDown")
    await keys.press("Buat kode")
    await keys.reads("Kode untuk Citra Wibowo")
    await keys.go("Audit")
