### Jawaban yang didengarkan: kalimat dan potongannya, yang direkam kantor (docs/voice.md).
### Kalimat yang diubah perlu direkam ulang: `loket voice check`.

# Kata pembuka, dipisah koma.
listen-words = dengar, dengarkan, suara, bacakan, bacakan saja, baca suara, pesan suara
listen-here = Ini jawabannya dalam suara.
listen-not-recorded = Maaf, jawaban ini belum ada rekaman suaranya. Petugas bisa membacakannya.
listen-voice-note = Maaf, kami belum bisa mendengarkan pesan suara. Boleh diketik, atau pilih *Petugas* untuk bicara dengan orang.

## Hanya didengarkan

voice-welcome = Selamat datang di layanan KTP elektronik.
voice-notice = Nomor registrasi, NIK, dan alamat chat ini kami simpan untuk menjawab dan mengabari. Ketik hapusdata untuk menghapusnya.
voice-number-ends = Ini jawaban untuk nomor registrasi dengan angka terakhir
voice-where = Diambil di
voice-address = Alamatnya
voice-hours = Jam buka
voice-at = pukul
voice-to = sampai
voice-and = dan
voice-open-now = Sekarang kantor buka, sampai pukul
voice-closed-now = Sekarang kantor tutup. Buka lagi
voice-closed-today = Hari ini kantor tutup. Buka lagi
voice-picked-up = Kartu sudah diambil pada
voice-picked-up-else = Bila bukan Anda atau keluarga yang mengambil, segera hubungi petugas.
voice-delivered = Kartu sudah diantar pada
voice-delivered-else = Bila belum diterima, hubungi petugas.
voice-ikd-active = IKD sudah diaktifkan pada
voice-ikd-active-else = Bila bukan Anda, segera hubungi petugas.
voice-ahead = Dalam urutan cetak, di depan masih ada
voice-ahead-none = Dalam urutan cetak tidak ada lagi permohonan di depan.
voice-more-than = lebih dari
voice-ahead-cards = permohonan
voice-complete = Berkas lengkap sejak
voice-standard = Menurut standar, selesai paling lama dua puluh empat jam sesudah itu.
voice-standard-paused = Selama tahap ini, waktu standar dua puluh empat jam tidak berjalan.
voice-standard-late = Waktu standar dua puluh empat jam sudah lewat. Mohon maaf.
voice-data-date = Data ini per
voice-earliest = Paling cepat jadi
voice-before = sembilan dari sepuluh orang selesai sebelum
voice-no-forecast = Belum bisa diperkirakan kapan jadi.
voice-free = Layanan ini gratis.
voice-ask-number = Sekarang ketik nomor registrasi pada tanda terima, atau kirim foto kode kotaknya.
voice-offer = Ingin dikabari bila statusnya berubah? Bila memilih Kabari saya, Anda setuju kami mengirim pesan tentang nomor ini. Bisa dihentikan kapan saja.
voice-anything-else = Ada lagi yang bisa kami bantu?
voice-for = Untuk
voice-type = ketik angka
