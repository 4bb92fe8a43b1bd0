### Janji temu: memesan, melihat, mengubah, membatalkan; dan yang kami kirim sendiri tentangnya.
### Label paling panjang 20 huruf. Jadwal di tombol: WEEKDAY dan TIME; di kalimat: DAY dan CLOCK.

menu-booking = Pesan jadwal
menu-booking-hint = Pilih hari dan jam, lihat, ubah, atau batalkan jadwal

# Kata pembuka, dipisah koma.
booking-words = jadwal, pesan jadwal, jadwal saya, ubah jadwal, booking, daftar rekam, rekam, rekam ktp, perekaman, antre, antri, ambil antrian, janji temu

## Untuk siapa

booking-whose = Jadwal untuk siapa? Ketik angkanya.
# $name (String) nama tersamar · $number (String) nomor registrasi
booking-for = Untuk { $name }, { $number }. Orang lain? Ketik nomor registrasinya.
# Sesudah arti tahapnya, bila sudah direkam.
booking-not-needed = Untuk itu *tidak perlu jadwal perekaman*. Tetap ingin memesan? Silakan lanjutkan di bawah. Bila tidak, ketik *batal*.
booking-after-not-found = Mau bagaimana?

## Di mana

booking-where = Mau datang ke mana? Pilih, atau ketik nama kecamatan.
# $name (String) nama pendek titik layanan
booking-point = { $name }
# Jemput bola yang namanya terlalu panjang untuk tombol. $day (Date) hari terdekatnya · $name (String) namanya
booking-outreach = { WEEKDAY($day) }
booking-outreach-hint = { $name }
# $address (String) alamatnya
booking-point-hint = { $address }
# $district (String) nama kecamatan pemohon
booking-point-near-hint = Melayani Kecamatan { $district }

## Kapan

# $place (String) nama titik layanan
booking-day = Pilih hari di { $place }, atau ketik tanggalnya. Angka dalam kurung: tempat kosong.
# $place (String) nama titik layanan
booking-move-day = Pilih hari lain di { $place }, atau ketik tanggal atau tempat lain. Angka dalam kurung: tempat kosong.
# $day (Date) hari · $free (Number) berapa tempat kosong
booking-day-choice = { WEEKDAY($day) } ({ $free })
# $day (Date) hari yang penuh
booking-day-full = Maaf, { DAY($day) } sudah penuh.
# $day (Date) hari yang dipilih
booking-hour = { DAY($day) }. Kira-kira jam berapa?
# $first, $last (DateTime) jam pertama dan terakhir
booking-hour-choice = { TIME($first) }–{ TIME($last) }
# $day (Date) hari yang dipilih
booking-time = { DAY($day) }. Jam berapa? Angka dalam kurung: tempat kosong.
# $at (DateTime) jam mulai · $free (Number) berapa tempat kosong
booking-time-choice = { TIME($at) } ({ $free })
# Bila angka diketik pada pertanyaan jam. $number (String) angkanya · $at (DateTime) jam yang dimaksud
booking-hour-read = Angka { $number } kami baca *pukul { TIME($at) }*. Bukan itu? Ketik *kembali*.
# Bila angka diketik pada pertanyaan jam. $number (String) angkanya · $at (DateTime) jam yang dimaksud
booking-place-read = Angka { $number } kami baca *pilihan nomor { $number }*: pukul { TIME($at) }. Bukan itu? Ketik *kembali*.
# Tempat lain dipilih, harinya tetap. $place (String) nama titik layanan
booking-at = Baik, di *{ $place }*.
booking-no-such-time = Jam itu tidak ada atau sudah penuh. Silakan pilih yang masih kosong.
# $at (DateTime) jam yang diketik · $hours (Hours) jam buka hari itu
booking-closed-then = Pukul { TIME($at) } kami tutup. Jam buka { HOURS($hours) }.
# $day (Date) hari buka berikutnya · $from_day (Date) sejak kapan hari itu bisa dipesan
booking-next-later = { DAY($day) } baru bisa dipesan mulai { DAY($from_day) }.
# Jam paling sepi menurut pengalaman kantor sendiri. $at (DateTime) jam mulai
booking-quiet = Biasanya paling sepi sekitar pukul { TIME($at) }.

