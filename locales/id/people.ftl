### Hak orang atas datanya: lihat, izin, perbaikan, hapus. Juga isi berkas "data saya".
### Label paling panjang 20 huruf, keterangannya (-hint) 72.

menu-data = Data saya
menu-data-hint = Lihat, perbaiki, atau hapus data; atur izin

## Kata pembuka, dipisah koma

data-words = data, privasi, hak saya, data pribadi
my-data-words = data saya, lihat data saya, apa yang disimpan
consents-words = izin, atur izin, persetujuan
erase-words = hapus data, hapus data saya, hapus semua data, hapus semua data saya, hapus semua, hapuskan data saya
correct-words = perbaikan, perbaiki data, data salah, data saya salah, koreksi

## Pilihan

data-ask = Hak atas data pribadi. Pilih, atau ketik angkanya.
data-see = Lihat data saya
data-see-hint = Berkas berisi semua yang kami simpan
data-consents = Izin
data-consents-hint = Kabar perubahan status, undangan menilai layanan
data-correct = Data salah
data-correct-hint = Minta diperbaiki; dijawab dalam 3 hari
data-erase = Hapus data saya
data-erase-hint = Semua data chat ini, sekarang juga

# di komputer yang mungkin dipakai bersama, sebelum izin atau data chat ini diubah
data-who = Komputer ini mungkin dipakai bersama. Mohon tunjukkan dulu nomor registrasi dan NIK-nya.

## Lihat data

my-data-who = Berkas itu berisi data pribadi. Supaya tidak jatuh ke tangan orang lain, mohon tunjukkan sekali lagi nomor registrasi dan NIK-nya.
my-data-here = Ini semua yang kami simpan tentang chat ini. Ada yang salah? Ketik *perbaikan*. Ingin dihapus? Ketik *hapusdata*.

## Izin

# $updates (yes/no) apakah kabar diizinkan · $ratings (yes/no) apakah undangan menilai diizinkan · $reminders (yes/no) apakah pengingat jadwal diizinkan
consents-now = { $updates ->
    [yes] { $ratings ->
        [yes] Anda mengizinkan kabar perubahan status dan undangan menilai layanan.
       *[no] Anda mengizinkan kabar perubahan status. Undangan menilai layanan tidak.
    }
   *[no] { $ratings ->
        [yes] Anda mengizinkan undangan menilai layanan. Kabar perubahan status tidak.
       *[no] { $reminders ->
            [yes] Kabar perubahan status dan undangan menilai layanan tidak diizinkan.
           *[no] Saat ini tidak ada izin yang tercatat.
        }
    }
}
# $reminders (yes/no) apakah pengingat jadwal diizinkan
consents-reminders-now = { $reminders ->
    [yes] Pengingat jadwal perekaman diizinkan.
   *[no] Pengingat jadwal perekaman tidak dikirim.
}
consents-reminders-on = Izinkan pengingat
consents-reminders-off = Cabut izin pengingat
consents-ask = Ingin diubah? Pilih, atau ketik angkanya.
consents-updates-on = Izinkan kabar
consents-updates-off = Cabut izin kabar
consents-ratings-on = Izinkan penilaian
consents-ratings-off = Cabut izin menilai
consents-leave = Selesai
consents-done = Baik, izinnya tercatat seperti itu. Bisa diubah kapan saja: ketik *izin*.

## Perbaikan

correct-ask = Apa yang salah, dan seharusnya bagaimana? Mohon tulis dalam satu pesan, tanpa NIK.
# Ditanyakan sambil menulis. $what (String) reply, cost, hidden, readers atau how · $due (Date) paling lambat dijawab
correct-asked = { $what ->
    [reply] Dijawab lewat chat ini, paling lambat { DAY($due) } bila dikirim hari ini.
    [cost] Perbaikan data itu *gratis*.
    [hidden] Permintaan ini hanya dibaca petugas kantor. Nomor Anda tidak ikut dikirim.
    [readers] Dibaca petugas kantor yang memperbaiki data.
   *[how] Cukup dengan kata-kata sendiri.
}
# $number (String) nomor kasus · $until (Date) paling lambat dijawab
correct-opened = Permintaan perbaikan kami terima dengan nomor { $number }. Dijawab paling lambat { DAY($until) } (3 × 24 jam).

## Sebelum pengaduan atau perbaikan dikirim

# $word (String) tulisannya, yang panjang hanya bagian akhirnya
look-ask =
    Ini yang akan dikirim ke kantor:
    "{ $word }"

    Sudah benar? Kurang lengkap? Ketik tambahannya.
