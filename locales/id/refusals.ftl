### Penolakan yang bisa diperbaiki oleh orangnya sendiri: refusal-<kode di domain/refusals/>.

# $count (Number) berapa angka yang diketik; 0 bila tidak ada
refusal-nik-not-16-digits = { $count ->
    [0] Mohon ketik NIK: 16 angka, seperti di KTP atau KK.
   *[other] NIK terdiri dari 16 angka, yang tadi { $count } angka. Mohon periksa dan ketik lagi.
}
refusal-nik-bad-date = NIK itu belum benar: angka ke-7 sampai ke-12 bukan tanggal yang ada. Mohon periksa dan ketik lagi.
refusal-nik-bad-region = NIK itu belum benar: enam angka pertama bukan kode wilayah. Mohon periksa dan ketik lagi.
refusal-nik-bad-serial = NIK itu belum benar: empat angka terakhir tidak mungkin 0000. Mohon periksa dan ketik lagi.
refusal-bad-last-four = Mohon ketik 4 angka terakhir NIK, seperti tertulis di KTP atau KK.

# $example (String) contoh nomor dalam bentuk yang dipakai kantor
refusal-number-bad-shape = Itu belum berbentuk nomor registrasi. Contohnya { $example }; lihat di tanda terima.
refusal-number-bad-check = Ada satu huruf atau angka yang keliru dalam nomor registrasi itu. Mohon periksa dan ketik lagi.

refusal-bad-phone = Itu bukan nomor telepon Indonesia. Contohnya 0812 3456 7890.

# $until (DateTime) kapan boleh mencoba lagi
refusal-too-many-tries = Sudah terlalu banyak percobaan yang tidak cocok. Demi keamanan data, silakan coba lagi pukul { CLOCK($until) } ({ DAY($until) }), atau ketik *petugas*.

# $until (DateTime) kapan boleh meminta lagi
refusal-too-many-requests = Dari obrolan atau jaringan ini baru saja datang banyak permintaan untuk petugas. Silakan coba lagi pukul { CLOCK($until) } ({ DAY($until) }), telepon kantor, atau datang langsung ke loket.

refusal-not-allowed = Maaf, Anda tidak berwenang untuk itu.
refusal-bad-code = Kode petugas itu tidak dikenal, sudah dipakai, atau sudah lewat 24 jam. Mintalah kode baru kepada admin.
refusal-slot-full = Maaf, tempat itu baru saja terisi. Silakan pilih waktu lain.

## Janji temu

refusal-slot-gone = Maaf, waktu itu tidak bisa dipesan lagi. Silakan pilih waktu lain.
refusal-hold-expired = Waktu konfirmasinya sudah habis, jadi tempatnya dilepas. Silakan pilih waktu lagi.
refusal-offer-over = Maaf, tawaran itu sudah lewat dan diberikan kepada antrean berikutnya. Anda tetap bisa memilih waktu lain.
refusal-already-booked = Untuk layanan ini Anda sudah punya jadwal yang masih berlaku. Ketik *jadwal* untuk melihat, mengubah, atau membatalkannya.
refusal-not-your-booking = Jadwal dengan kode itu tidak ditemukan. Mohon periksa kode di tiket Anda.
refusal-booking-over = Jadwal itu sudah selesai atau sudah dibatalkan, jadi tidak bisa diubah lagi.
# $at (DateTime) waktu yang berlaku sekarang
refusal-booking-moved = Jadwal itu sudah diubah lewat chat lain, menjadi { DAY($at) } pukul { CLOCK($at) }. Untuk mengubah atau membatalkannya, ketik *jadwal*.
# $example (String) contoh kode tiket
refusal-bad-ticket-code = Kode tiket terdiri dari 6 huruf dan angka, contohnya { $example }. Mohon periksa dan ketik lagi.
# $from_day (Date) hari pertama boleh merekam
refusal-too-young = Perekaman bisa dilakukan mulai usia 16 tahun, yaitu sejak { DAY($from_day) }. Silakan pilih hari itu atau sesudahnya.
# $most (Number) berapa kali satu jadwal boleh diubah
refusal-too-many-changes = Jadwal ini sudah diubah { $most } kali, jadi tidak bisa diubah lagi. Anda masih bisa datang pada waktunya, atau membatalkan.
# $until (Date) hari pertama boleh memesan lagi
refusal-too-many-cancels = Sudah beberapa jadwal Anda batalkan. Supaya adil bagi warga lain, pesan lagi mulai { DAY($until) }, atau datang langsung ke loket.
# $until (DateTime) batas waktu mengubah
refusal-too-late-to-change = Jadwal ini hanya bisa diubah sampai { DAY($until) } pukul { CLOCK($until) }. Anda masih bisa datang pada waktunya, atau membatalkan.
# $until (Date) hari pertama boleh memesan lagi
refusal-no-show-rule = Ada jadwal Anda yang terlewat tanpa kabar. Supaya adil bagi warga lain, pesan lagi mulai { DAY($until) }, atau datang langsung ke loket.

