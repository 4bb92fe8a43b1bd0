### Untuk petugas.

staff-ask-code = Ketik kode petugas dari admin.
# $name (String) nama petugas · $role (String) viewer, officer, approver atau admin
staff-accepted = { $role ->
    [viewer] Kode diterima. Chat ini sekarang chat petugas: { $name }, pengamat.
    [officer] Kode diterima. Chat ini sekarang chat petugas: { $name }, petugas.
    [approver] Kode diterima. Chat ini sekarang chat petugas: { $name }, penyetuju.
   *[admin] Kode diterima. Chat ini sekarang chat petugas: { $name }, admin.
}

# $serves (yes/no) boleh melayani di loket
staff-commands = { $serves ->
    [yes]
        Bisa diketik di sini:
        • */hariini*: daftar hari ini
        • kode tiket atau foto QR-nya: sudah datang
        • */panggil* (dan nomor loket): panggil berikutnya
        • */selesai* dan nomornya: dilayani, atau kartu diambil
        • */batalkan* dan nomornya: langkah terakhir keliru
        • */tamu*: datang tanpa jadwal
        • */panggilan*: warga yang meminta petugas
        • */umumkan*: mengabari banyak warga
        • */ikm*: hasil penilaian
        • */konsol*: kode untuk masuk ke konsol (di Telegram dan WhatsApp)
        • */pesanpagi*: yang menunggu Anda, dan pesan pagi
        • */keluar*: keluar dari chat petugas
   *[no]
        Bisa diketik di sini:
        • */hariini*: daftar hari ini
        • */ikm*: hasil penilaian
        • */konsol*: kode untuk masuk ke konsol (di Telegram dan WhatsApp)
        • */pesanpagi*: yang menunggu Anda, dan pesan pagi
        • */keluar*: keluar dari chat petugas
}

## Masuk ke konsol dari chat petugas

# $code (String) kode sekali pakai · $minutes (Number) berlaku sekian menit
console-code-given = Kode konsol Anda: *{ $code }*. Buka */staf* di peramban dan ketik kode ini. Berlaku sekali, { $minutes } menit, hanya untuk Anda: jangan diteruskan. Begitu dipakai, kami beri tahu di sini.
console-code-elsewhere = Di chat web kode konsol tidak diberikan, karena perangkat ini bisa dipakai orang lain. Mintalah dengan */konsol* di chat petugas Anda di Telegram atau WhatsApp.
# $at (DateTime) saat dipakai · $device (String) peramban dan sistem · $known (yes/no) perangkatnya dikenal
console-entered = { $known ->
    [yes] Kode konsol Anda dipakai { DAY($at) } pukul { CLOCK($at) }, di { $device }. Bukan Anda? Segera beri tahu admin, dan akhiri sesi itu di konsol, *Saya*.
   *[no] Kode konsol Anda dipakai { DAY($at) } pukul { CLOCK($at) }, di perangkat yang tidak dikenal. Bukan Anda? Segera beri tahu admin, dan akhiri sesi itu di konsol, *Saya*.
}

# $at (DateTime) saat ditambahkan
passkey-added = Kunci sandi baru ditambahkan untuk Anda di konsol, { DAY($at) } pukul { CLOCK($at) }. Bukan Anda? Hapus segera di konsol, *Saya*, dan beri tahu admin.

## Peringatan untuk petugas

# $about (String) one-nik, everybody, webhook atau one-address
alarm-rang = { $about ->
    [one-nik] *Peringatan*: banyak percobaan salah untuk satu NIK dalam sehari. Jawaban diperlambat, tidak ada yang ditolak. Lihat catatan (audit) di konsol.
    [webhook] *Peringatan*: satu penerima webhook dimatikan karena terus gagal. Admin bisa melihat dan menyalakannya lagi di konsol, *Webhook*.
    [everybody] *Peringatan*: banyak percobaan salah dari banyak orang dalam satu jam. Jawaban diperlambat, tidak ada yang ditolak. Lihat catatan (audit) di konsol.
   *[one-address] *Peringatan*: banyak kode petugas yang salah dari satu alamat. Jawaban diperlambat. Lihat catatan (audit) di konsol.
}

## Kasus, di chat petugas

