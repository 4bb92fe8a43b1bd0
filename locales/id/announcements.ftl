### Pengumuman: yang dibaca petugas di chat dan di baris perintah, dan sedikit yang dibaca warga.

## Dibaca warga, di bawah teks pengumuman pengambilan bergelombang

# $at (DateTime) hari pengambilan
announce-day = { DAY($at) }
# $opens $closes (DateTime) jam pengambilan
announce-time = { CLOCK($opens) } sampai { CLOCK($closes) }
# $day $time (String) hari dan jam pengambilan
announce-comes = Silakan datang { $day }, pukul { $time }.
announce-swap-hint = Tidak bisa pada waktu itu? Ketik *tukar hari*; boleh satu kali.

## Kemajuan dan hasil

# $name (String) nama pengumuman $planned (Number) jumlah penerima
announce-progress = Pengumuman "{ $name }": { $planned } penerima.
# $at (DateTime) kapan mulai dikirim
announce-begins = Mulai dikirim { DAY($at) } pukul { CLOCK($at) }.
announce-state-draft = Menunggu penyetuju.
announce-state-preparing = Daftar penerima sedang disusun.
announce-state-planned = Belum mulai; masih bisa diurungkan.
announce-state-sending = Sedang dikirim.
announce-state-paused = Dijeda.
announce-state-finished = Selesai.
announce-state-undone = Diurungkan: tidak ada yang dikirim.
announce-state-withdrawn = Dihentikan: sisanya tidak dikirim.
# $waiting $sending $sent $delivered $read $failed $unknown (Number) jumlah penerima
announce-counts = Menunggu { $waiting }, sedang dikirim { $sending }, terkirim { $sent }, sampai { $delivered }, dibaca { $read }, gagal { $failed }, tidak pasti { $unknown }.
# $until (DateTime) akhir jam tenang
announce-quiet = Sekarang jam tenang: sisanya menunggu sampai pukul { CLOCK($until) }.
# $reason (String) alasan $count (Number) jumlah
announce-failed = Gagal, { $reason }: { $count }.
# $id (String) nomor pengumuman
announce-next = Laporan per penerima dan daftar untuk desa atau surat: loket announcements --report { $id } --out laporan.csv

## Alasan, dan langkah berikutnya

announce-reason-blocked = memblokir kantor di aplikasi chat
announce-reason-chat-not-found = chatnya tidak ada lagi
announce-reason-undeliverable = nomornya tidak memakai WhatsApp atau tidak aktif
announce-reason-window-closed = lebih dari 24 jam tidak menulis, dan kata yang disetujui belum ada
announce-reason-stopped = meminta tidak dikirimi kabar
announce-reason-moved = pindah nomor
announce-reason-erased = meminta datanya dihapus
announce-reason-undone = pengumuman diurungkan
announce-reason-withdrawn = pengumuman dihentikan
announce-reason-absent = tidak kembali ke halaman web dalam 30 hari
announce-reason-merged = sudah dikirim ke chat lain milik orang yang sama
announce-reason-waited-too-long = terlalu lama menunggu
announce-reason-declined-by-person = menolak pesan dari kantor di WhatsApp
announce-reason-nobody = tidak ada chat yang mengikuti nomor ini
announce-reason-declined = yang mengikuti nomor ini tidak mau dikirimi kabar
announce-reason-other = ditolak penyedia layanan

announce-step-none = Tidak perlu apa-apa.
announce-step-wait = Tunggu; statusnya masih berubah.
announce-step-channel = Hubungi lewat jalan lain: nomor telepon di berkas, atau chat lain.
announce-step-village = Masukkan ke daftar desa, atau kirim surat.
announce-step-check = Tanyakan dulu apakah sudah menerima; jangan kirim ulang begitu saja.
announce-step-again = Buat pengumuman baru bila masih perlu.

announce-outcome-waiting = menunggu
announce-outcome-sending = sedang dikirim
announce-outcome-sent = terkirim
announce-outcome-delivered = sampai
announce-outcome-read = dibaca
announce-outcome-failed = gagal
announce-outcome-unknown = tidak pasti
announce-outcome-none = tidak dikirimi

announce-report-title = Laporan pengumuman
announce-report-letters = Daftar untuk desa dan surat
announce-report-numbers = nomor registrasi
announce-report-names = nama
announce-report-district = kecamatan
announce-report-village = desa
announce-report-channel = lewat
announce-report-outcome = hasil
announce-report-reason = alasan
announce-report-step = langkah berikutnya
announce-report-when = waktu
# $approved (String) siapa yang menyetujui $at (DateTime) kapan
announce-report-approved = Disetujui oleh { $approved }, dibuat { DAY($at) } pukul { CLOCK($at) }.

## Percakapan /umumkan

announce-whom = Siapa yang mau dikabari?
announce-whom-ready = Siap diambil
announce-whom-waiting = Menunggu blangko
announce-whom-record = Belum rekam
announce-whom-again = Rekam ulang
announce-whom-incomplete = Berkas kurang
announce-text = Tulis teksnya. { "{nama}" }, { "{nomor}" }, dan { "{tempat}" } diisi otomatis untuk tiap penerima.
# $text (String) teks seperti yang dibaca penerima pertama
announce-preview = Penerima pertama akan membaca:

    { $text }
