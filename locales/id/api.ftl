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
api-no-json = Isi kiriman bukan JSON yang benar.
api-missing = Isian wajib ini tidak ada.
api-unknown-field = Isian ini tidak dikenal.
api-invalid = Isian ini tidak bisa dibaca. Lihat bentuknya di halaman API.
api-point-unknown = Kantor tidak punya titik layanan ini.
api-idempotency-key = Idempotency-Key berisi 1 sampai 255 huruf, angka, atau tanda tanpa spasi.
api-idempotency-other = Idempotency-Key ini sudah dipakai untuk permintaan lain. Pakai kunci baru.
api-idempotency-busy = Permintaan yang sama sedang dikerjakan. Tunggu, lalu ulangi dengan kunci yang sama.
api-webhook-form = Alamat ini tidak bisa dipakai: tulis https://, nama, dan jalurnya saja, tanpa nama pengguna atau tanda #.
api-webhook-https = Alamat penerima harus https://. Tanpa https hanya jaringan kantor sendiri yang ada di LOKET_WEBHOOK_NETWORKS.
api-webhook-private = Alamat ini ada di jaringan tertutup. Jaringan kantor sendiri harus ada di LOKET_WEBHOOK_NETWORKS.
api-webhooks-full = Kantor sudah punya 10 penerima webhook. Hapus satu lebih dulu.