look-send = Kirim
look-drop = Batal
look-dropped = Baik, tidak ada yang dikirim. Ketik *menu* bila perlu sesuatu.

## Hapus data

# $codes (List) kode tiket · $booked (yes/no) apakah ada jadwal
erase-sure = { $booked ->
    [yes]
        Yang dihapus sekarang juga: alamat chat ini, daftar yang diikuti, izin, dan isi percakapan.

        Yang tetap ada menurut undang-undang: berkas permohonan di kantor (UU 24/2013). Jadwal { LIST($codes) } tetap berlaku dengan kodenya, kecuali ikut dibatalkan.

        Setelah dihapus tidak bisa dikembalikan. Lanjutkan?
   *[no]
        Yang dihapus sekarang juga: alamat chat ini, daftar yang diikuti, izin, dan isi percakapan.

        Yang tetap ada menurut undang-undang: berkas permohonan di kantor (UU 24/2013).

        Setelah dihapus tidak bisa dikembalikan. Lanjutkan?
}
erase-yes = Ya, hapus semua
erase-yes-keep = Hapus, jadwal tetap
erase-yes-keep-hint = Datang dengan kode tiketnya
erase-yes-all = Hapus dan batalkan
erase-yes-all-hint = Jadwalnya ikut dibatalkan
erase-no = Tidak jadi
erase-kept = Baik, tidak ada yang dihapus. Ketik *menu* bila perlu sesuatu.
erase-open-case = Masih ada pengaduan yang belum dijawab. Bila data dihapus, *jawabannya tidak bisa kami kirim* ke chat ini.
# Di komputer yang mungkin dipakai bersama.
erase-shared = Komputer ini mungkin dipakai bersama. Yang dihapus hanya data dari nomor yang Anda tunjukkan di sini sekarang; data orang lain tetap.
# $receipt (String) kode tanda terima · $on (DateTime) kapan
erase-done-shared =
    Data dari nomor yang Anda tunjukkan di komputer ini sudah dihapus: { DAY($on) } pukul { CLOCK($on) }.

    Tanda terima penghapusan: { $receipt }. Di dalamnya tidak ada data pribadi.
# $receipt (String) kode tanda terima · $on (DateTime) kapan
erase-done =
    Semua data chat ini sudah dihapus: { DAY($on) } pukul { CLOCK($on) }.

    Tanda terima penghapusan: { $receipt }. Di dalamnya tidak ada data pribadi.

    Pesan berikutnya kami terima sebagai orang baru.
# $codes (List) kode tiket
erase-booking-stays = Jadwal tetap berlaku. Simpan kodenya: { LIST($codes) }.

## Isi berkas "data saya", satu baris satu hal

# $office (String) nama kantor
my-data-title = DATA PRIBADI YANG DISIMPAN: { $office }
# $channel (String) saluran · $address (String) ujung alamat · $language (String) bahasa
# $since (DateTime) sejak kapan · $heard (DateTime) pesan terakhir
my-data-chat =

    Chat: { $channel }, alamat { $address } (tersimpan terkunci), bahasa { $language }
    Sejak { DAY($since) }, pesan terakhir { DAY($heard) }
# $on (DateTime) kapan
my-data-stopped = Kabar dihentikan sejak { DAY($on) }
my-data-staff = Chat ini chat petugas
my-data-talks = Percakapan yang belum selesai disimpan terkunci, paling lama 24 jam
# $kind (String) phone, bsuid atau parent · $name (String) ujungnya
my-data-name = Pengenal dari penyedia ({ $kind }): { $name } (tersimpan terkunci)
# $version (Number) versi pemberitahuan · $channel (String) saluran · $on (DateTime) kapan
my-data-notice = Pemberitahuan privasi versi { $version } ditampilkan { DAY($on) } lewat { $channel }
# $kind (String) updates, ratings, atau reminders · $channel (String) saluran
my-data-consent = { $kind ->
    [updates] Izin kabar perubahan status, lewat { $channel }:
    [reminders] Izin pengingat jadwal perekaman, lewat { $channel }:
   *[ratings] Izin undangan menilai layanan, lewat { $channel }:
}
# $given (DateTime) kapan diberikan · $withdrawn (DateTime) kapan dicabut
my-data-consent-given =     diberikan { DAY($given) }
my-data-consent-withdrawn =     diberikan { DAY($given) }, dicabut { DAY($withdrawn) }
my-data-consent-refused =     ditolak { DAY($given) }
# $number (String) nomor registrasi · $nik (String) NIK tersamar · $name (String) nama tersamar
# $service (String) nama layanan · $stage (String) tahap · $on (Date) sejak kapan · $phone (String) telepon tersamar
my-data-application =

    Permohonan { $number }: { $service }
    Atas nama { $name }, NIK { $nik }, telepon { $phone } (tersimpan terkunci)
