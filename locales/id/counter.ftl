### Untuk petugas di loket: daftar hari ini, hadir, tidak datang, tamu langsung, selesai.

counter-where = Di mana? Ketik angkanya.

## Daftar hari ini

# $place (String) nama titik layanan · $day (Date) hari ini · $total, $awaited, $served, $missed (Number) berapa jadwal semua, ditunggu, dilayani, tidak datang
today-which = { $total ->
    [0] { $place }, { DAY($day) }: belum ada jadwal. Kode tiket boleh diketik kapan saja, atau kirim foto QR-nya.
   *[other] { $place }, { DAY($day) }: { $awaited } ditunggu, { $served } dilayani, { $missed } tidak datang. Pilih satu, ketik kode tiketnya, atau kirim foto QR-nya.
}
# $place (String) nama titik layanan · $codes (List) jam dan kode yang ditunggu berikutnya · $total, $awaited, $served, $missed (Number) berapa jadwal semua, ditunggu, dilayani, tidak datang
today-at = { $awaited ->
    [0] { $place }: { $served } dilayani, { $missed } tidak datang.
   *[other] { $place }: { $awaited } ditunggu, { $served } dilayani, { $missed } tidak datang. Berikutnya { LIST($codes) }.
}
today-guest = Tamu langsung
today-again = Perbarui
# $at (DateTime) mulai · $code (String) kode tiket
today-line = { TIME($at) } { $code }
# $state (String) booked, coming, moving, served, no_show; guest_… untuk tamu langsung · $name (String) nama tersamar · $service (String) nama pendek layanan
today-line-hint = { $state ->
   *[booked] { $name } · { $service }
    [coming] { $name } · { $service } · pasti datang
    [moving] { $name } · { $service } · waktunya ditutup
    [served] { $name } · { $service } · sudah dilayani
    [no_show] { $name } · { $service } · tidak datang
    [guest] Tamu langsung · { $service }
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
    [served] Sudah dilayani.
    [no_show] Dicatat tidak datang. Bila datang terlambat, masih bisa dilayani.
    [guest] Datang tanpa jadwal, menunggu.
    [guest_served] Datang tanpa jadwal, sudah dilayani.
    [guest_no_show] Datang tanpa jadwal, lalu tidak ada.
}
# $number (String) nomor registrasi
today-number = Nomor registrasi { $number }
today-note = Catat apa?
today-came = Hadir, dilayani
today-missed = Tidak datang
today-back = Kembali ke daftar

## Hadir

check-in-code = Ketik kode tiketnya, atau kirim foto QR-nya.

## Selesai

done-ask = Apa yang selesai? Ketik nomor registrasi (kartu diambil) atau kode tiket (sudah dilayani).

## Tamu langsung

guest-ask-service = Layanan apa?
# $name (String) nama pendek layanan
guest-service = { $name }
guest-full = Maaf, hari ini tidak ada tempat lagi: sudah penuh atau sudah tutup.

## Hasilnya

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
# $at (DateTime) mulai bisa dicatat tidak datang
counter-missed-from = Bisa mulai pukul { TIME($at) }.
# $at (DateTime) mulai
counter-other-day = Perhatikan: jadwal itu bukan hari ini, tetapi { DAY($at) }.
counter-sure = Memang orang ini yang dilayani hari ini?
counter-right = Ya, benar
counter-undo = Urungkan
# $code (String) kode tiket
counter-stays = Baik, *{ $code }* tetap tercatat dilayani.
# $code (String) kode tiket · $at (DateTime) mulai
counter-undone = Diurungkan: *{ $code }* berlaku lagi untuk { DAY($at) } pukul { TIME($at) }.
# $code (String) kode tiket
counter-undo-late = *{ $code }* tidak bisa diurungkan lagi: warganya sudah dimintai penilaian, atau punya jadwal lain.
# $subject (String) nomor registrasi · $name (String) nama tersamar
counter-handed-over = *{ $subject }* dicatat sudah diambil: { $name }.
# $subject (String) nomor registrasi
counter-handed-over-before = *{ $subject }* sudah tercatat diambil sebelumnya. Tidak ada yang berubah.
# $subject (String) yang diketik
counter-unknown = *{ $subject }* tidak ditemukan. Mohon periksa nomor registrasi atau kode tiketnya.
# $code (String) kode tiket · $at (DateTime) mulai · $service (String) nama pendek layanan
counter-seated = Tamu langsung: kode *{ $code }*, { $service }, pukul { TIME($at) }. Bila sudah dilayani, ketik kodenya.
