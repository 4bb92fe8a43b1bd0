### API untuk sistem kantor sendiri: kalimat dalam jawaban galat. Dibaca oleh orang yang memprogramnya.

api-unauthorized = Token tidak dikenal, sudah dicabut, atau sudah habis masanya. Kirim token yang berlaku di Authorization: Bearer.
# $scope (String) nama hak
api-scope-missing = Token ini tidak punya hak { $scope }. Minta token baru kepada admin.
api-not-allowed = Ini milik titik layanan lain; token ini tidak berwenang.
api-not-found = Tidak ditemukan. Periksa alamat dan nomornya.
api-method-not-allowed = Alamat ini tidak menerima metode itu. Lihat header Allow.
api-too-many-requests = Terlalu banyak permintaan. Tunggu selama Retry-After, lalu coba lagi.
api-too-large = Kiriman terlalu besar. Bagi menjadi beberapa kiriman.
api-too-slow = Kiriman terlalu lama. Coba lagi.
api-unavailable = Sedang tidak bisa melayani. Coba lagi sebentar lagi.
api-fault = Ada kesalahan di pihak kami. Coba lagi; kalau tetap, beri tahu pengelola Loket.
api-media-type = Kirim JSON, dengan Content-Type: application/json.
api-content-encoding = Kirim isinya tanpa dimampatkan, tanpa Content-Encoding.
api-no-json = Isi kiriman bukan JSON yang benar.
api-missing = Isian wajib ini tidak ada.
api-unknown-field = Isian ini tidak dikenal.
api-invalid = Isian ini tidak bisa dibaca. Lihat bentuknya di halaman API.
api-point-unknown = Kantor tidak punya titik layanan ini.
api-idempotency-key = Idempotency-Key berisi 1 sampai 255 huruf, angka, atau tanda tanpa spasi.
api-idempotency-other = Idempotency-Key ini sudah dipakai untuk permintaan lain. Pakai kunci baru.
api-idempotency-busy = Permintaan yang sama sedang dikerjakan. Tunggu, lalu ulangi dengan kunci yang sama.
api-media-type-file = Kirim berkas CSV atau XLSX sebagai isi kiriman, atau sebagai bagian bernama file dalam multipart/form-data.
api-form = Formulirnya rusak. Kirim sekali lagi.
api-cursor = Cursor ini bukan dari daftar ini. Mulai lagi tanpa cursor.
# $codes (String) kode status yang tidak dikenal, dan jumlah barisnya
api-unknown-codes = Banyak kode status tidak dikenal: { $codes }. Perbaiki, atau kirim lagi dengan accept_unknown.
api-if-match-missing = Kirim If-Match dengan ETag tahap yang akan diganti.
api-if-match-failed = Tahapnya sudah berubah sejak dibaca. Baca lagi, lalu putuskan lagi.
api-day-ahead = Tanggal ini belum tiba.
# $day (Date) sejak kapan tahap yang sekarang
api-day-older = Tahap yang sekarang berlaku sejak { DAY($day) }. Kirim lagi dengan sure kalau tanggal ini memang benar.
api-appointment-cancelled = Jadwal ini sudah dibatalkan.
api-appointment-served = Jadwal ini sudah dilayani.
api-appointment-early = Belum boleh dicatat tidak datang.
api-appointment-other = Orangnya sudah punya jadwal lain.
# $most (Number) banyaknya hari
api-days = Dari from sampai to paling banyak { $most } hari, dan from tidak sesudah to.
api-days-order = Hari from sesudah hari to.
api-span = Jam to harus sesudah jam from.
api-day-over = Waktu ini sudah lewat.
api-too-many-waiting = Terlalu banyak kiriman token ini yang masih menunggu. Tunggu sampai dikerjakan, atau sampai penyetuju memutuskan drafnya.
api-announcement-whom = Isi salah satu: status, atau numbers.
api-announcement-list = Dengan numbers, kosongkan point, district, service, since, dan until.
# $most (Number) banyaknya hari
api-announcement-send-at = Waktu ini harus belum lewat, dan paling jauh { $most } hari lagi.
# $count (Number) banyaknya jadwal
api-closure-booked = Ada { $count } jadwal di dalamnya. Kirim lagi dengan sure: warganya diminta memilih waktu lain.
api-webhook-form = Alamat ini tidak bisa dipakai: tulis https://, nama, dan jalurnya saja, tanpa nama pengguna atau tanda #.
api-webhook-https = Alamat penerima harus https://. Tanpa https hanya jaringan kantor sendiri yang ada di LOKET_WEBHOOK_NETWORKS.
api-webhook-private = Alamat ini ada di jaringan tertutup. Jaringan kantor sendiri harus ada di LOKET_WEBHOOK_NETWORKS.
api-webhooks-full = Kantor sudah punya 10 penerima webhook. Hapus satu lebih dulu.