my-data-stage = { $stage ->
    [SUBMITTED] Tahap: baru diajukan, sejak { DAY($on) }
    [DOCS_INCOMPLETE] Tahap: berkas belum lengkap, sejak { DAY($on) }
    [NOT_RECORDED] Tahap: belum direkam, sejak { DAY($on) }
    [RECORDED] Tahap: sudah direkam, sejak { DAY($on) }
    [SENT_TO_CENTER] Tahap: diproses pusat, sejak { DAY($on) }
    [NEEDS_REVIEW] Tahap: sedang diperiksa, sejak { DAY($on) }
    [RECORD_FAILED] Tahap: perlu rekam ulang, sejak { DAY($on) }
    [DUPLICATE] Tahap: data ganda, sejak { DAY($on) }
    [PRINT_READY] Tahap: menunggu dicetak, sejak { DAY($on) }
    [WAITING_BLANK] Tahap: menunggu blangko, sejak { DAY($on) }
    [PRINTED] Tahap: sudah dicetak, sejak { DAY($on) }
    [READY_FOR_PICKUP] Tahap: menunggu diambil, sejak { DAY($on) }
    [PICKED_UP] Tahap: sudah diambil, sejak { DAY($on) }
    [DELIVERED] Tahap: sudah diantar, sejak { DAY($on) }
    [REJECTED] Tahap: tidak dilanjutkan, sejak { DAY($on) }
    [CANCELLED] Tahap: tidak dilanjutkan, sejak { DAY($on) }
   *[other] Tahap: tahap lain, sejak { DAY($on) }
}
my-data-followed = Anda minta dikabari sejak { DAY($on) }
my-data-looked = Terakhir Anda lihat { DAY($on) }
# $code (String) kode tiket · $at (DateTime) waktunya · $place (String) tempat · $state (String) booked, served, …
my-data-booking =

    Jadwal { $code }: { DAY($at) } pukul { CLOCK($at) }, { $place }
my-data-booking-state = { $state ->
    [held] Keadaan: belum dikonfirmasi
    [booked] Keadaan: dipesan
    [arrived] Keadaan: sudah datang
    [called] Keadaan: dipanggil
    [served] Keadaan: sudah dilayani
    [no_show] Keadaan: tidak datang
    [cancelled] Keadaan: dibatalkan
   *[other] Keadaan: tidak tercatat
}
# $count (Number) berapa
my-data-waiting = Daftar tunggu jadwal: { $count }
# $number (String) nomor kasus · $on (Date) kapan · $state (String) open, answered, closed · $word (String) kata-katanya
my-data-case =

    Kasus { $number }, { DAY($on) }: { $word }
my-data-case-state = { $state ->
    [answered] Keadaan: sudah dijawab
    [closed] Keadaan: ditutup
   *[open] Keadaan: menunggu jawaban
}
my-data-photos = Foto yang belum dibaca: { $count }
# $messages (Number) · $texts (Number) · $errands (Number) · $audited (Number) berapa
my-data-messages =

    Pesan kami kepada Anda yang masih tercatat: { $messages }; yang isinya masih ada (terkunci, 1 hari): { $texts }
    Yang akan kami kirim atau tanyakan: { $errands }
    Catatan siapa membuka apa, tanpa NIK: { $audited }
    Nomor pesan dan percobaan yang salah dicatat sebagai sidik terkunci, tanpa isi.
    Penilaian layanan tidak terhubung dengan siapa pun, jadi tidak ada di sini.
# di komputer yang mungkin dipakai bersama
my-data-shared =

    Komputer ini mungkin dipakai bersama. Berkas ini hanya berisi data dari nomor yang ditunjukkan di sini sekarang; isi pengaduan dan percakapan dengan petugas tidak ditulis.
# $look_up_days (Number) · $link_days (Number) · $audit_days (Number) berapa hari
my-data-how-long =

    Lamanya: pencarian { $look_up_days } hari, kabar { $link_days } hari sesudah kartu diambil, catatan { $audit_days } hari.
    Berkas permohonan disimpan kantor menurut UU 23/2006 dan UU 24/2013.
my-data-rights =
    Hak Anda: /datasaya (lihat), /perbaikan (perbaiki), /izin (cabut izin), /berhenti (hentikan kabar), /hapusdata (hapus).
    Dijawab dalam 3 × 24 jam (UU 27/2022).
