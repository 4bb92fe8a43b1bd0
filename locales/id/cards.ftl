### Percakapan "Cek status": pertanyaan, daftar orang, kabari saya.

# Kata pembuka, dipisah koma.
status-words = status, cek status, cek ktp, cek, ktp, sudah jadi belum, sdh jadi blm, sudah jadi blm, sdh jadi belum, kapan jadi, ktp saya

## Pertanyaan

# $example (String) contoh nomor dalam bentuk yang dipakai kantor · $again (String) no, yes, atau often: pernah ditanyakan
status-ask-number = { $again ->
    [yes]
        Mohon ketik *nomor registrasi*, contohnya { $example }. Tidak punya? Ketik *lupa nomor*.
        1 lupa nomor · 2 petugas · 0 menu
    [often]
        Belum ketemu nomornya? *Petugas* bisa membantu: ketik *2*. Bila ada, mohon ketik *nomor registrasi*.
        1 lupa nomor · 2 petugas · 0 menu
   *[no]
        Mohon ketik *nomor registrasi* pada tanda terima, contohnya { $example }. Foto kode QR-nya juga bisa. Tidak punya? Ketik *lupa nomor*.
        1 lupa nomor · 2 petugas · 0 menu
}

# Bila bukan nomornya yang diketik. $what (String) where: di mana nomornya; when: kapan jadinya; why: untuk apa nomornya; photo: apakah boleh foto
status-number-asked = { $what ->
    [where] Nomor registrasi tercetak di *tanda terima* dari petugas, di dekat kode QR.
    [why] Nomornya kami minta supaya data Anda *tidak dilihat orang lain*. NIK tersimpan terkunci, dan kami tidak pernah meminta OTP atau uang.
    [photo] Boleh: kirim foto *kode QR* di tanda terima, dekat dan terang. Foto tulisan atau KTP tidak bisa kami baca.
    [cost] Semua layanan *gratis*, juga mengecek di sini.
   *[when] Kami bantu cek. Untuk itu perlu nomornya dulu.
}

# $whole (yes/no) apakah saluran ini boleh menanyakan NIK lengkap
status-ask-nik = { $whole ->
    [yes] Mohon ketik *NIK* (16 angka) orang yang namanya ada di tanda terima itu.
   *[no] Mohon ketik *4 angka terakhir NIK* orang yang namanya ada di tanda terima itu.
}

# Bila satu pesan berisi NIK yang bentuknya benar dan nomor registrasi yang tidak.
status-nik-kept = NIK-nya sudah kami terima, tidak perlu diketik lagi.
# Bila salah ketik bisa dibetulkan. $number (String) nomor yang dimaksud
status-number-meant = Maksudnya { $number }? Kami pakai nomor itu. Bila bukan, ketik lagi nomornya.
# Bila huruf O atau I diketik di dalam NIK
status-nik-straight = Huruf O dan I di dalam NIK kami baca sebagai angka 0 dan 1.
# Satu jawaban untuk nomor yang tidak ada, NIK yang salah, dan NIK orang lain.
status-not-found =
    Data tidak ditemukan. Mohon periksa lagi nomor registrasi dan NIK-nya, lalu coba sekali lagi.

    Berkas yang baru diserahkan mungkin baru terlihat esok hari.
# Ditanyakan sesudah tidak ditemukan. $phone (String) nomor telepon kantor
status-not-found-asked =
    Nomor dan NIK harus cocok dengan *satu permohonan yang sama*: satu angka keliru, atau NIK orang lain, tidak ketemu. Yang baru diserahkan terlihat esok hari.

    Sudah pasti benar? Petugas bisa mencarikan: pilih *Petugas*, telepon { $phone }, atau datang ke loket dengan KK asli.
# Bila NIK yang diketik terbitan daerah sebelah, ada atau tidak datanya di sini.
# $neighbour (String) nama daerah sebelah · $office (String) nama kantornya
status-neighbour = NIK itu terbitan { $neighbour }. Bila berkasnya diserahkan di sana, tanyakan ke { $office }.
# $number (String) nomor yang dijawab
status-one-at-a-time = Satu pesan untuk satu nomor: ini jawaban untuk { $number }. Nomor lainnya mohon dikirim sendiri sesudah ini.
## Bila nomornya tidak ada lagi

# Kata pembuka, dipisah koma.
lost-number-words = lupa nomor, lupa nomor registrasi, nomor hilang, nomor registrasi hilang, tidak punya nomor, tidak ada nomor, tidak tahu nomor, tanda terima hilang, resi hilang
lost-number-text =
    Tidak apa-apa. Petugas loket bisa mencari nomornya: datang dengan *KK asli*, atau kartu identitas lain bila ada.

    Lewat chat tidak kami sebutkan, supaya data Anda tidak dilihat orang lain. Coba cari juga foto tanda terima di ponsel.