# $count (Number) jumlah nomor
announce-none-count = { $count } nomor tidak diikuti siapa pun dan tidak ikut dikirimi.
# $most (Number) batas tanpa penyetuju
announce-needs-approver = Lebih dari { $most } penerima memerlukan penyetuju: simpan sebagai draf di konsol, atau minta penyetuju mengirimnya.
# $count (Number) jumlah penerima
announce-send = Kirim kepada { $count } penerima?
announce-go = Kirim sekarang
announce-go-urgent = Mendesak: sekarang
announce-try = Uji ke saya dulu
announce-choose-place = Pilih tempat
announce-drop = Tidak jadi
announce-where = Untuk tempat layanan mana?
announce-everywhere = Semua tempat
# $name (String) nama tempat layanan
announce-place = { $name }
announce-tested = Pesan uji sedang dikirim ke chat ini.
announce-dropped = Tidak jadi. Tidak ada yang dikirim.
# $seconds (Number) waktu untuk mengurungkan
announce-released = Disetujui. Mulai dikirim dalam { $seconds } detik, atau sesudah jam tenang; kemajuannya tampil di chat ini.
# $seconds (Number) waktu untuk mengurungkan
announce-released-urgent = Disetujui sebagai mendesak. Mulai dikirim dalam { $seconds } detik, juga pada jam tenang; kemajuannya tampil di chat ini.
announce-after = Masih bisa diurungkan sekarang.
announce-undo = Urungkan
announce-fine = Biarkan

## Baris perintah

# $recipients (Number) jumlah penerima · $channels (String) "Telegram 3, WhatsApp 2, Web 1"
announce-reach = { $recipients } penerima: { $channels }.
# $count (Number) jumlah nomor
announce-none = { $count } nomor tidak diikuti siapa pun; masukkan ke daftar desa atau kirim surat:
# $count (Number) jumlah penerima
announce-templates = { $count } penerima WhatsApp lebih dari 24 jam tidak menulis: dikirim dengan kata yang disetujui, berbayar.
announce-unreachable = { $count } penerima memblokir kantor atau pindah nomor; mereka langsung tercatat gagal.
# $at (DateTime) kapan mulai
announce-starts = Mulai dikirim { DAY($at) } pukul { CLOCK($at) }.
# $at (DateTime) akhir jam tenang
announce-starts-quiet = Sekarang atau sebentar lagi jam tenang: mulai dikirim { DAY($at) } pukul { CLOCK($at) }.
announce-first-text = Teks untuk penerima pertama:
announce-dry-run = Uji coba: tidak ada yang dibuat dan tidak ada yang dikirim.
# $why (String) mengapa akan ditolak
announce-would-refuse = Bila benar-benar dikirim, ini akan ditolak: { $why }
# $id (String) nomor pengumuman
announce-planned-id = Pengumuman nomor { $id } siap. Mengurungkan: loket announcements --undo { $id } --as NAMA
# $cards $room (Number) jumlah kartu $point (String) tempat $day $time (String) hari dan jam
announce-calendar = { $day }, pukul { $time }, { $point }: { $cards } dari { $room } kartu.
# $person (String) nama yang dicari
announce-nobody-called = Anda tidak berwenang: tidak ada petugas bernama { $person }; loket staff list menunjukkan nama-namanya.
# $option (String) pilihan di baris perintah
announce-needs-name = { $option } memerlukan --as NAMA: petugas yang melakukannya.
announce-needs-out = --report memerlukan --out dengan nama berkas yang berakhir .csv atau .pdf.
announce-one-step = Pakai satu saja dari --pause, --resume, --undo, --withdraw, --unknown, dan --report.
announce-list-empty = Belum ada pengumuman.
announce-unknown-none = Tidak ada hasil yang tidak pasti.
announce-paused = Dijeda. Yang sedang dikirim masih sampai; sisanya menunggu.
announce-resumed = Dilanjutkan.
announce-undone = Diurungkan. Tidak ada yang dikirim.
announce-withdrawn = Dihentikan. Yang belum dikirim tidak akan dikirim.
# $file (String) nama berkas
announce-report-written = Ditulis ke { $file }; hanya pemiliknya yang boleh membaca.

## Mengapa berkas pengumuman tidak bisa dipakai: announce-file-<kode di bot/announcing/file.py>