## Bila penuh

# $place (String) nama titik layanan · $some (yes/no) masih ada waktu lain
booking-instead = { $some ->
    [yes] Yang terdekat di { $place } masih kosong:
   *[no] Semua waktu di { $place } sedang penuh. Mau bagaimana?
}
# $at (DateTime) hari dan jam mulai
booking-slot = { WEEKDAY($at) } { TIME($at) }
booking-other-day = Hari lain
booking-other-place = Tempat lain
booking-wait = Kabari bila kosong
booking-wait-hint = Beri tahu saya kalau ada yang kosong
# $place (String) nama titik layanan · $ahead (Number) berapa orang di depan · $minutes (Number) lama tawaran berlaku
booking-waits = { $ahead ->
    [0] Baik, kami kabari begitu ada tempat kosong di { $place }. Tempat itu kami simpan { $minutes } menit untuk Anda. Tidak jadi? Abaikan saja kabarnya.
   *[other] Baik, kami kabari begitu ada tempat kosong di { $place }. Ada { $ahead } orang di depan. Tempat itu kami simpan { $minutes } menit untuk Anda. Tidak jadi? Abaikan saja kabarnya.
}
# $name (String) nama tersamar · $place (String) nama titik layanan · $number (Number) urutan ke berapa
booking-in-line = { $name } menunggu tempat kosong di { $place }, urutan ke-{ $number } dalam antrean. Kami kabari begitu ada. Mau bagaimana?
booking-line-stay = Tetap menunggu
booking-line-leave = Keluar dari antrean
booking-line-book = Pilih waktu lain
booking-line-book-hint = Pesan waktu yang masih kosong; antreannya tetap sampai ada jadwal
booking-line-stays = Baik, tetap dalam antrean. Ketik *jadwal* untuk melihat urutannya lagi.
booking-line-left = Baik, sudah keluar dari antrean. Ketik *jadwal* bila ingin memesan lagi.

## Konfirmasi

# $name (String) nama tersamar · $at (DateTime) mulai · $place (String) nama titik layanan · $until (DateTime) tempat disimpan sampai
booking-summary =
    { $name }
    { DAY($at) } *pukul { CLOCK($at) }*
    { $place }

    Sudah benar? Kami simpan sampai pukul { TIME($until) }. Dengan *Konfirmasi*, kami juga mengirim pengingatnya.
# Sama, bila jadwal yang ada dipindah.
booking-move-summary =
    Jadwal baru:
    { DAY($at) } *pukul { CLOCK($at) }*
    { $place }

    Sudah benar? Kami simpan sampai pukul { TIME($until) }. Jadwal lama baru dilepas sesudah *Konfirmasi*.
booking-confirm = Konfirmasi
booking-other-time = Waktu lain
booking-hold-over = Waktu konfirmasinya tadi habis. Tempatnya kami coba simpan lagi.
booking-dropped = Baik, jadwalnya *belum dipesan* dan tempatnya dilepas. Ketik *jadwal* bila ingin memesan lagi.
booking-move-dropped = Baik, tidak jadi diubah. *Jadwal lama tetap berlaku*; ketik *jadwal* untuk melihatnya.

## Tiket

# $code (String) kode tiket · $at (DateTime) mulai · $place (String) nama titik layanan · $service (String) nama layanan
booking-done =
    Jadwal sudah dipesan. Kode tiket: *{ $code }*

    { $service }
    { DAY($at) } *pukul { CLOCK($at) }*
    { $place }
# Sama, sesudah jadwal dipindah.
booking-moved =
    Jadwal sudah diubah. Kode tiket tetap: *{ $code }*

    { $service }
    { DAY($at) } *pukul { CLOCK($at) }*
    { $place }
# Sama, bila tiketnya diminta lagi.
booking-here =
    Ini tiketnya. Kode: *{ $code }*

    { $service }
    { DAY($at) } *pukul { CLOCK($at) }*
    { $place }
