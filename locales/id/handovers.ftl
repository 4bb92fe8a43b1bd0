### Bicara dengan petugas: yang didengar warga, dan yang didengar petugas.
### Label paling panjang 20 huruf: batas tombol WhatsApp.

## Warga

officer-talk = Bicara ke petugas

handover-told = Baik, percakapan ini *diteruskan ke petugas*. Petugas melihat nomor registrasi dan nama yang disamarkan, tidak melihat NIK atau alamat chat.
handover-told-before = Percakapan ini sudah diteruskan ke petugas.
# Di web: komputernya mungkin dipakai bersama. $minutes (Number) berapa menit
handover-shared = Tanpa pesan { $minutes } menit, percakapan ini ditutup (komputer bersama).
# $until (DateTime) sampai kapan kantor buka hari ini
handover-open-now = Kantor sedang buka, sampai { CLOCK($until) }.
# $at (DateTime) kapan kantor buka lagi
handover-opens = Kantor sedang tutup. Petugas menjawab mulai { DAY($at) } pukul { CLOCK($at) }.
# $minutes (Number) berapa menit orang lain biasanya menunggu
handover-wait = Biasanya dijawab dalam { $minutes } menit.
# $hours (Number) berapa jam
handover-wait-hours = Biasanya dijawab dalam { $hours } jam.
# Bila kantor tutup, atau belum ada yang pernah menunggu. $people (Number) berapa orang menunggu lebih dulu
handover-ahead = { $people ->
    [0] Belum ada orang lain yang menunggu.
   *[other] { $people } orang menunggu lebih dulu.
}
handover-lives = Silakan tulis pesannya di sini, boleh juga foto, pesan suara, atau berkas. Bot diam dulu; *menu* (atau *0*) dan perintah seperti */status* atau */kantor* tetap bisa dipakai.
handover-back = Kembali ke bot
handover-back-hint = Percakapan dengan petugas diakhiri
# Kata yang diketik, dipisah koma.
handover-back-words = kembali ke bot, kembali ke bot saja, kembali ke robot, ke bot, selesai, sudah selesai, selesai saja, sudah cukup, cukup, akhiri, akhiri percakapan, tutup, tutup percakapan, sudah sudah, sudahan, udahan, udah, udah cukup, udah selesai, uwis cukup, balik ke bot, balik ke robot, balik bot, balik ke menu, kembali ke menu, ke menu, tutup chat, wangsul dateng bot
handover-none = Baik. Perlu lagi? Ketik *menu*. Bot yang menjawab di sini; ketik *petugas* bila ingin bicara dengan orang.
handover-ended-by-you = Baik, percakapan dengan petugas selesai. Bot menjawab lagi.

# Jawaban di web untuk setiap pesan.
handover-passed-on = Pesan diteruskan ke petugas.
# Di semua saluran, bila angka sebuah pilihan atau "tidak jadi" diketik sesudah petugas menjawab.
handover-digit-passed-on = Itu diteruskan ke petugas. Mau kembali ke bot? Ketik *kembali ke bot*.
handover-nik-hidden = Pesan diteruskan ke petugas. NIK di dalamnya kami tutup.
handover-file-lost = Maaf, kiriman itu tidak bisa diunduh (paling besar 10 MB), jadi tidak sampai ke petugas. Mohon dikirim ulang.
# $word (String) kata petugas
handover-officer-says = *Petugas:* { $word }
# $name (String) nama petugas
handover-named-officer-says = *Petugas { $name }:* { $word }
handover-given-back = Petugas menutup percakapan ini. Bot menjawab lagi.
handover-timed-out = Sudah 24 jam tanpa pesan, jadi percakapan dengan petugas ditutup. Bot menjawab lagi.
handover-nobody-came = Maaf, dalam 24 jam belum ada petugas yang sempat menjawab. Bot menjawab lagi; ketik *petugas* untuk mencoba lagi.
# Di web, sesudah lama tidak ada pesan.
handover-idle = Percakapan dengan petugas ditutup karena komputer ini lama tidak dipakai. Ketik *petugas* untuk menyambung lagi.

