### Penilaian: sembilan pertanyaan resmi (Permenpan RB 14/2017), pengaduan dan kasus.
### Kalimat pertanyaan dan jawaban (-full) adalah kalimat resmi; jawaban pendek untuk tombol yang sempit.

rating-words = nilai, beri nilai, penilaian, survei, survey, ikm
complaint-words = pengaduan, mengadu, keluhan, komplain, lapor, saya mau mengadu, mau komplain, pungli

# $service (String) nama layanan
rating-invite =
    Layanan { $service } sudah selesai. Bagaimana pelayanan kami?

    Ada sembilan pertanyaan, masing-masing cukup dijawab satu angka. Jawaban disimpan tanpa nama.
# $service (String) nama layanan, di tengah kalimat yang disetujui WhatsApp
rating-what = { $service }
rating-begin = Mulai
rating-begin-hint = Sembilan pertanyaan, kira-kira satu menit
rating-decline-hint = Kami tidak akan bertanya lagi
rating-declined = Baik, kami tidak akan meminta penilaian lagi. Terima kasih.
rating-none = Belum ada layanan yang menunggu penilaian di chat ini. Bila sudah menilai, penilaiannya sudah diterima. Untuk keluhan, ketik *pengaduan*.

# $number (Number) pertanyaan ke berapa · $of (Number) dari berapa
rating-persyaratan = *{ $number }/{ $of }* Bagaimana pendapat Saudara tentang kesesuaian persyaratan pelayanan dengan jenis pelayanannya?
rating-persyaratan-1 = Tidak sesuai
rating-persyaratan-1-full = Tidak sesuai
rating-persyaratan-2 = Kurang sesuai
rating-persyaratan-2-full = Kurang sesuai
rating-persyaratan-3 = Sesuai
rating-persyaratan-3-full = Sesuai
rating-persyaratan-4 = Sangat sesuai
rating-persyaratan-4-full = Sangat sesuai
rating-prosedur = *{ $number }/{ $of }* Bagaimana pemahaman Saudara tentang kemudahan prosedur pelayanan di unit ini?
rating-prosedur-1 = Tidak mudah
rating-prosedur-1-full = Tidak mudah
rating-prosedur-2 = Kurang mudah
rating-prosedur-2-full = Kurang mudah
rating-prosedur-3 = Mudah
rating-prosedur-3-full = Mudah
rating-prosedur-4 = Sangat mudah
rating-prosedur-4-full = Sangat mudah
rating-waktu = *{ $number }/{ $of }* Bagaimana pendapat Saudara tentang kecepatan waktu dalam memberikan pelayanan?
rating-waktu-1 = Tidak cepat
rating-waktu-1-full = Tidak cepat
rating-waktu-2 = Kurang cepat
rating-waktu-2-full = Kurang cepat
rating-waktu-3 = Cepat
rating-waktu-3-full = Cepat
rating-waktu-4 = Sangat cepat
rating-waktu-4-full = Sangat cepat
rating-biaya = *{ $number }/{ $of }* Bagaimana pendapat Saudara tentang kewajaran biaya/tarif dalam pelayanan?
rating-biaya-1 = Sangat mahal
rating-biaya-1-full = Sangat mahal
rating-biaya-2 = Cukup mahal
rating-biaya-2-full = Cukup mahal
rating-biaya-3 = Murah
rating-biaya-3-full = Murah
rating-biaya-4 = Gratis
rating-biaya-4-full = Gratis
rating-produk = *{ $number }/{ $of }* Bagaimana pendapat Saudara tentang kesesuaian produk pelayanan antara yang tercantum dalam standar pelayanan dengan hasil yang diberikan?
rating-produk-1 = Tidak sesuai
rating-produk-1-full = Tidak sesuai
rating-produk-2 = Kurang sesuai
rating-produk-2-full = Kurang sesuai
rating-produk-3 = Sesuai
rating-produk-3-full = Sesuai
rating-produk-4 = Sangat sesuai
rating-produk-4-full = Sangat sesuai
rating-kompetensi = *{ $number }/{ $of }* Bagaimana pendapat Saudara tentang kompetensi/kemampuan petugas dalam pelayanan?
rating-kompetensi-1 = Tidak kompeten
rating-kompetensi-1-full = Tidak kompeten
rating-kompetensi-2 = Kurang kompeten
rating-kompetensi-2-full = Kurang kompeten
rating-kompetensi-3 = Kompeten
rating-kompetensi-3-full = Kompeten
rating-kompetensi-4 = Sangat kompeten
rating-kompetensi-4-full = Sangat kompeten
rating-perilaku = *{ $number }/{ $of }* Bagaimana pendapat Saudara tentang perilaku petugas dalam pelayanan terkait kesopanan dan keramahan?
rating-perilaku-1 = Tidak sopan
rating-perilaku-1-full = Tidak sopan dan ramah
rating-perilaku-2 = Kurang sopan
rating-perilaku-2-full = Kurang sopan dan ramah
rating-perilaku-3 = Sopan
rating-perilaku-3-full = Sopan dan ramah
rating-perilaku-4 = Sangat sopan
rating-perilaku-4-full = Sangat sopan dan ramah
rating-sarana = *{ $number }/{ $of }* Bagaimana pendapat Saudara tentang kualitas sarana dan prasarana?
rating-sarana-1 = Buruk
rating-sarana-1-full = Buruk
rating-sarana-2 = Cukup
rating-sarana-2-full = Cukup
rating-sarana-3 = Baik
rating-sarana-3-full = Baik
rating-sarana-4 = Sangat baik
rating-sarana-4-full = Sangat baik
rating-pengaduan = *{ $number }/{ $of }* Bagaimana pendapat Saudara tentang penanganan pengaduan pengguna layanan?
rating-pengaduan-1 = Tidak ada
rating-pengaduan-1-full = Tidak ada
rating-pengaduan-2 = Tidak berfungsi
rating-pengaduan-2-full = Ada tetapi tidak berfungsi
rating-pengaduan-3 = Kurang maksimal
rating-pengaduan-3-full = Berfungsi kurang maksimal
rating-pengaduan-4 = Baik
rating-pengaduan-4-full = Dikelola dengan baik

