### Jawaban tentang satu permohonan: satu paragraf per pesan, disusun oleh handlers/shared/report.py.
### Setiap paragraf satu pikiran; seluruh jawaban harus muat di layar telepon kecil.

# $name (String) nama tersamar · $service (String) nama layanan · $number (String) nomor registrasi
report-head =
    { $name }, { $service }
    Nomor { $number }

## Arti setiap tahap dan apa yang perlu dilakukan

report-submitted = Berkas sudah kami terima dan sedang diperiksa. Belum perlu datang.

# $place (String) nama titik layanan · $noted (yes/no) ada catatan petugas · $note (String) catatan itu
report-docs-incomplete = { $noted ->
    [no] Berkas *belum lengkap*. Ketik *petugas* untuk menanyakan kekurangannya, lalu serahkan di { $place }.
   *[yes] Berkas *belum lengkap*. Yang kurang: { $note }. Silakan serahkan di { $place }.
}

# $place (String) nama titik layanan
report-not-recorded = Foto dan sidik jari *belum direkam*. Silakan datang sendiri ke { $place } untuk perekaman.
report-recorded = Foto dan sidik jari sudah direkam. Datanya sedang dikirim ke pusat. Belum perlu datang.
report-sent-to-center = Data sedang diperiksa di pusat, supaya tidak ada yang tercatat dua kali. Lamanya beberapa menit sampai beberapa minggu; tanggalnya tidak bisa kami janjikan. Belum perlu datang.
report-needs-review = Data ini mirip dengan data orang lain, jadi sedang diteliti di pusat. Itu bukan kesalahan Bapak/Ibu/Saudara. Tanggal selesainya tidak bisa kami janjikan. Belum perlu datang.

# $place (String) nama titik layanan
report-record-failed = Rekaman tidak terbaca di pusat dan perlu *diulang*. Mohon maaf. Silakan datang sendiri ke { $place } untuk rekam ulang.

# $place (String) nama titik layanan
report-duplicate = Data ini tercatat pernah direkam di tempat lain. Silakan datang ke loket di { $place } supaya diperiksa bersama petugas.

report-print-ready = Datanya siap dicetak, tetapi kartunya *belum dibuat*. Jangan datang dulu.

# Untuk kantor yang mencetak saat pemohon datang. $place (String) nama titik layanan
report-print-on-arrival = Datanya siap dicetak. Kartu dicetak saat Bapak/Ibu/Saudara datang ke { $place }.

report-waiting-blank = Kartu *menunggu blangko* (kartu kosong) dari pusat. *Jangan datang dulu*. Tanggalnya tidak bisa kami janjikan.
# $ahead (Number) berapa permohonan yang dicetak lebih dahulu
report-ahead = { $ahead ->
    [0] Dalam urutan cetak tidak ada lagi permohonan di depan.
   *[other] Dalam urutan cetak masih ada { $ahead } permohonan di depan.
}
# $most (Number) sampai berapa kami menghitung
report-ahead-many = Dalam urutan cetak masih ada lebih dari { $most } permohonan di depan.
report-meanwhile = Perlu segera? Minta surat keterangan atau KTP digital (IKD) kepada petugas.

report-printed = Kartu sudah *dicetak* dan sedang disiapkan. Tunggu kabar berikutnya, belum perlu datang.

# $place (String) nama titik layanan
report-ready-for-pickup = Kartu sudah *siap diambil* di { $place }.

# $on (Date) tanggal pengambilan
report-picked-up = Kartu sudah *diambil* pada { DAY($on) }. Bila bukan Bapak/Ibu/Saudara atau keluarga yang mengambil, segera ketik *petugas*.
# $on (Date) tanggal penyerahan
report-delivered = Kartu sudah *diantar* pada { DAY($on) }. Bila belum diterima, ketik *petugas*.

# $noted (yes/no) ada catatan petugas · $note (String) catatan itu
report-rejected = { $noted ->
    [no] Permohonan *tidak dapat diproses*. Ketik *petugas* untuk menanyakan sebabnya.
   *[yes] Permohonan *tidak dapat diproses*. Sebabnya: { $note }. Ketik *petugas* bila perlu bantuan.
}
# $noted (yes/no) ada catatan petugas · $note (String) catatan itu
report-cancelled = { $noted ->
    [no] Permohonan ini *dibatalkan*. Bila tidak merasa membatalkan, ketik *petugas*.
   *[yes] Permohonan ini *dibatalkan*. Sebabnya: { $note }. Bila tidak merasa membatalkan, ketik *petugas*.
}

# Kode yang belum dikenal. $code (String) kode seperti di daftar kantor
report-unknown = Dalam daftar kantor tertulis "{ $code }". Artinya belum bisa kami jelaskan, dan sudah kami teruskan kepada petugas. Ketik *petugas* bila perlu segera.

## Identitas digital (IKD), kartu anak (KIA), dan perekaman umur 16

# $place (String) nama titik layanan
report-ikd-record = IKD baru bisa diaktifkan sesudah KTP-el *direkam*. Silakan datang sendiri ke { $place } untuk perekaman.
report-ikd-checked = KTP-el-nya sudah direkam dan datanya sedang diperiksa. Sesudah itu IKD bisa diaktifkan. Belum perlu datang.
# $place (String) nama titik layanan
report-ikd-ready = IKD *siap diaktifkan* di { $place }, tanpa menunggu blangko.
# $on (Date) tanggal
report-ikd-active = IKD sudah *diaktifkan* pada { DAY($on) }. Bila bukan Bapak/Ibu/Saudara, segera ketik *petugas*.
report-ikd-who = Datang sendiri untuk memindai kode QR.
# $place (String) nama titik layanan
report-kia-ask = KIA tidak memerlukan sidik jari, jadi catatan ini perlu diperiksa. Silakan datang ke loket di { $place }, atau ketik *petugas*.
report-kia-checked = Data anak sedang diperiksa. Belum perlu datang.
report-kia-who = Diambil orang tua atau anggota keluarga dalam satu KK.
report-16-checked = Foto dan sidik jari sudah direkam. Kartunya *dicetak saat usia 17 tahun*. Belum perlu datang.
report-16-waits = Datanya sudah siap. Kartunya *dicetak saat usia 17 tahun*. Sudah 17 tahun? Tunggu kabar, atau ketik *petugas*.