# $address (String) alamat
booking-address = Alamat: { $address }
booking-reminding = Tunjukkan kodenya di loket. *Gratis*. Kami ingatkan sebelumnya; untuk mengubah, ketik *jadwal*.
# Sesudah pertanyaan tempat. $place (String) nama titik layanan · $address (String) alamatnya · $same (yes/no) keduanya sama
booking-where-is = { $same ->
    [yes] Datang ke { $place }.
   *[no]
        Datang ke { $place }:
        { $address }
}
# Sesudah pertanyaan waktu atau tempat. $at (DateTime) mulai · $place (String) nama titik layanan
booking-when = Jadwalnya { DAY($at) } *pukul { CLOCK($at) }* di { $place }.
booking-in-person = Perekaman *tidak bisa diwakilkan*: foto, sidik jari, dan iris mata diambil dari orangnya. Boleh ditemani keluarga.
# $on (Date) hari ulang tahun ke-17
booking-card-on = Belum 17 tahun: boleh direkam sekarang, kartunya dicetak mulai { DAY($on) }. Kami kabari hari itu.
booking-has-one = Untuk layanan ini sudah ada jadwal.

## Melihat, mengubah, membatalkan

# $at (DateTime) mulai
booking-own-one = { WEEKDAY($at) } { TIME($at) }
# Beberapa jadwal pada jam yang sama. $name (String) nama tersamar · $at (DateTime) mulai
booking-own-named = { $name }, { TIME($at) }
# $name (String) nama tersamar · $at (DateTime) mulai
booking-own-hint = { $name }, { DAY($at) }
booking-which = Jadwal yang mana? Ketik angkanya.
# $code (String) kode tiket · $at (DateTime) mulai · $place (String) nama titik layanan · $service (String) nama layanan
booking-yours =
    Jadwal Anda, kode tiket *{ $code }*:

    { $service }
    { DAY($at) } *pukul { CLOCK($at) }*
    { $place }
booking-time-closed = Maaf, waktu itu ditutup kantor. Silakan pilih *Ubah jadwal*.
booking-what = Mau bagaimana?
booking-move = Ubah jadwal
booking-cancel = Batal jadwal ini
booking-cancel-hint = Batalkan jadwal ini
booking-ticket = Kirim tiket
booking-ticket-hint = Gambar QR dan berkas kalender
booking-another = Pesan yang lain
booking-another-hint = Untuk nomor registrasi lain
# $code (String) kode tiket · $at (DateTime) mulai · $place (String) nama titik layanan · $service (String) nama layanan
booking-cancel-sure = Batalkan jadwal { DAY($at) } pukul { CLOCK($at) }?
booking-cancel-yes = Ya, batal
booking-cancel-no = Tidak, tetap
booking-kept = Baik, jadwalnya tetap berlaku. Sampai bertemu.
# $code (String) kode tiket
booking-cancelled = Jadwal { $code } sudah *dibatalkan*. Terima kasih sudah memberi tahu: tempatnya dipakai orang lain. Mau pesan lagi? Ketik *jadwal*.

## Pengingat

# $code (String) kode tiket · $at (DateTime) mulai · $place (String) nama titik layanan · $service (String) nama layanan
reminder-head =
    Pengingat jadwal, kode tiket *{ $code }*:

    { $service }
    { DAY($at) } *pukul { CLOCK($at) }*
    { $place }
reminder-coming = Bisa datang?
reminder-yes = Hadir
reminder-move = Ubah
reminder-no = Tidak bisa
# $at (DateTime) mulai
reminder-thanks = Terima kasih. Kami tunggu { DAY($at) } pukul { CLOCK($at) }.
# Sesudah [Tidak bisa]. $minutes (Number) berapa menit masih bisa ditarik
reminder-undo = Salah tekan? Dalam { $minutes } menit masih bisa ditarik.
reminder-undo-yes = Tetap datang
reminder-undo-no = Selesai
reminder-undo-kept = Baik. Jadwalnya tetap batal; ketik *jadwal* bila ingin memesan lagi.
reminder-undo-late = Maaf, jadwal itu tidak bisa ditarik lagi: waktunya lewat atau sudah ada jadwal lain. Ketik *jadwal* untuk memesan lagi.
# Sama seperti booking-done, sesudah [Tidak bisa] ditarik. $code (String) kode tiket · $at (DateTime) mulai · $place (String) nama titik layanan · $service (String) nama layanan
reminder-undone =
    Baik, jadwalnya *berlaku lagi*. Kode tiket tetap: *{ $code }*

    { $service }
    { DAY($at) } *pukul { CLOCK($at) }*
    { $place }