rating-sex = Terima kasih, penilaiannya *sudah diterima*. Boleh kami tahu sedikit tentang Saudara? Jenis kelamin:
rating-age_band = Usia:
rating-education = Pendidikan terakhir:
rating-job = Pekerjaan utama:
# $code (String) nama pilihan pada formulir (domain/ratings/survey.py)
rating-profile = { $code ->
    [MALE] Laki-laki
    [FEMALE] Perempuan
    [TO_16] Sampai 16 tahun
    [TO_25] 17-25 tahun
    [TO_35] 26-35 tahun
    [TO_45] 36-45 tahun
    [TO_55] 46-55 tahun
    [OLDER] 56 tahun ke atas
    [LAINNYA] Lainnya
    [SWASTA] Swasta
    [WIRAUSAHA] Wirausaha
   *[other] { $code }
}
# Di tengah survei. $what (String) left: berapa lagi; later: nanti saja · $left (Number) pertanyaan yang tersisa
rating-asked = { $what ->
    [left] Tinggal { $left } lagi, cukup satu angka untuk tiap pertanyaan. Mau berhenti? Ketik *batal*.
   *[later] Boleh nanti: ketik *nilai* untuk melanjutkan. Mau berhenti? Ketik *batal*.
}
# Segera setelah jawaban yang membuka laporan, juga bila nanti berhenti. $kind (String) fee atau low
rating-cause = { $kind ->
    [fee] Layanan ini seharusnya gratis, jadi jawaban ini kami catat sebagai laporan, juga bila berhenti di sini. Salah pilih? Ketik *kembali*.
   *[low] Nilai terendah kami catat sebagai laporan supaya diperbaiki, juga bila berhenti di sini. Salah pilih? Ketik *kembali*.
}
# Berhenti di tengah. $count (Number) jawaban yang sudah diberikan · $of (Number) jumlah pertanyaan
rating-left = Baik, berhenti di sini. { $count } dari { $of } jawaban kami simpan tanpa nama dan tidak ikut dihitung dalam indeks.
# Berhenti sesudah pertanyaan terakhir
rating-left-counted = Baik, berhenti di sini. Sembilan jawabannya sudah dihitung tanpa nama; keterangan tambahan tidak kami simpan.
rating-skip = Lewati
rating-word = Adakah saran atau keluhan? Silakan ketik, atau pilih *Lewati*. Mohon jangan menulis nama atau NIK.
# $told (yes/no) apakah ada perbaikan yang diceritakan · $improved (String) perbaikan itu, kalimat dari kantor
rating-thanks = { $told ->
    [yes] Terima kasih. Berkat penilaian warga sebelumnya: { $improved }
   *[no] Terima kasih. Penilaian ini membantu kami melayani lebih baik.
}
rating-another = Masih ada layanan lain yang belum dinilai. Bila berkenan, ketik *nilai*.