# $why (String) keterangan sistem
announce-file-unreadable = Berkas pengumuman tidak bisa dibuka ({ $why }). Periksa nama dan letaknya.
# $why (String) keterangan TOML
announce-file-no-toml = Berkas pengumuman bukan TOML yang benar: { $why }. Lihat contohnya di docs/announcements.md.
# $key (String) nama isian $known (String) nama-nama yang dikenal
announce-file-unknown-key = Berkas pengumuman berisi { $key }, yang tidak dikenal. Yang dikenal: { $known }.
# $most (Number) jumlah huruf terbanyak
announce-file-name = Isian name wajib ada: nama pengumuman, paling panjang { $most } huruf.
announce-file-text = Isian text wajib ada: teks dalam tanda kutip, atau text.id, text.jv, dan text.en.
# $language (String) bahasa yang ditulis $known (String) bahasa yang dikenal
announce-file-language = Bahasa { $language } tidak dikenal. Pakai salah satu: { $known }.
announce-file-whom = Tulis salah satu: recipients = "berkas.csv", atau status = "READY_FOR_PICKUP".
announce-file-list = Isian recipients adalah nama berkas dalam tanda kutip, tanpa point, district, service, since, atau until.
# $known (String) status yang dikenal
announce-file-status = Isian status tidak dikenal. Pakai salah satu: { $known }.
# $known (String) tempat layanan yang dikenal
announce-file-point = Isian point tidak dikenal. Pakai salah satu: { $known }.
# $known (String) kecamatan yang dikenal
announce-file-district = Isian district tidak dikenal. Pakai salah satu: { $known }.
# $known (String) layanan yang dikenal
announce-file-service = Isian service tidak dikenal. Pakai salah satu: { $known }.
# $key (String) nama isian
announce-file-day = Isian { $key } adalah tanggal seperti 2026-11-24, tanpa tanda kutip.
# $most (Number) paling jauh berapa hari lagi
announce-file-send-at = Isian send_at adalah waktu seperti 2026-11-25T10:00:00, tanpa tanda kutip, belum lewat, paling jauh { $most } hari lagi.
announce-file-waves = Isian waves berisi per_day (jumlah kartu sehari, mulai 1) dan from (tanggal seperti 2026-11-24, belum lewat).

import-reason-number-unknown = Nomor registrasi ini tidak ada dalam daftar kantor.
import-suggestion-number-unknown = Impor daftar terbaru dulu, atau periksa nomornya di tanda terima.
import-reason-number-elsewhere = Permohonan ini di titik layanan lain, jadi tidak bisa Anda kirimi pengumuman.
import-suggestion-number-elsewhere = Serahkan baris ini kepada petugas titik itu, atau petugas seluruh kantor.

## Mengganti hari pengambilan kartu, satu kali: untuk yang dipanggil bergelombang.

swap-words = tukar hari, ganti hari, tukar jadwal pengambilan
swap-none = Untuk chat ini belum ada jadwal pengambilan yang bisa diganti. Ketik *status* untuk melihat kartunya.
# $at $opens $closes (DateTime) hari dan jam pengambilan
swap-now = Jadwal pengambilan: { DAY($at) }, pukul { CLOCK($opens) } sampai { CLOCK($closes) }.
swap-ask = Pilih hari lain. Penggantian hanya bisa satu kali.
# $at $opens $closes (DateTime) hari dan jam pengambilan
swap-day = { DATE($at) }, { CLOCK($opens) }
swap-time = Pukul { CLOCK($opens) } sampai { CLOCK($closes) }
swap-keep = Tetap hari itu
swap-kept = Baik, jadwalnya tetap.
swap-full = Hari lain sedang penuh. Datang pada hari itu, atau ketik *petugas*.
# $at $opens $closes (DateTime) hari dan jam pengambilan
swap-done = Sudah diganti. Silakan datang { DAY($at) }, pukul { CLOCK($opens) } sampai { CLOCK($closes) }.

## Penolakan seputar pengumuman: dibaca petugas (yang terakhir dibaca warga).

refusal-announcement-text-empty = Teks pengumuman masih kosong. Tulis teksnya dalam bahasa Indonesia, lalu coba lagi.
# $most (Number) jumlah huruf terbanyak
refusal-announcement-text-too-long = Teks pengumuman lebih panjang dari { $most } huruf. Persingkat, lalu coba lagi.
# $known (String) isian yang dikenal, dalam kurung kurawal
refusal-announcement-placeholder = Dalam kurung kurawal hanya boleh { $known }. Perbaiki teksnya, lalu coba lagi.
# $count (Number) jumlah penerima $most (Number) batas tanpa penyetuju
refusal-needs-approver = Anda tidak berwenang mengirim kepada { $count } penerima sendiri: lebih dari { $most } memerlukan penyetuju. Simpan sebagai draf di konsol, atau minta penyetuju mengirimnya.
# $on (DateTime) kapan pengumuman yang sama disetujui
refusal-already-announced = Penerima ini sudah menerima ini pada { DAY($on) } pukul { CLOCK($on) }. Hanya penyetuju yang boleh mengirim ulang.
refusal-unknown-announcement = Tidak ada pengumuman dengan nomor itu. Lihat nomornya dengan loket announcements.
refusal-announcement-over = Sudah terlambat untuk itu: pengumuman ini sudah dimulai, sudah selesai, atau sudah dibatalkan.
refusal-announcement-no-windows = Loket tidak cukup sering buka dalam setahun untuk kartu sebanyak itu. Naikkan jumlah kartu per hari, atau periksa jam buka.
refusal-already-swapped = Hari pengambilan hanya bisa diganti satu kali, dan sudah pernah diganti. Bila tetap tidak bisa datang, ketik *petugas*.