## Tempat, waktu, yang dibawa

# $address (String) alamat titik layanan
report-address = Alamat: { $address }
# $hours (Hours) jam buka menurut hari
report-hours = { HOURS($hours) }
# $closes (Time) jam tutup hari ini
report-open-now = Sekarang buka sampai pukul { CLOCK($closes) }.
# $opens (DateTime) saat buka berikutnya
report-opens = Sekarang tutup. Buka lagi { DAY($opens) } pukul { CLOCK($opens) }.
# $why (String) nama hari libur, atau sebabnya · $opens (DateTime) saat buka berikutnya
report-closed-today = Hari ini *tutup*: { $why }. Buka lagi { DAY($opens) } pukul { CLOCK($opens) }.

# $kind (String) kode layanan, misalnya ktp_hilang
report-bring-pickup = { $kind ->
    [ktp_hilang] Bawa: tanda terima, KK, dan surat kehilangan dari polisi.
    [ktp_rusak] Bawa: tanda terima, KK, KTP rusak.
    [ktp_ubah] Bawa: tanda terima, KK, dan KTP lama.
    [ktp_pindah] Bawa: tanda terima, KK, dan KTP lama.
    [ktp_wna] Bawa: tanda terima, paspor, dan KITAP.
    [ikd] Bawa: tanda terima, HP, surel aktif.
    [kia] Bawa: tanda terima, KK, dan KTP orang tua.
   *[other] Bawa: tanda terima dan KK.
}
# $things (String) syarat dari berkas kantor, satu baris satu
report-requirements =
    Syaratnya, bila belum diserahkan:
    { $things }
# $kind (String) kode layanan, misalnya ktp_hilang
report-bring-recording = { $kind ->
    [ktp_wna] Bawa: tanda terima, paspor, dan KITAP.
   *[other] Bawa: tanda terima dan KK.
}
# $policy (String) in_person, same_family_card, power_of_attorney, post atau village
report-policy = { $policy ->
    [same_family_card] Boleh diambil keluarga dalam satu KK.
    [power_of_attorney] Boleh diwakilkan dengan surat kuasa bermeterai.
    [post] Bisa juga dikirim lewat pos; tanyakan kepada petugas.
    [village] Bisa juga diambil di kantor desa atau kelurahan; tanyakan kepada petugas.
   *[in_person] Harus diambil sendiri, karena sidik jari dicocokkan.
}

## Standar 24 jam (Permendagri 19/2018 pasal 3)

# $complete_on (Date) tanggal berkas dinyatakan lengkap
report-standard = Berkas lengkap sejak { DATE($complete_on) }. Aturannya: selesai paling lama 24 jam sesudah itu.
# $complete_on (Date) tanggal berkas dinyatakan lengkap
report-standard-paused = Berkas lengkap sejak { DATE($complete_on) }; sekarang menunggu pusat.
# $complete_on (Date) tanggal berkas dinyatakan lengkap
report-standard-late = Berkas lengkap sejak { DATE($complete_on) }; batas 24 jam sudah lewat. Mohon maaf. Ketik *petugas* untuk menanyakannya.

## Penutup

# $on (Date) tanggal daftar kantor yang terakhir diterima
report-data-date = Data per { DATE($on) }. Gratis.

## Kapan jadi: perkiraan dari pengalaman kantor sendiri (docs/satisfaction.md); tidak pernah satu tanggal saja

# $earliest (Date) paling cepat · $before (Date) sebelum itu 9 dari 10 selesai · $cases (Number) dari berapa kartu
forecast-range = Paling cepat *{ DAYMONTH($earliest) }*; 9 dari 10 orang selesai sebelum *{ DAYMONTH($before) }* (dari { $cases } kartu yang sudah jadi).
# $on (Date) hari terakhir datanya
forecast-data = Perkiraan dari data per { DATE($on) }, bukan janji. Bila berubah jauh, pengikut *Kabari saya* kami beri tahu.
# $why (String) no-stock, few, stalled, restarted, jump, far, wide, atau old
forecast-untold = { $why ->
    [no-stock] Belum bisa diperkirakan kapan jadi: blangko sedang habis.
    [stalled] Belum bisa diperkirakan kapan jadi: pencetakan sedang berhenti.
    [restarted] Belum bisa diperkirakan kapan jadi: pencetakan baru mulai lagi.
    [jump] Belum bisa diperkirakan kapan jadi: laju cetaknya baru saja berubah.
    [far] Belum bisa diperkirakan kapan jadi: antreannya masih terlalu panjang.
    [wide] Belum bisa diperkirakan kapan jadi: lama tunggunya akhir-akhir ini tidak menentu.
    [old] Belum bisa diperkirakan kapan jadi: data kantor belum diperbarui.
   *[few] Belum bisa diperkirakan kapan jadi: belum cukup kartu yang selesai untuk dihitung.
}
forecast-meanwhile = Sambil menunggu: pilih *Kabari saya*, kami kabari begitu berubah. Perlu segera? Ketik *petugas*.
# Kabar bahwa perkiraan bergeser; sesudahnya menyusul forecast-range
push-shift = Perkiraan jadinya bergeser. Sekarang:
