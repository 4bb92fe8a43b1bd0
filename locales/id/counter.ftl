### Untuk petugas di loket: daftar hari ini, hadir, tidak datang, tamu langsung, selesai.

counter-where = Di mana? Ketik angkanya.

## Daftar hari ini

# $place (String) nama titik layanan · $day (Date) hari ini · $total, $awaited, $here, $served, $missed (Number) berapa jadwal semua, ditunggu, sudah datang, dilayani, tidak datang
today-which = { $total ->
    [0] { $place }, { DAY($day) }: belum ada jadwal. Kode tiket boleh diketik kapan saja, atau kirim foto QR-nya.
   *[other] { $place }, { DAY($day) }: { $awaited } ditunggu, { $here } sudah datang, { $served } dilayani, { $missed } tidak datang. Pilih satu, ketik kode tiketnya, atau kirim foto QR-nya.
}
# $place (String) nama titik layanan · $codes (List) jam dan kode yang ditunggu berikutnya · $total, $awaited, $here, $served, $missed (Number) berapa jadwal semua, ditunggu, sudah datang, dilayani, tidak datang
today-at = { $awaited ->
    [0] { $place }: { $here } sudah datang, { $served } dilayani, { $missed } tidak datang.
   *[other] { $place }: { $awaited } ditunggu, { $here } sudah datang, { $served } dilayani, { $missed } tidak datang. Berikutnya { LIST($codes) }.
}
# $total (Number) berapa · $codes (List) hari dan kode tiket
today-left-open = Dari hari-hari lalu { $total } jadwal belum ditutup: { LIST($codes) }. Ketik kodenya bila orangnya datang, atau */selesai* dan kodenya bila sudah dilayani.
today-guest = Tamu langsung
today-again = Perbarui
# $at (DateTime) mulai · $code (String) kode tiket
today-line = { TIME($at) } { $code }
# $state (String) booked, coming, moving, arrived, called, served, no_show, open; guest_… untuk tamu langsung · $name (String) nama tersamar · $service (String) nama pendek layanan
today-line-hint = { $state ->
   *[booked] { $name } · { $service }
    [coming] { $name } · { $service } · pasti datang
    [moving] { $name } · { $service } · waktunya ditutup
    [arrived] { $name } · { $service } · menunggu
    [called] { $name } · { $service } · dipanggil
    [served] { $name } · { $service } · sudah dilayani
    [no_show] { $name } · { $service } · tidak datang
    [open] { $name } · { $service } · belum ditutup
    [guest] Tamu langsung · { $service }
    [guest_called] Tamu langsung · { $service } · dipanggil
    [guest_open] Tamu langsung · { $service } · belum ditutup
    [guest_served] Tamu langsung · { $service } · sudah dilayani
    [guest_no_show] Tamu langsung · { $service } · tidak ada
}
# $code (String) kode tiket · $at (DateTime) mulai · $named (yes/no) namanya diketahui · $name (String) nama tersamar · $service (String) nama pendek layanan
today-card = { $named ->
    [yes] *{ $code }* · { DAY($at) } pukul { CLOCK($at) }: { $name }, { $service }
   *[no] *{ $code }* · { DAY($at) } pukul { CLOCK($at) }: { $service }
}
# $state (String) seperti today-line-hint
today-state = { $state ->
   *[booked] Sudah memesan jadwal.
    [coming] Sudah memastikan akan datang.
    [moving] Waktunya ditutup; belum memilih waktu lain.
    [arrived] Sudah datang, menunggu dipanggil.
    [called] Sudah dipanggil.
    [served] Sudah dilayani.
    [open] Harinya sudah lewat, dan belum dicatat dilayani atau tidak.
    [no_show] Dicatat tidak datang. Bila datang terlambat, masih bisa dilayani.
    [guest] Datang tanpa jadwal, menunggu.
    [guest_called] Datang tanpa jadwal, sudah dipanggil.
    [guest_open] Datang tanpa jadwal; belum dicatat dilayani atau tidak.
    [guest_served] Datang tanpa jadwal, sudah dilayani.
    [guest_no_show] Datang tanpa jadwal, lalu tidak ada.
}
# $number (String) nomor registrasi
today-number = Nomor registrasi { $number }
today-note = Catat apa?
today-came = Datang
today-done = Selesai dilayani
today-missed = Tidak datang
today-back = Kembali ke daftar

## Datang

check-in-code = Ketik kode tiketnya, atau kirim foto QR-nya.

## Selesai

done-ask = Apa yang selesai? Ketik nomor registrasi (kartu diambil) atau kode tiket (sudah dilayani).

## Panggil

call-again = Panggil berikutnya
call-served = Selesai
# $place (String) nama titik layanan
call-nobody = { $place }: tidak ada yang menunggu sekarang.
# $desk (Number) nomor loket
call-desk = Ke *loket { $desk }*.

## Tamu langsung

