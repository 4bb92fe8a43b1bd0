### Halaman web: bingkai percakapan, pemberitahuan sambungan, halaman petugas, halaman kesalahan.

# $office (String) nama kantor
web-title = Loket { $office }
web-description = Tanya status KTP-el lewat obrolan. Gratis, tanpa antre.
web-name = Loket
web-skip = Langsung ke kolom pesan
web-language = Bahasa
web-finish = Selesai
web-finish-hint = Selesai dan bersihkan layar
web-promise-free = Semua layanan gratis.
web-promise-safe = Kami tidak pernah meminta OTP, PIN, atau kata sandi.

## Sambungan

web-connecting = Menyambungkan…
web-online = Tersambung
web-offline = Sambungan terputus. Pesan akan dikirim begitu tersambung lagi.
web-back = Tersambung lagi.

## Percakapan

web-log = Percakapan dengan Loket
web-from-office = Loket
web-from-you = Anda
web-writing = Loket sedang menulis…
web-pending = Mengirim…
web-unsent = Belum terkirim
web-sent = Terkirim
web-hidden = Nomor Anda kami sembunyikan dari layar.
web-newer = Lihat pesan baru
web-more = Lihat pilihan
web-choices = Pilihan jawaban
# $name (String) nama berkas
web-open-file = Buka { $name }
web-idle = Percakapan dibersihkan dari layar karena 15 menit tidak dipakai.
web-finished = Layar sudah dibersihkan. Terima kasih.
web-start-again = Mulai lagi

## Menulis

web-write = Tulis pesan
web-placeholder = Pesan atau angka
web-send = Kirim
web-attach = Kirim foto tanda terima
web-photo = Foto
web-photo-big = Foto ini lebih dari 5 MB. Mohon kirim foto yang lebih kecil.
web-photo-unreadable = Berkas ini bukan foto yang bisa dibaca. Mohon kirim foto JPG atau PNG.
web-sound = Jawaban dalam suara
web-location = Lokasi saya
web-no-location = Lokasi tidak bisa dibaca. Izinkan di peramban ini, atau ketik nama tempatnya.

## Tanpa skrip

web-no-script = Obrolan ini memerlukan JavaScript. Mohon nyalakan JavaScript di peramban, atau datang langsung ke kantor. Semua layanan gratis.
web-old-browser = Peramban ini belum bisa membuka obrolan. Mohon perbarui peramban, atau datang langsung ke kantor. Semua layanan gratis.

## Jawaban atas kiriman yang tidak bisa diterima

web-frame-unreadable = Maaf, kiriman itu tidak terbaca. Mohon tulis sekali lagi.
web-frame-no-id = Maaf, kiriman itu tidak bernomor, jadi belum kami terima. Mohon muat ulang halaman ini, lalu kirim sekali lagi.
web-frame-empty = Pesannya kosong. Mohon tulis pesan atau angka pilihan.
web-frame-long = Maaf, pesan itu terlalu panjang. Mohon tulis lebih pendek.
web-file-big = Foto ini lebih dari 5 MB. Mohon kirim foto yang lebih kecil.
web-file-broken = Maaf, foto itu tidak sampai dengan utuh. Mohon kirim sekali lagi.
web-document-big = Berkas ini lebih dari 5 MB, dan bukan foto. Mohon kirim foto tanda terima, atau ketik nomornya.
web-document-broken = Maaf, berkas itu tidak sampai dengan utuh, dan bukan foto. Mohon kirim foto tanda terima, atau ketik nomornya.
web-again = Maaf, sistem kami sedang terganggu. Pesan Anda belum kami terima dan akan dikirim lagi sebentar lagi.
web-fault = Maaf, coba lagi. Ada gangguan pada sistem kami, jadi pesan terakhir belum diproses.
web-other-origin = Obrolan ini hanya bisa dibuka dari halaman kami sendiri.
web-many-tabs = Obrolan ini sudah terbuka di terlalu banyak jendela. Mohon tutup salah satunya.
web-many-of-address = Dari jaringan ini sudah terlalu banyak obrolan yang terbuka. Mohon tutup obrolan yang tidak dipakai, lalu coba lagi.
web-many-requests = Dari jaringan ini terlalu banyak permintaan dalam waktu singkat. Mohon coba lagi sebentar lagi.
web-full = Loket sedang penuh. Mohon coba lagi sebentar lagi.
web-fast = Pesan dari sini datang terlalu cepat. Pesan Anda akan dikirim lagi sebentar lagi.
web-busy = Loket sedang ramai. Pesan Anda akan dikirim lagi sebentar lagi.
web-photos-full = Masih banyak foto yang sedang dibaca. Foto Anda akan dikirim lagi sebentar lagi. Lebih cepat: ketik nomor registrasinya.
web-line-first = Mohon tulis pesan lebih dulu, baru kirim foto.
web-line-fast = Pesan dari sini datang terlalu cepat. Sambungan dibuka lagi sebentar lagi.
web-line-full = Terlalu banyak foto sedang dikirim. Foto Anda akan dikirim lagi sebentar lagi. Lebih cepat: ketik nomor registrasinya.
web-line-slow = Kiriman itu terlalu lama di jalan. Kami coba lagi sebentar lagi; foto yang lebih kecil lebih cepat sampai.
web-line-quiet = Sambungan yang tidak dipakai kami tutup, dan dibuka lagi dengan sendirinya.