# $address (String) alamat kantor · $hours (Hours) jam buka menurut hari
lost-number-where =
    { $address }
    { HOURS($hours) }
lost-number-more = Mau bagaimana?
lost-number-found = Nomornya ketemu

status-after-not-found = Mau bagaimana?
status-retry = Ulangi
status-retry-hint = Mulai lagi dari nomor registrasi

## Daftar orang yang diikuti

status-whose = Status siapa yang ingin dilihat? Ketik angkanya.
# Ditulis dengan kata, bukan angka. $named (yes/no) ada nama atau urutan yang disebut
status-whose-which = { $named ->
    [yes] Itu belum jelas yang mana. Nama di daftar disamarkan; cocokkan *huruf awalnya*.
   *[no] Jawabannya tergantung kartunya.
}
# $name (String) nama tersamar · $tail (String) ujung nomor registrasi; bersama paling panjang 20 huruf
status-person = { $name } { $tail }
# $service (String) nama layanan · $stage (String) tahapnya
status-person-hint = { $stage ->
    [SUBMITTED] Baru diajukan · { $service }
    [DOCS_INCOMPLETE] Berkas belum lengkap · { $service }
    [NOT_RECORDED] Belum direkam · { $service }
    [RECORDED] Sudah direkam · { $service }
    [SENT_TO_CENTER] Diproses pusat · { $service }
    [NEEDS_REVIEW] Sedang diperiksa · { $service }
    [RECORD_FAILED] Perlu rekam ulang · { $service }
    [DUPLICATE] Data ganda · { $service }
    [PRINT_READY] Menunggu dicetak · { $service }
    [WAITING_BLANK] Menunggu blangko · { $service }
    [PRINTED] Sudah dicetak · { $service }
    [READY_FOR_PICKUP] Siap diambil · { $service }
    [PICKED_UP] Sudah diambil · { $service }
    [DELIVERED] Sudah diantar · { $service }
    [REJECTED] Tidak dilanjutkan · { $service }
    [CANCELLED] Tidak dilanjutkan · { $service }
   *[other] Tahap lain · { $service }
}
status-other = Nomor lain
status-other-hint = Ketik nomor registrasi yang belum ada di daftar

## Setelah jawaban

# Persetujuan dicatat bersama kalimat ini; bila maknanya berubah, naikkan VERSIONS (storage/people/consents.py).
# $offer (yes/no) apakah kabar bisa ditawarkan · $again (String) no: pertama kali; selain itu kalimat persetujuannya sudah dibaca
status-next = { $again ->
    [no] { $offer ->
        [yes] Mau dikabari? Dengan *Kabari saya*, Anda setuju kami kirimi pesan tentang nomor ini. Bisa dihentikan kapan saja.
       *[no] Ada lagi yang bisa kami bantu?
    }
   *[yes] { $offer ->
        [yes] Ingin dikabari bila berubah? Pilih *Kabari saya*. Ada lagi yang ditanyakan?
       *[no] Ada lagi yang ditanyakan?
    }
}
# Sesudah pertanyaan lanjutan dijawab, tanpa kalimat persetujuan. $offer (yes/no) apakah kabar bisa ditawarkan
status-next-again = { $offer ->
    [yes] Ingin dikabari bila berubah? Pilih *Kabari saya*. Ada lagi yang ditanyakan?
   *[no] Ada lagi yang ditanyakan?
}
status-follow = Kabari saya
status-unfollow = Hapus dari daftar
status-following = Baik, kami kabari begitu statusnya berubah. Nomor ini masuk daftar: lain kali cukup ketik *status*. Untuk menghentikan, ketik *berhenti*.
# Bila kabar pernah dihentikan dengan /berhenti, lalu kartu yang diikuti ditampilkan lagi
status-news-stopped = Kabar ke chat ini sedang dihentikan, jadi perubahan status tidak kami kirim.
status-following-resumed = Baik, kami kabari begitu statusnya berubah. Kabar untuk nomor lain dalam daftar juga kami kirim lagi.
# $name (String) nama tersamar · $number (String) nomor registrasi
status-unfollow-sure = Hapus { $name } ({ $number }) dari daftar? Kabarnya tidak kami kirim lagi.
status-unfollowed = Sudah dihapus dari daftar. Ketik *menu* bila perlu sesuatu lagi.
status-kept = Baik, tetap ada dalam daftar. Ketik *menu* bila perlu sesuatu lagi.

## Kabar yang kami kirim sendiri kepada yang memilih "Kabari saya". Sesudahnya menyusul paragraf dari report.ftl.

