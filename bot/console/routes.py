"""All routes of the console and the rights that they need."""

from bot.console.claims import a_case_they_may_handle, their_announcement, their_job, their_talk
from bot.console.concerns import (
    of_announce_job,
    of_announcement,
    of_application,
    of_colleague,
    of_everything,
    of_field,
    of_handover,
    of_order,
    of_query,
    of_query_or_field,
    of_ticket,
)
from bot.console.gates import Claim, Concern, Gate, View
from bot.console.pages import (
    announce,
    announcements,
    audit,
    calendar,
    cases,
    counter,
    imports,
    index,
    mine,
    overview,
    people,
    pickups,
    register,
    register_list,
    scanner,
    services,
    talks,
    templates,
    today,
)
from bot.console.visits import lock
from bot.console.visits.desk import NavEntry
from domain.staff.roles import Action

NAV = (
    NavEntry(name="Hari ini", path="/staf", action=Action.SEE_DAY),
    NavEntry(name="Register", path="/staf/register", action=Action.SEE_REGISTER),
    NavEntry(name="Pengumuman", path="/staf/pengumuman", action=Action.SEE_ANNOUNCEMENTS),
    NavEntry(name="Kalender", path="/staf/kalender", action=Action.SEE_CALENDAR),
    NavEntry(name="Permintaan", path="/staf/permintaan", action=Action.TALK),
    NavEntry(name="Kasus", path="/staf/kasus", action=Action.HANDLE_CASES),
    NavEntry(name="Layanan", path="/staf/layanan", action=Action.EDIT_SERVICES),
    NavEntry(name="Ringkasan", path="/staf/ringkasan", action=Action.SEE_OVERVIEW),
    NavEntry(name="IKM", path="/staf/ikm", action=Action.SEE_INDEX),
    NavEntry(name="Petugas", path="/staf/petugas", action=Action.MANAGE_STAFF),
    NavEntry(name="Audit", path="/staf/audit", action=Action.SEE_AUDIT),
    NavEntry(name="Saya", path=mine.HOME, action=Action.ENTER),
)


def _page(
    path: str,
    action: Action,
    view: View,
    concerns: Concern | None = None,
    theirs: Claim | None = None,
    *,
    asks_itself: bool = False,
) -> Gate:
    return Gate(
        method="GET",
        path=path,
        action=action,
        view=view,
        concerns=concerns,
        theirs=theirs,
        asks_itself=asks_itself,
    )


def _asks(path: str, action: Action, view: View, concerns: Concern | None = None) -> Gate:
    """A form that changes nothing (search, preview) and may be sent again."""
    return Gate(method="POST", path=path, action=action, view=view, concerns=concerns, changes=False)


def _does(
    path: str, action: Action, view: View, concerns: Concern | None = None, theirs: Claim | None = None
) -> Gate:
    return Gate(method="POST", path=path, action=action, view=view, concerns=concerns, theirs=theirs)


_IMPORT = "/staf/register/impor"
_TOLD = "/staf/pengumuman"
_LOOK = f"{_TOLD}/periksa/{{id}}"

GATES = (
    _page("/staf/hadir", Action.ENTER, lock.tell_awake),
    _page("/staf/kunci", Action.ENTER, lock.tell_awake, asks_itself=True),
    # The PIN counts, not the stamp: a page that was left open is unlocked with its old form.
    Gate(
        method="POST",
        path=lock.UNLOCK,
        action=Action.ENTER,
        view=lock.unlock,
        changes=False,
        locked=True,
        stamp=lock.STAMP,
    ),
    Gate(
        method="GET",
        path=f"{lock.UNLOCK}/kunci-sandi",
        action=Action.ENTER,
        view=lock.offer_key,
        asks_itself=True,
        locked=True,
    ),
    _page("/staf", Action.SEE_DAY, today.show, of_query),
    _page("/staf/hari-ini/daftar", Action.SEE_DAY, today.show_list, of_query, asks_itself=True),
    _page("/staf/hari-ini/jadwal.csv", Action.SEE_DAY, today.download, of_query),
    # A ticket of another point is named there; the step refuses it.
    _does("/staf/hari-ini/datang", Action.SERVE, counter.check_in, of_query_or_field),
    _does("/staf/hari-ini/panggil", Action.SERVE, counter.call, of_query_or_field),
    _asks("/staf/hari-ini/pindai", Action.SERVE, today.scan, of_query_or_field),
    _does("/staf/hari-ini/tanpa-janji", Action.SERVE, counter.walk_in, of_query_or_field),
    _does("/staf/tiket/{kode}/hadir", Action.SERVE, counter.arrive, of_ticket),
    _does("/staf/tiket/{kode}/selesai", Action.SERVE, counter.serve, of_ticket),
    _does("/staf/tiket/{kode}/tidak-hadir", Action.SERVE, counter.miss, of_ticket),
    _does("/staf/tiket/{kode}/batalkan", Action.SERVE, counter.take_back, of_ticket),
    _page(pickups.HOME, Action.SEE_REGISTER, pickups.show, of_query),
    _page(f"{pickups.HOME}.csv", Action.SEE_REGISTER, pickups.download, of_query),
    _page("/staf/register", Action.SEE_REGISTER, register.show),
    _asks("/staf/register", Action.SEE_REGISTER, register.search),
    _page(_IMPORT, Action.IMPORT_REGISTER, imports.show),
    _does(_IMPORT, Action.IMPORT_REGISTER, imports.hand_in),
    _page(f"{_IMPORT}/template.xlsx", Action.IMPORT_REGISTER, imports.template),
    _page(f"{_IMPORT}/{{id}}", Action.IMPORT_REGISTER, imports.follow),
    _page(f"{_IMPORT}/{{id}}/maju", Action.IMPORT_REGISTER, imports.advance, asks_itself=True),
    _does(f"{_IMPORT}/{{id}}/simpan", Action.IMPORT_REGISTER, imports.write, theirs=their_job),
    _does(f"{_IMPORT}/{{id}}/arti", Action.IMPORT_REGISTER, imports.explain, theirs=their_job),
    _does(f"{_IMPORT}/{{id}}/batalkan", Action.IMPORT_REGISTER, imports.take_back, theirs=their_job),
    _page(f"{_IMPORT}/{{id}}/ditolak", Action.IMPORT_REGISTER, imports.refused_rows, theirs=their_job),
    _page("/staf/register/daftar", Action.SEE_REGISTER, register_list.show, of_query),
    _page("/staf/register/daftar.csv", Action.SEE_REGISTER, register_list.export, of_query),
    _page(scanner.HOME, Action.CHANGE_STAGE, scanner.show),
    _does(scanner.HOME, Action.CHANGE_STAGE, scanner.scan),
    _page("/staf/register/{id}", Action.SEE_REGISTER, register.open_card, of_application),
    _does("/staf/register/{id}/serahkan", Action.SERVE, pickups.hand_over, of_application),
    _does("/staf/register/{id}/batalkan", Action.CHANGE_STAGE, pickups.take_back, of_application),
    _does("/staf/register/{id}/status", Action.CHANGE_STAGE, register.change_stage, of_application),
    _page(_TOLD, Action.SEE_ANNOUNCEMENTS, announcements.show),
    _page(f"{_TOLD}/baru", Action.ANNOUNCE, announce.show),
    _does(f"{_TOLD}/baru", Action.ANNOUNCE, announce.check, of_order),
    _asks(f"{_TOLD}/contoh", Action.ANNOUNCE, announce.show_sample),
    _page(_LOOK, Action.ANNOUNCE, announce.follow, of_announce_job, their_job),
    _page(f"{_LOOK}/maju", Action.ANNOUNCE, announce.advance, of_announce_job, their_job, asks_itself=True),
    _page(f"{_LOOK}/ditolak", Action.ANNOUNCE, announce.refused_rows, of_announce_job, their_job),
    _does(f"{_LOOK}/kirim", Action.ANNOUNCE, announce.send, of_announce_job, their_job),
    _does(f"{_LOOK}/uji", Action.ANNOUNCE, announce.try_out, of_announce_job, their_job),
    _page(f"{_TOLD}/{{id}}", Action.SEE_ANNOUNCEMENTS, announcements.open_one, of_announcement),
    _page(
        f"{_TOLD}/{{id}}/maju",
        Action.SEE_ANNOUNCEMENTS,
        announcements.advance,
        of_announcement,
        asks_itself=True,
    ),
    _page(
        f"{_TOLD}/{{id}}/laporan.{{ending}}",
        Action.ANNOUNCE,
        announcements.report,
        of_announcement,
        their_announcement,
    ),
    _page(
        f"{_TOLD}/{{id}}/surat.{{ending}}",
        Action.ANNOUNCE,
        announcements.letters,
        of_announcement,
        their_announcement,
    ),
    _does(f"{_TOLD}/{{id}}/setujui", Action.APPROVE, announcements.approve, of_announcement),
    _does(f"{_TOLD}/{{id}}/kembalikan", Action.APPROVE, announcements.give_back, of_announcement),
    _does(f"{_TOLD}/{{id}}/{{langkah}}", Action.ANNOUNCE, announcements.steer, of_announcement),
    _page("/staf/kalender", Action.SEE_CALENDAR, calendar.show, of_query),
    _asks("/staf/kalender/tutup/lihat", Action.EDIT_CALENDAR, calendar.preview, of_field),
    _does("/staf/kalender/tutup", Action.EDIT_CALENDAR, calendar.close, of_field),
    _does("/staf/kalender/buka", Action.EDIT_CALENDAR, calendar.open_again, of_field),
    _page("/staf/permintaan", Action.TALK, talks.show),
    _page("/staf/permintaan/{id}", Action.TALK, talks.open_one, of_handover),
    _page("/staf/permintaan/{id}/kata", Action.TALK, talks.advance, of_handover, asks_itself=True),
    _page("/staf/permintaan/{id}/berkas/{baris}", Action.TALK, talks.file, of_handover, their_talk),
    _does("/staf/permintaan/{id}/ambil", Action.TALK, talks.take, of_handover),
    _does("/staf/permintaan/{id}/balas", Action.TALK, talks.reply, of_handover),
    _does("/staf/permintaan/{id}/kembalikan", Action.TALK, talks.hand_back, of_handover),
    _page("/staf/kasus", Action.HANDLE_CASES, cases.show),
    _page("/staf/kasus/{nomor}", Action.HANDLE_CASES, cases.open_case, theirs=a_case_they_may_handle),
    _does("/staf/kasus/{nomor}/balas", Action.HANDLE_CASES, cases.reply, theirs=a_case_they_may_handle),
    _does("/staf/kasus/{nomor}/tutup", Action.HANDLE_CASES, cases.close, theirs=a_case_they_may_handle),
    _does("/staf/kasus/{nomor}/beri", Action.HANDLE_CASES, cases.give, theirs=a_case_they_may_handle),
    _page("/staf/ringkasan", Action.SEE_OVERVIEW, overview.show, of_query),
    _page("/staf/ringkasan.csv", Action.SEE_OVERVIEW, overview.download, of_query),
    _page("/staf/ikm", Action.SEE_INDEX, index.show, of_query),
    _page("/staf/ikm/grafik.png", Action.SEE_INDEX, index.chart, of_query),
    _page("/staf/ikm/laporan.pdf", Action.SEE_INDEX, index.download_report, of_query),
    _page("/staf/ikm/laporan.{ending}", Action.SEE_ANSWERS, index.download_answers, of_query),
    _does("/staf/ikm/perbaikan", Action.PUBLISH, index.tell, of_everything),
    _page("/staf/layanan", Action.EDIT_SERVICES, services.show, of_everything),
    _page("/staf/layanan/{layanan}", Action.EDIT_SERVICES, services.open_one, of_everything),
    _does("/staf/layanan/{layanan}", Action.EDIT_SERVICES, services.reword, of_everything),
    _page(templates.HOME, Action.EDIT_SERVICES, templates.show, of_everything),
    _does(templates.HOME, Action.EDIT_SERVICES, templates.keep, of_everything),
    _does(f"{templates.HOME}/{{id}}/hapus", Action.EDIT_SERVICES, templates.remove, of_everything),
    _page("/staf/petugas", Action.MANAGE_STAFF, people.show),
    _does("/staf/petugas", Action.MANAGE_STAFF, people.invite, of_field),
    _does("/staf/petugas/{id}/kode", Action.MANAGE_STAFF, people.invite_again, of_colleague),
    _does("/staf/petugas/{id}/cabut", Action.MANAGE_STAFF, people.revoke, of_colleague),
    _page(mine.HOME, Action.ENTER, mine.show),
    _page(f"{mine.HOME}/kunci-sandi", Action.ENTER, mine.offer_key),
    _does(f"{mine.HOME}/kunci-sandi", Action.ENTER, mine.add_key),
    _does(f"{mine.HOME}/kunci-sandi/{{id}}/hapus", Action.ENTER, mine.remove_key),
    _page(f"{mine.HOME}/sso", Action.ENTER, mine.link_account),
    _does(f"{mine.HOME}/sso/hapus", Action.ENTER, mine.unlink_account),
    _does(f"{mine.HOME}/kabar", Action.ENTER, mine.set_wishes),
    _does(f"{mine.HOME}/pin", Action.ENTER, mine.set_pin),
    _does(f"{mine.HOME}/pin/hapus", Action.ENTER, mine.remove_pin),
    _does(f"{mine.HOME}/sesi/{{id}}/akhiri", Action.ENTER, mine.end_session),
    _does(f"{mine.HOME}/obrolan/{{id}}/akhiri", Action.ENTER, mine.end_chat),
    _page("/staf/audit", Action.SEE_AUDIT, audit.show),
    _asks("/staf/audit", Action.SEE_AUDIT, audit.search),
    _page("/staf/audit.csv", Action.SEE_AUDIT, audit.export),
)