## Petugas

# $code (String) kode percakapan, empat huruf · $since (DateTime) sejak kapan warga menunggu
call-waits = Seorang warga ({ $code }) ingin bicara dengan petugas, menunggu sejak { CLOCK($since) }.
call-take = Siapa yang mengambil?
call-take-it = Ambil
call-later = Nanti
call-left = Baik. Daftar yang menunggu: */panggilan*.
call-gone = Percakapan { $code } sudah diambil petugas lain, atau sudah selesai.
call-lost = Percakapan { $code } sekarang dipegang petugas lain.
calls-none = Tidak ada warga yang menunggu petugas.
calls-which = Warga yang menunggu dan yang sedang dilayani:
calls-waits = { $code }, { TIME($since) }
calls-mine = { $code }, Anda
calls-taken = { $code }, ada petugas
# $name (String) nama petugas yang memegangnya
calls-take-over = Percakapan { $code } dipegang { $name }. Ambil alih?
talk-begun = Anda terhubung dengan warga { $code }. Semua yang diketik di sini dikirim kepadanya.
talk-sent = Dikirim ke warga { $code }.
talk-word = Ketik jawabannya. Selesai? */kembalikan*.
talk-hand-back = Selesai, ke bot
talk-over = Percakapan { $code } sudah selesai atau dipegang petugas lain. Pesan ini tidak dikirim.
talk-given-back = Percakapan { $code } dikembalikan ke bot.
hand-back-none = Tidak ada percakapan yang Anda pegang.
hand-back-which = Percakapan mana yang dikembalikan ke bot?

# Yang dibawa ke chat petugas. $word (String) kata warga
handover-resident-says = *Warga { $code }:* { $word }
handover-resident-sends = *Warga { $code }* mengirim berkas.
handover-not-fetched = *Warga { $code }* mengirim foto, suara, atau berkas yang tidak bisa diunduh (paling besar 10 MB). Warga sudah diberi tahu.
# $reason (String) kode alasan
handover-held = Jawaban untuk warga { $code } belum sampai ({ $reason }). Pesan menunggu sampai warga menulis lagi.
handover-failed = Jawaban untuk warga { $code } tidak sampai ({ $reason }).
# $by (String) resident, left, idle, time, erased atau lainnya
handover-over-for-officer = { $by ->
    [resident] Warga { $code } kembali ke bot. Percakapan selesai.
    [left] Warga { $code } meninggalkan komputernya. Percakapan selesai.
    [idle] Percakapan { $code } selesai: di komputer yang mungkin dipakai bersama, warga lama tidak menulis.
    [time] Percakapan { $code } selesai: 24 jam tanpa pesan.
    [erased] Warga { $code } menghapus datanya. Percakapan selesai.
   *[other] Percakapan { $code } selesai.
}
# $channel (String) telegram, whatsapp atau web · $language (String) id, jv atau en · $why (String) asked, unclear atau anger
handover-context = { $why ->
    [unclear] *Warga { $code }* ({ $channel }, bahasa { $language }): bot dua kali tidak paham.
    [anger] *Warga { $code }* ({ $channel }, bahasa { $language }): sedang kesal.
   *[asked] *Warga { $code }* ({ $channel }, bahasa { $language }) minta bicara dengan petugas.
}
# $topic (String) nama percakapan yang sedang terbuka
handover-context-topic = Sedang membuka: { $topic }.
# $question (String) pertanyaan bot yang belum dijawab
handover-context-question = Pertanyaan yang belum dijawab: { $question }
# $number (String) nomor registrasi · $owner (String) nama yang disamarkan
handover-context-about = Permohonan: { $number }, { $owner }
handover-context-shared = Web bisa jadi komputer umum: jangan tulis data pribadi.

# Berkas /datasaya. $at (DateTime) kapan · $who (String) resident atau officer · $what (String) katanya
my-data-handover = { $who ->
    [resident] Kepada petugas, { DAY($at) }: { $what }
   *[officer] Dari petugas, { DAY($at) }: { $what }
}