push-head = Ada kabar baru tentang permohonan ini:
push-stop = Tidak ingin dikabari lagi? Ketik *berhenti*.
# Di halaman web: tanpa nama dan nomor, karena komputernya mungkin dipakai bersama.
push-head-shared = Ada kabar baru tentang permohonan yang diikuti. Untuk melihat nomornya, ketik *status*, lalu nomor registrasi dan NIK.

# A push whose reader may be somebody else by now (a shared computer).
push-waits-shared = Ada kabar baru untuk Anda dari loket ini. Untuk membacanya, ketik *menu*, lalu pilih yang Anda perlukan.

# The button below it, where a pair shows whose news it is.
push-open = Buka kabarnya
# Before number and NIK are asked, at a computer that others use.
push-asks-pair = Komputer ini mungkin dipakai bersama. Untuk melanjutkan, mohon tunjukkan dulu nomor registrasi dan NIK-nya.

## Pertanyaan lanjutan tentang kartu yang baru ditampilkan

# $place (String) nama titik layanan · $address (String) alamatnya · $same (yes/no) keduanya sama
follow-where = { $same ->
    [yes] Diambil di { $place }.
   *[no]
        Diambil di { $place }:
        { $address }
}
follow-not-yet = Kartunya *belum jadi*; tunggu kabar dulu sebelum datang.
# $at (DateTime) jam yang ditanyakan · $open (yes/no) apakah buka saat itu
follow-then = { $open ->
    [yes] Pukul { TIME($at) } bisa; *tidak perlu jadwal*.
   *[no] Pukul { TIME($at) } *tutup*, jadi datanglah pada jam di atas.
}
follow-who-else = Orang lain? Tanyakan dulu: ketik *petugas*.
follow-letter =
    Surat kuasa ditulis tangan atau diketik, berisi:
    - nama, NIK, dan tanda tangan yang memberi kuasa, di atas meterai
    - nama dan NIK yang mengambil
    - kalimat "untuk mengambil KTP-el", tanggal, dan nomor registrasi
    Yang mengambil membawa KTP-nya sendiri.