# Isian templat WhatsApp. $at (DateTime) mulai
booking-gap-day = { DAY($at) }
# Isian templat WhatsApp. $at (DateTime) mulai
booking-gap-time = { TIME($at) }

## Waktu yang ditutup

# $code (String) kode tiket · $at (DateTime) mulai · $place (String) nama titik layanan · $service (String) nama layanan
rebook-head = Mohon maaf: { $place } tutup pada { DAY($at) } pukul { CLOCK($at) }, jadwal { $code }. Anda didahulukan memilih waktu lain; kode tiketnya tetap.
rebook-when = Kapan bisa datang?

## Tempat kosong untuk yang menunggu

# $at (DateTime) mulai · $place (String) nama titik layanan · $until (DateTime) batas menjawab
offer-ask =
    Ada tempat kosong:
    { DAY($at) } *pukul { CLOCK($at) }*
    { $place }

    Tempat ini untuk Anda sampai pukul { TIME($until) }. Mau diambil?
offer-take = Ya, ambil
offer-pass = Tidak
offer-passed-on = Baik, kami tawarkan kepada orang berikutnya. Anda tetap dalam daftar tunggu.

## Tidak datang

# $code (String) kode tiket · $at (DateTime) mulai · $place (String) nama titik layanan · $service (String) nama layanan
missed-head = Kami menunggu { DAY($at) } pukul { CLOCK($at) } di { $place }, tetapi belum bertemu. Semoga semuanya baik.
missed-ask = Mau pesan waktu lain?
missed-again = Pesan lagi
missed-not-now = Nanti saja
missed-later = Baik. Bila perlu, ketik *jadwal*.
# $on (Date) hari pertama boleh memesan lagi
missed-rule = Karena jadwal terlewat tanpa kabar, pesan lagi bisa mulai { DAY($on) }. Datang langsung ke loket tetap boleh.

## Genap 17 tahun

birthday-card = Selamat ulang tahun ke-17! Mulai hari ini KTP-nya bisa dicetak. Untuk melihat kapan bisa diambil, ketik *status*.

## Ruang tunggu

queue-words = antrian saya, antrean saya, berapa orang lagi, nomor antrian saya, nomor antrean saya, kapan saya dipanggil
# $code (String) kode tiket · $desk (Number) nomor loket, 0 bila tidak disebut · $place (String) nama titik layanan
queue-called = { $desk ->
    [0] Nomor Anda *{ $code }* dipanggil di { $place }. Silakan menuju petugas.
   *[other] Nomor Anda *{ $code }* dipanggil, *loket { $desk }*, di { $place }.
}
# $desk (Number) nomor loket, 0 bila tidak disebut
queue-gap-desk = { $desk ->
    [0] petugas
   *[other] loket { $desk }
}
# $code (String) kode tiket · $ahead (Number) berapa orang sebelum Anda · $place (String) nama titik layanan
queue-ahead = { $ahead ->
    [0] Nomor *{ $code }*: Anda *berikutnya* di { $place }. Kami kabari di sini begitu dipanggil.
   *[other] Nomor *{ $code }*: *{ $ahead } orang lagi* sebelum Anda di { $place }. Kami kabari di sini begitu dipanggil.
}
# $code (String) kode tiket · $at (DateTime) mulai · $place (String) nama titik layanan
queue-not-here = Jadwal *{ $code }* hari ini pukul { CLOCK($at) } di { $place }. Tunjukkan kodenya kepada petugas begitu datang, supaya masuk antrean.
queue-none = Hari ini tidak ada jadwal dari obrolan ini. Untuk memesan, ketik *jadwal*; untuk kartu Anda, ketik *status*.
booking-here-what = Anda sudah tercatat datang. Mau bagaimana?
booking-place-in-queue = Berapa orang lagi
booking-late = Datang terlambat? Masih bisa dilayani hari itu, mungkin menunggu lebih lama. Takut tidak sempat? Ubah dulu: ketik *jadwal*.
booking-early = Cukup datang sedikit sebelum jamnya, lalu tunjukkan kode tiketnya di loket.