guest-ask-service = Layanan apa?
# $name (String) nama pendek layanan
guest-service = { $name }
guest-full = Maaf, hari ini tidak ada tempat lagi: sudah penuh atau sudah tutup.

## Hasilnya

# $code (String) kode tiket · $at (DateTime) mulai · $named (yes/no) namanya diketahui · $name (String) nama tersamar · $service (String) nama pendek layanan
counter-arrived = { $named ->
    [yes] *{ $code }* dicatat datang: { $name }, { $service }, pukul { TIME($at) }.
   *[no] *{ $code }* dicatat datang: { $service }, pukul { TIME($at) }.
}
# $code (String) kode tiket · $came_at (DateTime) kapan datang
counter-arrived-before = *{ $code }* sudah tercatat datang pukul { TIME($came_at) }. Tidak ada yang berubah.
# $code (String) kode tiket · $named (yes/no) namanya diketahui · $name (String) nama tersamar · $service (String) nama pendek layanan
counter-called = { $named ->
    [yes] Silakan panggil *{ $code }*: { $name }, { $service }.
   *[no] Silakan panggil *{ $code }*: { $service }.
}
# $code (String) kode tiket
counter-called-before = *{ $code }* sudah datang dan sudah dipanggil. Tidak ada yang berubah.
# $code (String) kode tiket
counter-left-open = *{ $code }* belum ditutup.
# $code (String) kode tiket
counter-other-booked = *{ $code }* tidak bisa dicatat datang: orangnya sudah memesan jadwal lain. Bila sudah dilayani, ketik */selesai { $code }*.
# $code (String) kode tiket · $place (String) nama titik layanan
counter-elsewhere = *{ $code }* adalah tiket untuk { $place }.
# $code (String) kode tiket · $at (DateTime) mulai · $named (yes/no) namanya diketahui · $name (String) nama tersamar · $service (String) nama pendek layanan
counter-served = { $named ->
    [yes] *{ $code }* dicatat sudah dilayani: { $name }, { $service }, pukul { TIME($at) }.
   *[no] *{ $code }* dicatat sudah dilayani: { $service }, pukul { TIME($at) }.
}
# $code (String) kode tiket
counter-served-before = *{ $code }* sudah dilayani sebelumnya. Tidak ada yang berubah.
# $code (String) kode tiket
counter-cancelled = Jadwal *{ $code }* sudah dibatalkan, jadi tidak ada yang dicatat.
# $code (String) kode tiket
counter-missed = *{ $code }* dicatat tidak datang. Tempatnya terbuka lagi, dan orangnya kami persilakan memesan lagi.
# $code (String) kode tiket
counter-missed-before = *{ $code }* sudah dicatat tidak datang.
# $code (String) kode tiket
counter-too-early = *{ $code }* belum bisa dicatat tidak datang.
# $at (DateTime) mulai
counter-other-day = Perhatikan: jadwal itu bukan hari ini, tetapi { DAY($at) }.
counter-sure = Keliru? Dalam 10 menit masih bisa dibatalkan.
counter-undo = Batalkan
# $code (String) kode tiket
counter-undo-how = Keliru? Dalam 10 menit ketik *batalkan { $code }*.
# $code (String) kode tiket · $at (DateTime) mulai
counter-undone = Dibatalkan: langkah terakhir *{ $code }* ({ DAY($at) } pukul { TIME($at) }) tidak jadi dicatat.
# $code (String) kode tiket
counter-undo-late = *{ $code }* tidak bisa dibatalkan lagi: sudah lewat 10 menit, warganya sudah dimintai penilaian, atau punya jadwal lain.
# $subject (String) nomor registrasi · $name (String) nama tersamar
counter-handed-over = *{ $subject }* dicatat sudah diambil: { $name }.
# $subject (String) nomor registrasi
counter-card-back = Dibatalkan: *{ $subject }* tidak jadi dicatat. Statusnya kembali seperti semula.
# $subject (String) nomor registrasi
counter-card-back-late = *{ $subject }* tidak bisa dibatalkan lagi: sudah lewat 10 menit, statusnya berubah lagi, atau warganya sudah dimintai penilaian.
# $subject (String) nomor registrasi
counter-handed-over-before = *{ $subject }* sudah tercatat diambil sebelumnya. Tidak ada yang berubah.
# $subject (String) yang diketik
counter-unknown = *{ $subject }* tidak ditemukan. Mohon periksa nomor registrasi atau kode tiketnya.
# $code (String) kode tiket · $at (DateTime) mulai · $ahead (yes/no) waktunya masih akan datang · $service (String) nama pendek layanan
counter-seated = { $ahead ->
    [yes] Tamu langsung: kode *{ $code }*, { $service }, sekitar pukul { TIME($at) }. Sudah masuk antrean.
   *[no] Tamu langsung: kode *{ $code }*, { $service }. Sudah masuk antrean, silakan menunggu dipanggil.
}
