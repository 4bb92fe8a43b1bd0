### Yang dikatakan di luar satu percakapan tertentu: sapaan pertama, tombol lama, gangguan, pesan yang tidak dipahami.

# Sapaan pertama, sekali untuk setiap chat. Lalu pemberitahuan: apa, mengapa, berapa lama, cara menghapus.
# Bila maknanya berubah, naikkan NOTICE_VERSION (handlers/people/consents.py): semua orang melihatnya sekali lagi.
#   $office (String) nama kantor
#   $look_up_days (Number) berapa hari catatan pencarian disimpan
#   $link_days (Number) berapa hari setelah kartu diambil chat masih terhubung
engine-welcome = Selamat datang di layanan KTP-el { $office }.
engine-notice =
    Yang kami simpan: nomor registrasi, NIK (terkunci), alamat chat ini.
    Guna: menjawab, mengabari bila diminta.
    Lama: percakapan 24 jam, pencarian { $look_up_days } hari, kabar { $link_days } hari sesudah diambil.
    Ingin dihapus? Ketik *hapusdata*. Melihat: *datasaya*.
engine-promise = Kami tidak pernah meminta nomor KK, nama ibu, atau OTP. Semua gratis.
# Bila jawaban pertama sudah panjang: hal yang sama dengan singkat.
engine-notice-brief = Kami simpan nomor, NIK (terkunci) dan alamat chat untuk menjawab dan mengabari: { $look_up_days } hari, kabar { $link_days } hari sesudah diambil. Hapus: ketik *hapusdata*.
engine-notice-changed = Pemberitahuan tentang data pribadi berubah:

engine-fault = Maaf, coba lagi. Ada gangguan pada sistem kami, jadi pesan terakhir belum diproses.
engine-old-button = Menu itu sudah tidak berlaku. Silakan pakai pilihan yang terakhir.
engine-started-over = Maaf, layanan ini baru diperbarui, jadi kita mulai lagi dari awal.
engine-nothing-to-go-back = Dari sini tidak bisa mundur lagi. Mulai dari awal? Ketik *menu*.
engine-cancelled = Baik, itu tidak dilanjutkan. Ketik *menu* bila perlu sesuatu.
engine-nothing-to-cancel = Tidak ada yang sedang berjalan, jadi tidak ada yang dibatalkan. Jadwal yang sudah dipesan tetap berlaku; untuk membatalkannya, ketik *jadwal*.
engine-not-understood = Maaf, kami belum paham. Silakan pilih di bawah ini, atau ketik *petugas* untuk menghubungi orang.
# Bila jawaban kami kata demi kata sama dengan yang sebelumnya, bergantian. $way (String) first atau second; handed-first atau handed-second: petugas sedang dipanggil
engine-same-again = { $way ->
    [handed-first] Percakapan dengan petugas masih terbuka. Untuk menutupnya, ketik *selesai*.
    [handed-second] Petugas sudah dipanggil. Kembali ke bot? Ketik *selesai*.
    [second] Masih belum pas? Coba tulis dengan kata lain, atau ketik *petugas*.
   *[first] Belum ketemu yang dicari? Ketik *petugas* untuk bicara dengan orang.
}
# Bila kalimatnya jelas bahasa lain, sekali. $language (String) kode bahasa · $name (String) namanya menurut kantor
engine-language-offer = { $language ->
    [jv] Basa Jawa? Ketik *Jawa*.
    [en] English? Type *English*.
   *[other] { $name }? Ketik *{ $name }*.
}
engine-choose-again = Silakan pilih salah satu. Cukup ketik angkanya.

# $kind (String) voice, sticker, location, file, contact, edited atau other
engine-unsupported = { $kind ->
    [voice] Maaf, kami belum bisa mendengarkan pesan suara. Mohon diketik saja.
    [sticker] Terima kasih stikernya. Mohon jawab dengan tulisan atau angka.
    [location] Maaf, kami tidak memerlukan lokasi. Mohon jawab dengan tulisan atau angka.
    [file] Maaf, kami tidak bisa membuka berkas. Mohon diketik saja, atau kirim foto kode QR tanda terima.
    [edited] Pesan yang diubah tidak kami baca ulang. Mohon kirim sebagai pesan baru.
   *[other] Maaf, pesan seperti itu belum bisa kami baca. Mohon jawab dengan tulisan atau angka.
}

# $most (Number) jumlah huruf terbanyak
engine-too-long = Maaf, tulisan itu terlalu panjang untuk kami baca: mohon kirim lagi dengan paling banyak { $most } huruf.
engine-photo-unreadable = Maaf, kode QR pada foto tidak terbaca. Coba foto lebih dekat di tempat terang, atau ketik nomor registrasinya.
engine-group = Maaf, layanan ini tidak bisa dipakai di grup, supaya data pribadi tidak terlihat orang lain. Silakan kirim pesan langsung kepada kami.
engine-contact = Maaf, kami tidak menerima kartu kontak. Bila itu orang lain, mohon orangnya sendiri yang menghubungi kami.

## Tombol dan kata

engine-more = Lainnya
engine-previous = Sebelumnya
engine-yes = Ya
engine-no = Tidak
engine-map = Buka peta
engine-locate = Kirim lokasi saya
# Kata yang diketik, dipisah koma.
engine-back-words = kembali, balik, mundur
engine-cancel-words = batal, batalkan, batal saja, batalkan saja, tidak jadi, gak jadi, males ngisi, malas ngisi, malas mengisi, males isi, malas isi, tidak mau mengisi, tidak mau isi, gak mau ngisi, gak mau isi
# Menunda yang sedang ditanyakan, bukan jawabannya.
engine-later-words = nanti, nanti dulu, nanti deh, nanti lagi, nanti nanti, nanti aja lah, lain kali, lain kali aja, lain waktu, kapan-kapan, kapan kapan, kapan-kapan aja, belum dulu, belum sekarang, jangan sekarang, gak sekarang, tidak sekarang, pikir dulu, pikir-pikir dulu, pikir pikir dulu, saya pikir dulu, tak pikir dulu, tanya suami dulu, tanya istri dulu, ntar, ntar aja, ntar dulu, skip dulu
engine-greeting-words = halo, hallo, hai, hei, p, permisi, assalamualaikum, assalamu alaikum, ass wr wb, selamat pagi, selamat siang, selamat sore, selamat malam, pagi, siang, sore, malam, pak, bu, mas, mbak, min, halo pak, halo bu, halo min, tes, test, admin, dukcapil, dispendukcapil, kak, kakak, gan, bang, bapak, ibu, semua, semuanya, assalamu'alaikum, sore pak, numpang tanya, mau tanya, mau nanya, izin bertanya, izin tanya
engine-menu-words = menu, menu utama, mulai, 0
# Kata lain untuk Ya dan Tidak, hanya bila itu yang ditanyakan.
engine-yes-words = ya, iya, iyo, y, ok, oke, okay, betul, benar, setuju
engine-no-words = tidak, gak, ga, nggak, enggak, ngga, ndak, tdk