## Pengaduan dan kasus

complaint-ask = Silakan tulis keluhannya dalam satu pesan: apa yang terjadi, di mana, dan kapan. Petugas yang melayani tidak melihat siapa yang menulis.
# Ditanyakan sambil menulis. $what (String) reply, cost, hidden, readers atau how · $due (Date) paling lambat dijawab
complaint-asked = { $what ->
    [reply] Dijawab lewat chat ini, paling lambat { DAY($due) } bila dikirim hari ini.
    [cost] Mengadu itu *gratis*.
    [hidden] Bisa tanpa nama: nama dan nomor Anda tidak ikut dikirim.
    [readers] Dibaca petugas pengaduan kantor. Petugas yang melayani tidak melihat siapa yang menulis.
   *[how] Cukup dengan kata-kata sendiri.
}
# $number (String) nomor kasus · $due (Date) paling lambat dijawab
case-opened = Laporan ini kami catat dengan nomor *{ $number }* dan dijawab paling lambat { DAY($due) }.
# $kind (String) fee: biaya disebut; low: ada nilai terendah · $number (String) nomor kasus · $due (Date) paling lambat dijawab
case-from-scores = { $kind ->
    [fee] Layanan ini seharusnya gratis. Soal biaya kami catat sebagai laporan nomor *{ $number }*, dijawab paling lambat { DAY($due) } lewat chat ini.
   *[low] Yang dinilai paling rendah ingin kami perbaiki: kami catat sebagai laporan nomor *{ $number }*, dijawab paling lambat { DAY($due) } lewat chat ini.
}
case-promise = Jawabannya kami kirim lewat chat ini.
# Di komputer yang mungkin dipakai bersama. $number (String) nomor kasus
case-keep-number = Catat nomor { $number }: di komputer ini jawabannya hanya bisa dibaca dengan nomor itu.
case-ask-number = Ada jawaban dari kantor untuk sebuah kasus. Untuk membacanya di sini, ketik *nomor kasus* yang Anda terima waktu menulisnya.
case-number-wrong = Nomor itu bukan nomor kasus ini, jadi jawabannya tidak kami tampilkan.
# $number (String) nomor kasus · $word (String) jawaban kantor
case-answered =
    Jawaban kantor untuk laporan nomor *{ $number }*:

    { $word }
# $number (String) nomor kasus
case-ended = Kantor menutup laporan nomor *{ $number }* tanpa jawaban tertulis.
# di tengah kalimat yang disetujui WhatsApp, sebagai jawaban kantor
case-ended-word = Laporan ditutup tanpa jawaban tertulis.
case-helped = Apakah ini sudah cukup?
case-done = Sudah
case-not-yet = Belum
case-not-yet-hint = Laporan dibuka lagi dan diteruskan ke atasan
# $number (String) nomor kasus
case-closed = Baik, laporan nomor { $number } kami tutup. Terima kasih.
case-reopened = Baik, laporan nomor { $number } kami buka lagi dan teruskan ke atasan. Jawabannya kami kirim lewat chat ini.
case-more = Apa yang masih kurang? Silakan tulis dalam satu pesan, atau pilih *Lewati*.
# $number (String) nomor kasus
case-noted = Terima kasih, sudah kami tambahkan ke laporan nomor { $number }.

## Sampai di mana sebuah laporan

# $number (String) nomor kasus · $state (String) open, late, answered, closed atau withdrawn · $due (Date) paling lambat dijawab
case-status = { $state ->
    [late] Laporan *{ $number }* seharusnya sudah dijawab { DAY($due) }. Mohon maaf; sudah dinaikkan ke atasan. Ketik *petugas* untuk menanyakannya.
    [answered] Laporan *{ $number }* sudah dijawab kantor.
    [closed] Laporan *{ $number }* sudah selesai dan ditutup.
    [withdrawn] Permintaan kunjungan *{ $number }* sudah *dibatalkan*.
   *[open] Laporan *{ $number }* sedang ditangani. Dijawab paling lambat { DAY($due) }.
}
# $word (String) jawaban kantor yang terakhir
case-status-word = Jawaban kantor: { $word }
case-status-elsewhere = Jawabannya dikirim ke chat tempat laporan itu ditulis.
case-status-unknown = Laporan dengan nomor itu tidak ada. Mohon periksa lagi nomornya: enam huruf dan angka.
case-status-none = Di chat ini belum ada laporan. Punya nomornya? Ketik *laporan* dan nomornya. Mau mengadu? Ketik *pengaduan*.
