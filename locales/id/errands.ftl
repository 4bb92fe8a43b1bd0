### Keperluan di luar satu kartu: tempat, hari libur, jemput bola, kunjungan ke rumah, kabar duka, pindah, NIK.

# $place (String) nama titik layanan · $address (String) alamatnya · $same (yes/no) keduanya sama
errand-place = { $same ->
    [yes] *{ $place }*
   *[no]
        { "*" }{ $place }*
        { $address }
}

## Buka atau libur pada suatu hari

# $day (Date) hari · $hours (Hours) jam buka hari itu · $everywhere (yes/no) sama di semua titik · $places (String) nama titiknya
errand-day-open = { $everywhere ->
    [yes]
        { DAY($day) }: *buka*.
        { HOURS($hours) }
   *[no]
        { DAY($day) }: *buka* di { $places }.
        { HOURS($hours) }
}
# $day (Date) hari · $because (String) named, weekend, holiday, closure atau no-hours · $why (String) nama hari libur atau sebabnya
errand-day-closed = { $because ->
    [named] { DAY($day) }: *tutup*, { $why }.
    [weekend] { DAY($day) }: *tutup*, akhir pekan.
   *[other] { DAY($day) }: *tutup*.
}
# $day (Date) hari buka berikutnya
errand-day-next = Buka lagi { DAY($day) }.
# $day (Date) hari · $name (String) nama hari libur
errand-holidays = Kantor *tutup* pada hari libur nasional dan cuti bersama. Yang terdekat: { DAY($day) }, { $name }.
errand-holidays-none = Kantor *tutup* pada hari libur nasional dan cuti bersama.

## Jemput bola: petugas datang ke desa

# $name (String) nama acara · $address (String) tempatnya · $opens $closes (DateTime) hari dan jamnya
errand-outreach = *{ $name }*
    { $address }
    { DAY($opens) }, pukul { CLOCK($opens) } sampai { CLOCK($closes) }
# $phone (String) nomor telepon kantor
errand-outreach-none = Jadwal jemput bola belum ada. Tanyakan lagi lain waktu, atau telepon kantor: { $phone }.
errand-outreach-not-there = Untuk kecamatan itu belum ada jadwal jemput bola. Yang sudah ada:
errand-outreach-visit = Mau ikut? Ketik *jadwal*. Ada yang sakit atau difabel dan tidak bisa ke kantor? Ketik *kunjungan rumah*.

## Kunjungan ke rumah: menjadi kasus yang dijawab petugas

visit-text = Untuk yang sakit, lanjut usia, atau difabel dan tidak bisa ke kantor, permintaan kunjungan kami teruskan ke petugas. Gratis.
visit-ask = Tulis dalam satu pesan: *desa dan kecamatan*, dan keadaannya (misalnya tidak bisa berjalan). Jangan tulis NIK.
# Ditanyakan sambil menulis. $what (String) reply, cost, hidden, readers atau how · $due (Date) paling lambat dijawab
visit-asked = { $what ->
    [reply] Petugas menjawab lewat chat ini paling lambat { DAY($due) } bila dikirim hari ini: bisa atau tidaknya, dan kapan.
    [cost] Kunjungan rumah itu *gratis*.
    [hidden] Permintaan ini hanya dibaca petugas kantor. Nomor Anda tidak ikut dikirim.
    [readers] Dibaca petugas kantor yang mengatur kunjungan.
   *[how] Cukup dengan kata-kata sendiri.
}
# $number (String) nomor permintaan · $due (Date) paling lambat dijawab
visit-opened = Permintaan kunjungan ini kami catat dengan nomor *{ $number }*. Petugas menjawab lewat chat ini paling lambat { DAY($due) }: bisa atau tidaknya, dan kapan. Tidak jadi? Ketik *batalkan kunjungan*.

## Permintaan kunjungan yang tidak jadi

# $number (String) nomor permintaan · $word (String) yang ditulis warga
visit-one = *{ $number }*: { $word }
visit-which = Permintaan kunjungan yang mana yang dibatalkan?
# $number (String) nomor permintaan
visit-choice = { $number }
# $number (String) nomor permintaan
visit-cancel-sure = Batalkan permintaan kunjungan *{ $number }*? Petugas kami beri tahu supaya tidak datang.
visit-cancel-yes = Ya, batal
visit-cancel-no = Tidak, tetap
# $number (String) nomor permintaan
visit-kept = Baik, permintaan kunjungan *{ $number }* tetap berlaku.
# $number (String) nomor permintaan
visit-cancelled = Permintaan kunjungan *{ $number }* sudah *dibatalkan*, dan petugas kami beri tahu. Perlu lagi? Ketik *kunjungan rumah*.
# $number (String) nomor permintaan · $withdrawn (yes/no) apakah dibatalkan warga sendiri
visit-over = { $withdrawn ->
    [yes] Permintaan kunjungan *{ $number }* sudah *dibatalkan* sebelumnya. Perlu lagi? Ketik *kunjungan rumah*.
   *[no] Permintaan kunjungan *{ $number }* sudah selesai dan ditutup, jadi tidak bisa dibatalkan lagi. Perlu bertanya? Ketik *petugas*.
}
visit-none = Di chat ini tidak ada permintaan kunjungan rumah. Dikirim dari chat lain? Batalkan di chat itu, atau ketik *petugas*.

## Yang hanya bisa diselesaikan petugas. $phone (String) nomor telepon kantor

# $phone (String) nomor telepon kantor
errand-death =
    Turut berduka cita.

    Kematian dicatat petugas dengan akta kematian, tidak lewat chat ini. Telepon { $phone }, atau ketik *petugas*. Siapkan KK dan surat keterangan kematian. Gratis.
# $phone (String) nomor telepon kantor
errand-moving =
    Pindah ke daerah lain memerlukan *surat pindah*. Surat itu tidak dibuat di chat ini: telepon { $phone }, atau ketik *petugas*. Siapkan KK.

    Di tempat yang baru, surat pindah itu syarat untuk KTP-el di sana. Gratis.
# $phone (String) nomor telepon kantor
errand-nik =
    NIK yang tidak dikenali bank, BPJS, atau layanan lain perlu diperiksa petugas; data pusat tidak terlihat dari chat ini.

    Datang ke loket dengan KK dan KTP, telepon { $phone }, atau ketik *petugas*. Gratis. Jangan kirim NIK atau foto KTP ke siapa pun yang menawarkan bantuan.
# $phone (String) nomor telepon kantor
errand-form = Formulir F-1.02 *ada di loket*, gratis, dan diisi di sana; petugas membantu. Belum perlu disiapkan dari rumah.
# $phone (String) nomor telepon kantor
errand-blind =
    Terima kasih sudah memberi tahu. Semua di sini bisa dengan angka: setiap pilihan cukup dijawab dengan angka, *0* untuk menu.

    Pesan kami bisa dibacakan pembaca layar, dan jawaban bisa didikte lewat mikrofon di papan ketik. Ketik *dengar* untuk jawaban dalam suara. Lebih suka bicara? Telepon { $phone }, atau ketik *petugas*.
# $district (String) kecamatan · $neighbour (String) daerah sebelah · $office (String) kantornya
errand-next-door = { $district } termasuk { $neighbour }: KTP-el warganya diurus { $office }. Pernah mengurus di kantor kami? Ketik *status*.