follow-no-letter = Di kantor ini kartu tidak diambil dengan surat kuasa.
# $place (String) nama titik layanan
follow-no-delivery = Kartu belum diantar ke desa atau rumah, dan tidak dikirim lewat pos. Diambil di { $place }. Sakit atau tidak bisa datang? Ketik *petugas*.
follow-no-queue = Untuk tahap ini tidak ada nomor urut yang bisa kami sebutkan.
# $first $last (Date) minggu lalu · $printed (Number) kartu yang dicetak
follow-pace = { $printed ->
    [0] Minggu lalu ({ DATE($first) } sampai { DATE($last) }) tidak ada kartu yang tercatat dicetak.
   *[other] Minggu lalu ({ DATE($first) } sampai { DATE($last) }) tercatat *{ $printed }* kartu dicetak di seluruh kantor.
}
follow-when = Tanggal jadinya tidak bisa kami janjikan. Kami kabari begitu berubah bila memilih *Kabari saya*.
# $place (String) nama titik layanan · $kind (String) kode layanan
follow-temporary = { $kind ->
    [kia] Perlu surat keterangan untuk anak? Tanyakan di loket { $place }, atau ketik *petugas*.
    [ikd] Surat keterangan pengganti KTP bisa diminta di loket { $place }: bawa tanda terima dan KK. Gratis.
   *[other] Surat keterangan pengganti KTP bisa diminta di loket { $place }: bawa tanda terima dan KK. Gratis. Bila KTP sudah pernah direkam, tanyakan juga KTP digital (IKD).
}
# $stage (String) tahap permohonan
follow-meaning = { $stage ->
    [SUBMITTED] Artinya: berkas sudah di kantor dan sedang dicek. Anda tidak perlu berbuat apa-apa.
    [DOCS_INCOMPLETE] Artinya: ada syarat yang belum diserahkan. Serahkan kekurangannya, lalu berkas diproses lagi.
    [NOT_RECORDED] Artinya: foto dan sidik jari belum diambil. Datang sendiri untuk direkam.
    [RECORDED] Artinya: foto dan sidik jari sudah ada; sekarang datanya dikirim ke pusat. Tinggal menunggu.
    [SENT_TO_CENTER] Artinya: pusat (Jakarta) memastikan tidak ada data ganda. Kantor kami hanya bisa menunggu hasilnya.
    [NEEDS_REVIEW] Artinya: data mirip dengan orang lain, jadi pusat memeriksanya satu per satu. Ini bukan kesalahan Anda.
    [RECORD_FAILED] Artinya: rekaman foto atau sidik jari tidak terbaca, jadi perlu direkam ulang.
    [DUPLICATE] Artinya: pernah ada rekaman atas data ini di tempat lain. Petugas loket perlu memeriksanya bersama Anda.
    [PRINT_READY] Artinya: datanya sudah beres, tinggal menunggu giliran dicetak.
    [WAITING_BLANK] Artinya: kartu kosong (blangko) untuk mencetak sedang habis; kiriman dari pusat ditunggu. Datanya sudah beres.
    [PRINTED] Artinya: kartunya sudah jadi dan sedang dikirim ke tempat pengambilan.
    [READY_FOR_PICKUP] Artinya: kartunya sudah jadi dan menunggu diambil.
    [PICKED_UP] Artinya: kartunya sudah diserahkan di loket.
    [DELIVERED] Artinya: kartunya sudah diantar.
    [REJECTED] Artinya: permohonan ini tidak dilanjutkan. Ketik *petugas* untuk tahu jalan keluarnya.
    [CANCELLED] Artinya: permohonan ini tidak dilanjutkan. Ketik *petugas* bila itu keliru.
   *[other] Artinya belum bisa kami jelaskan. Ketik *petugas* untuk menanyakannya.
}
# $phone (String) nomor telepon kantor
follow-until = Batas waktunya tidak tercatat di sini, jadi sebaiknya segera diambil. Belum sempat? Beri tahu kantor: { $phone }, atau ketik *petugas*.
# $phone (String) nomor telepon kantor
follow-until-papers = Batas waktunya tidak tercatat di sini, jadi sebaiknya segera diserahkan. Belum bisa? Beri tahu kantor: { $phone }, atau ketik *petugas*.
# $phone (String) nomor telepon kantor
follow-life = Terima kasih sudah memberi tahu. Perubahan seperti itu dicatat petugas, bukan bot: ketik *petugas*, atau telepon { $phone }. Bawa KK dan surat keterangannya bila datang.
follow-blank = Blangko itu *kartu kosong* dari pusat, tempat data dicetak.
follow-queue = Mengambil kartu *tidak perlu jadwal* dari sini: datang pada jam buka, antreannya diatur di loket.
follow-queue-record = Untuk rekam, tempat dan jamnya bisa dipilih supaya tidak lama antre: *Pesan jadwal*, atau ketik *jadwal*.
# $place (String) nama titik layanan
follow-ikd-sent = IKD tidak dikirim: tempatnya di ponsel Anda sendiri, diaktifkan petugas di { $place }.
# $place (String) nama titik layanan
follow-receipt = Tanda terima hilang? Tidak apa-apa: catat *nomor di atas* dan bawa *KK asli*. Petugas loket di { $place } mencarikannya.
# $place (String) nama titik layanan
follow-hand-in = Berkas tidak bisa diserahkan lewat chat ini. Serahkan di loket { $place } pada jam buka.
# $place (String) nama titik layanan
follow-wrong = Ada yang salah di data atau kartunya? Petugas loket di { $place } yang membetulkan: bawa KK dan bukti yang benar. Bisa juga diminta di sini: ketik *perbaikan*.
# $place (String) nama titik layanan
follow-anywhere = Sedang di luar daerah? Perekaman untuk nomor ini tercatat di { $place }. Bisa tidaknya di tempat lain perlu ditanyakan: ketik *petugas*.
# $place (String) nama titik layanan
follow-dress = Untuk foto: pakaian rapi, dan wajah terlihat jelas. Ragu soal kerudung, kacamata, atau pakaian? Petugas di { $place } membantu, atau ketik *petugas*.
# $place (String) nama titik layanan
follow-phone = IKD dipasang di ponsel pintar, hanya dari toko aplikasi resmi (jangan dari tautan atau berkas APK), lalu diaktifkan petugas di { $place }. Tidak bisa masuk? Ketik *petugas*.
# $state (String) open, followed, final: apakah kabar masih bisa datang
follow-notify = { $state ->
    [final] Permohonan ini sudah selesai, jadi tidak ada kabar lagi.
    [followed] Sudah: begitu statusnya berubah, kami kirim kabar ke chat ini.
   *[open] Bisa: pilih *Kabari saya*. Begitu statusnya berubah, kami kirim kabar ke chat ini.
}
# $place (String) nama titik layanan · $address (String) alamatnya · $same (yes/no) keduanya sama
follow-where-record = { $same ->
    [yes] Perekaman di { $place }.
   *[no]
        Perekaman di { $place }:
        { $address }
}
follow-recorded = Untuk nomor ini perekaman *tidak perlu lagi*. Orang lain yang mau rekam? Ketik *jadwal*.
# $place (String) nama titik layanan
follow-finger = Sidik jari sulit terbaca? Petugas loket di { $place } membantu merekamnya lagi, dan iris mata juga direkam. Tidak perlu khawatir.
follow-unknown = Maaf, itu belum kami pahami. Tentang kartu ini bisa ditanyakan: *kapan jadi*, *di mana*, *siapa boleh ambil*, *bawa apa*, *biaya*. Yang lain? Ketik *petugas*.