# $number (String) nomor kasus · $kind (String) jenis · $due (DateTime) batas menjawab
case-news-opened = { $kind ->
    [low] Kasus baru *{ $number }*, nilai terendah: mohon dijawab paling lambat { DAY($due) } di konsol, *Kasus*.
    [fee] Kasus baru *{ $number }*, soal biaya: mohon dijawab paling lambat { DAY($due) } di konsol, *Kasus*.
    [correction] Kasus baru *{ $number }*, perbaikan data: mohon dijawab paling lambat { DAY($due) } di konsol, *Kasus*.
   *[complaint] Kasus baru *{ $number }*, pengaduan: mohon dijawab paling lambat { DAY($due) } di konsol, *Kasus*.
}
# $number (String) nomor kasus · $kind (String) jenis · $due (DateTime) batas menjawab semula
case-news-escalated = { $kind ->
    [low] Kasus *{ $number }*, nilai terendah, dinaikkan: seharusnya dijawab paling lambat { DAY($due) }. Mohon ditangani di konsol, *Kasus*.
    [fee] Kasus *{ $number }*, soal biaya, dinaikkan: seharusnya dijawab paling lambat { DAY($due) }. Mohon ditangani di konsol, *Kasus*.
    [correction] Kasus *{ $number }*, perbaikan data, dinaikkan: seharusnya dijawab paling lambat { DAY($due) }. Mohon ditangani di konsol, *Kasus*.
   *[complaint] Kasus *{ $number }*, pengaduan, dinaikkan: seharusnya dijawab paling lambat { DAY($due) }. Mohon ditangani di konsol, *Kasus*.
}

# $number (String) nomor kasus · $kind (String) jenis · $due (DateTime) batas menjawab
case-news-withdrawn = Permintaan kunjungan *{ $number }* *dibatalkan warga*: tidak perlu didatangi lagi. Lihat di konsol, *Kasus*, *Selesai*.

## Keluar dari chat petugas

menu-sign-out = Keluar petugas
menu-sign-out-hint = Chat ini bukan chat petugas lagi
sign-out-words = keluar, keluar petugas, keluar dari chat petugas
staff-signed-out = Chat ini bukan chat petugas lagi. Perintah warga tetap bisa dipakai; untuk masuk lagi, ketik */staf* dan kode baru dari admin.
# Sesudah lama tidak dipakai di komputer bersama, atau sesudah waktu terlama.
staff-ended = Chat petugas di sini sudah berakhir, jadi perintah petugas *tidak berwenang* lagi di sini. Untuk masuk lagi, ketik */staf* dan kode baru dari admin.

## Yang perlu Anda

needs-title = *Perlu Anda hari ini:*
# $count (Number) berapa
needs-talks = • { $count } warga menunggu petugas: */panggilan*
# $count (Number) berapa
needs-overdue = • { $count } kasus terlambat dijawab: konsol, *Kasus*
# $count (Number) berapa
needs-due = • { $count } kasus harus dijawab hari ini: konsol, *Kasus*
# $count (Number) berapa
needs-drafts = • { $count } pengumuman menunggu persetujuan: konsol, *Pengumuman*
# $count (Number) berapa
needs-returned = • { $count } pengumuman dikembalikan kepada Anda: konsol, *Pengumuman*
# $count (Number) berapa
needs-codes = • { $count } permohonan dengan kode tidak dikenal: konsol, *Register*
# $count (Number) berapa
needs-unmarked = • { $count } janji belum dicatat datang atau tidak: */hariini*
needs-none = Tidak ada yang menunggu Anda sekarang.
morning-how = Pesan ini datang sekali, saat kantor buka. Tidak mau? Ketik */pesanpagi*.
# $on (yes/no) pesan pagi menyala
morning-ask = { $on ->
    [yes] Pesan pagi *menyala*: sekali sehari saat kantor buka, bila ada yang menunggu Anda.
   *[no] Pesan pagi *mati*.
}
morning-off = Matikan
morning-on = Nyalakan
morning-keep = Biarkan
morning-stays-on = Baik, pesan pagi menyala.
morning-stays-off = Baik, pesan pagi mati. Menyalakannya lagi: */pesanpagi*.
# $name (String) nama pengumuman
draft-waits = Pengumuman *{ $name }* menunggu persetujuan Anda. Buka konsol, *Pengumuman*.
# $name (String) nama pengumuman
draft-returned = Pengumuman *{ $name }* dikembalikan dengan catatan. Baca dan perbaiki di konsol, *Pengumuman*.

## Perintah petugas di menu

menu-today = Hari ini
menu-today-hint = Daftar janji hari ini
menu-calls = Panggilan
menu-calls-hint = Warga yang meminta petugas
menu-walk-in = Tanpa janji
menu-walk-in-hint = Beri kursi kepada yang datang tanpa janji
menu-announce = Umumkan
menu-announce-hint = Mengabari banyak warga
menu-morning = Perlu Anda
menu-morning-hint = Yang menunggu Anda, dan pesan pagi