## Halaman petugas

web-staff-title = Petugas
web-staff-ask = Kode petugas
web-staff-ask-hint = Kode sekali pakai: dari chat petugas Anda (/konsol), atau dari admin.
web-staff-enter = Masuk
web-staff-wrong = Kode itu tidak berlaku. Mohon periksa lagi, atau minta kode baru: /konsol di chat petugas Anda, atau kepada admin.
web-staff-sso-failed = Masuk dengan akun itu tidak berhasil. Mohon coba lagi, atau masuk dengan kode.
web-staff-sso-unknown = Akun itu belum ditautkan ke petugas. Masuklah dengan kode, lalu tautkan di Saya.
web-staff-sso-taken = Akun itu sudah ditautkan ke petugas lain.
web-staff-key-wrong = Kunci sandi itu tidak diterima. Mohon coba lagi, atau masuk dengan kode.
# $minutes (Number) berapa menit lagi
web-staff-wait = Terlalu banyak kode yang salah. Silakan coba lagi { $minutes } menit lagi.
web-staff-stale = Halaman ini sudah terlalu lama terbuka. Mohon masukkan kode sekali lagi.
# $name (String) nama petugas
web-staff-hello = Selamat bekerja, { $name }.
# $role (String) viewer, officer, approver atau admin
web-staff-role = { $role ->
    [viewer] Anda masuk sebagai pengamat.
    [officer] Anda masuk sebagai petugas.
    [approver] Anda masuk sebagai penyetuju.
   *[admin] Anda masuk sebagai admin.
}
# $point (String) titik layanan
web-staff-point = Titik layanan: { $point }
web-staff-left = Anda sudah keluar.
web-staff-ended = Sesi Anda sudah berakhir, jadi Anda tidak berwenang di halaman ini. Mohon masuk lagi dengan kode petugas yang baru.
web-staff-down = Maaf, sistem kami sedang terganggu. Mohon coba lagi sebentar lagi.

## Kesalahan

web-error-title = Maaf
web-error-404 = Halaman ini tidak ada, atau sudah tidak berlaku.
web-error-405 = Halaman ini tidak bisa dibuka dengan cara itu.
web-error-401 = Ini hanya untuk program di mesin ini, atau dengan tanda masuk LOKET_METRICS_TOKEN.
web-error-403 = Permintaan ini tidak berasal dari halaman kami.
web-error-500 = Ada gangguan pada sistem kami. Mohon coba lagi sebentar lagi.
web-error-home = Ke halaman obrolan

## Layar ruang tunggu

layar-title = Ruang tunggu
layar-called = Dipanggil
# $desk (Number) nomor loket
layar-desk = Loket { $desk }
layar-waiting = Berikutnya
# $more (Number) berapa lagi yang menunggu
layar-more = dan { $more } lagi
layar-none-called = Belum ada yang dipanggil.
layar-none-waiting = Belum ada yang menunggu.
layar-down = Sambungan ke data terputus sebentar. Mohon dengarkan panggilan petugas.