# $day (Date) hari yang dipilih; $next_day (Date) hari buka berikutnya; $name (String) nama hari libur
refusal-day-holiday = { DAY($day) } libur: { $name }. Hari buka berikutnya { DAY($next_day) }.
refusal-day-weekend = { DAY($day) } kami tutup karena akhir pekan. Hari buka berikutnya { DAY($next_day) }.
# $reason (String) alasan dari kantor
refusal-day-closure = { DAY($day) } pelayanan di sana tutup: { $reason }. Hari buka berikutnya { DAY($next_day) }.
refusal-day-closed = { DAY($day) } tidak ada pelayanan di sana. Hari buka berikutnya { DAY($next_day) }.
refusal-day-over = Untuk { DAY($day) } sudah tidak ada waktu yang bisa dipesan. Hari buka berikutnya { DAY($next_day) }.
refusal-no-open-day = Tempat itu belum punya hari buka lagi. Silakan pilih tempat lain.
refusal-day-past = { DAY($day) } sudah lewat. Silakan pilih hari lain.
# $from_day (Date) sejak kapan hari itu bisa dipesan
refusal-day-beyond-horizon = { DAY($day) } masih terlalu jauh: bisa dipesan mulai { DAY($from_day) }.
refusal-not-a-date = Itu belum kami pahami sebagai hari. Contohnya: besok, Senin, 24 Desember, atau 24/12/2026.
refusal-not-a-time = Itu belum kami pahami sebagai jam. Contohnya: jam 9, 09.30, siang, atau hari lain.
# $last (Date) hari terakhir bulan itu
refusal-no-such-day = Tanggal itu tidak ada: bulan itu berakhir pada { DAY($last) }. Mohon ketik lagi.
refusal-other-weekday = Hari dan tanggalnya tidak cocok: tanggal itu jatuh pada { DAY($day) }. Mohon ketik lagi.
# $example (String) salah satu kecamatan
refusal-unknown-place = Kami belum mengenal tempat itu. Mohon ketik nama kecamatan, contohnya { $example }.
# $district (String) nama kecamatan · $neighbour (String) nama daerah sebelah
refusal-other-office = { $district } termasuk { $neighbour }, yang punya kantor Dukcapil sendiri. Bila KTP-el diurus di kantor kami, silakan pilih salah satu tempat kami.
refusal-already-rated = Penilaian untuk layanan ini *sudah diterima*. Terima kasih.
refusal-unknown-case = Nomor kasus itu tidak ada. Mohon periksa lagi.
refusal-too-short = Mohon ceritakan sedikit lebih panjang, supaya kami tahu apa yang terjadi.
refusal-unknown-service = Layanan itu belum kami kenal. Silakan pilih dari daftar.
