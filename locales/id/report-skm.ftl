### Laporan kepuasan: tabel di terminal, lembar kerja, PDF, halaman /kepuasan, grafik untuk petugas.

skm-title = Indeks Kepuasan Masyarakat
skm-short = IKM
# $first (Date) hari pertama · $last (Date) hari terakhir
skm-period = { DATE($first) } sampai { DATE($last) }
# $point (String) nama titik layanan
skm-only-point = Titik layanan: { $point }
# $service (String) nama layanan
skm-only-service = Layanan: { $service }
skm-none = Belum ada data.
# $least (Number) jawaban paling sedikit
skm-too-few = Belum cukup jawaban untuk ditampilkan. Angka baru ditampilkan mulai { $least } jawaban, supaya tidak ada yang bisa dikenali.
skm-sample = Contoh: angka-angka ini karangan, bukan hasil survei.

## Unsur (Permenpan RB 14/2017) dan mutu

skm-element-persyaratan = Persyaratan
skm-element-prosedur = Sistem, mekanisme, dan prosedur
skm-element-waktu = Waktu penyelesaian
skm-element-biaya = Biaya/tarif
skm-element-produk = Produk layanan
skm-element-kompetensi = Kompetensi pelaksana
skm-element-perilaku = Perilaku pelaksana
skm-element-sarana = Sarana dan prasarana
skm-element-pengaduan = Penanganan pengaduan
skm-grade-A = Sangat baik
skm-grade-B = Baik
skm-grade-C = Kurang baik
skm-grade-D = Tidak baik

## Kata di tabel dan grafik

skm-column-element = Unsur
skm-column-average = NRR
skm-column-weighted = NRR tertimbang
skm-column-value = Nilai
skm-column-grade = Mutu
skm-column-people = Jawaban
skm-column-month = Bulan
skm-column-point = Titik layanan
skm-column-service = Layanan
skm-column-key = Kunci
skm-column-day = Tanggal
skm-row-sum = Jumlah nilai per unsur
skm-row-average = NRR per unsur
skm-row-weighted = NRR tertimbang per unsur
skm-row-index = Indeks (jumlah NRR tertimbang)
skm-row-ikm = IKM (indeks × 25)
skm-row-people = Jumlah responden
skm-unknown = Tidak diketahui
skm-hidden = disembunyikan

## Kalimat

# $people (Number) yang menjawab lengkap · $partial (Number) yang berhenti sebelum selesai
skm-answered = { $people } orang menjawab lengkap; { $partial } berhenti sebelum pertanyaan kesembilan dan tidak dihitung.
# $served (Number) yang dilayani · $needed (Number) contoh yang dianjurkan · $people (Number) yang menjawab
skm-enough = Dilayani { $served } orang; contoh menurut Krejcie dan Morgan { $needed } orang, terpenuhi dengan { $people } jawaban.
# $served (Number) yang dilayani · $needed (Number) contoh yang dianjurkan · $people (Number) yang menjawab
skm-not-enough = Dilayani { $served } orang; contoh menurut Krejcie dan Morgan { $needed } orang, baru ada { $people } jawaban.
# $low, $high (String) batas selang
skm-interval = Jawaban masih sedikit: dengan keyakinan 95 % nilainya antara { $low } dan { $high }.
# $low, $high (String) batas selang · $grades (List) mutu yang mungkin
skm-interval-grades = Jawaban masih sedikit: dengan keyakinan 95 % nilainya antara { $low } dan { $high }, jadi mutu { LIST($grades) } masih sama-sama mungkin.
skm-no-interval = Jawaban kurang dari sepuluh: angka ini baru petunjuk, belum bisa dipastikan.
# $before (String) IKM periode sebelumnya · $first (Date) hari pertama · $last (Date) hari terakhir
skm-trend-up = Naik dari { $before } ({ DATE($first) } sampai { DATE($last) }); selisihnya lebih besar daripada kebetulan.
# $before (String) IKM periode sebelumnya · $first (Date) hari pertama · $last (Date) hari terakhir
skm-trend-down = Turun dari { $before } ({ DATE($first) } sampai { DATE($last) }); selisihnya lebih besar daripada kebetulan.
# $before (String) IKM periode sebelumnya · $first (Date) hari pertama · $last (Date) hari terakhir
skm-trend-noise = Sebelumnya { $before } ({ DATE($first) } sampai { DATE($last) }). Selisihnya masih dalam batas kebetulan: belum bisa disebut naik atau turun.
# $before (String) IKM periode sebelumnya · $first (Date) hari pertama · $last (Date) hari terakhir
skm-trend-too-few = Sebelumnya { $before } ({ DATE($first) } sampai { DATE($last) }). Jawabannya terlalu sedikit untuk dibandingkan.
skm-trend-no-data = Belum ada data periode sebelumnya untuk dibandingkan.

## Cara menghitung

# $people (Number) yang menjawab
skm-method = Permenpan RB 14/2017: NRR setiap unsur = jumlah nilai dibagi { $people } responden. Indeks = jumlah NRR × bobot 1/9 (tepat, tidak dibulatkan menjadi 0,11). IKM = indeks × 25, dibulatkan ke dua desimal (setengah ke atas), baru kemudian mutu ditentukan.
skm-method-grades = Mutu: A 88,31–100 sangat baik; B 76,61–88,30 baik; C 65,00–76,60 kurang baik; D 25,00–64,99 tidak baik.
skm-method-source = Setiap undangan menilai hanya dikirim kepada yang benar-benar dilayani dan berlaku satu kali. Jawaban disimpan tanpa nama, NIK, atau waktu yang tepat.

## Profil responden

skm-profile = Profil responden
skm-part-sex = Jenis kelamin
skm-part-age_band = Umur
skm-part-education = Pendidikan
skm-part-job = Pekerjaan
# $code (String) L atau P
skm-sex = { $code ->
    [L] Laki-laki
   *[P] Perempuan
}
# $code (String) rentang umur, misalnya 17-25
skm-age_band = { $code } tahun
# $code (String) SD, SMP, SMA, S1, S2 atau S3
skm-education = { $code }
# $code (String) PNS, TNI, POLRI, Swasta, Wirausaha atau Lainnya
skm-job = { $code }
skm-untold = Tidak diisi

## PDF

skm-page-elements = Nilai sembilan unsur
skm-page-lowest = Tiga unsur terendah dan rencana tindak lanjut
skm-page-plan = Rencana tindak lanjut
skm-page-when = Waktu
skm-page-who = Penanggung jawab
skm-page-method = Cara menghitung
# $on (Date) tanggal laporan dibuat
skm-page-made = Dibuat { DATE($on) }
skm-page-sign = Mengetahui, Kepala
skm-page-name = Nama
skm-page-nip = NIP
# $number (Number) halaman · $pages (Number) jumlah halaman
skm-page-number = Halaman { $number } dari { $pages }
skm-page-approved = Tempat, tanggal

## Halaman /kepuasan

skm-web-lead = Dinilai oleh warga yang sudah dilayani, dengan sembilan pertanyaan resmi.
# $people (Number) yang menjawab
skm-web-answered = { $people } orang menjawab lengkap.
skm-web-elements = Sembilan unsur
skm-web-history = Riwayat per bulan
skm-web-points = Per titik layanan
skm-web-services = Per layanan
skm-web-method = Cara menghitung
skm-web-download = Unduh CSV
# $year (String) tahun
skm-web-year = Tahun { $year }
skm-web-years = Periode lain
# $ikm (String) nilai · $grade (String) mutu
skm-web-dial = IKM { $ikm } dari 100, mutu { $grade }
skm-web-scale = Skala 25 sampai 100
# $least (Number) jawaban paling sedikit
skm-web-hidden = Angka dengan kurang dari { $least } jawaban disembunyikan. Bila perlu, satu angka lain ikut disembunyikan, supaya yang kecil tidak bisa dihitung balik.
skm-web-untouched = Angka bulan yang sudah lewat tidak berubah lagi.
skm-web-chat = Ke halaman obrolan
skm-web-down = Maaf, sistem kami sedang terganggu. Mohon coba lagi sebentar lagi.

## Untuk petugas

# $file (String) nama berkas · $people (Number) jawaban lengkap
skm-written = { $file } ditulis: { $people } jawaban lengkap.
# $first $last (String) hari pertama dan terakhir yang diminta
skm-wrong-order = --from { $first } sesudah --to { $last }. Tukar keduanya.
# $option (String) pilihan $typed (String) yang diketik $first $last (String) tahun
skm-bad-day = { $option } memerlukan tanggal seperti 2026-11-30, bukan { $typed }. Tahunnya { $first } sampai { $last }.
# $known (String) bahasa yang ada
skm-unknown-language = --language adalah salah satu dari { $known }.
# $typed (String) yang diketik $known (String) yang ada
skm-unknown-place = Kantor tidak mempunyai { $typed }; yang ada: { $known }.
# $ending (String) akhiran nama berkas
skm-unknown-file = Laporan ditulis sebagai .csv, .xlsx, atau .pdf, bukan { $ending }.
# $rows (Number) baris paling banyak
skm-too-many = Lembar kerja memuat paling banyak { $rows } jawaban. Pilih periode yang lebih pendek dengan --from dan --to, atau tulis CSV.
# $words (String) kalimat yang disetel
skm-told = Ucapan terima kasih sekarang menyebut: { $words }
skm-told-nothing = Ucapan terima kasih sekarang tidak menyebut perubahan apa pun.
# $ikm (String) nilai · $grade (String) mutu · $people (Number) jawaban lengkap · $first (Date) hari pertama · $last (Date) hari terakhir
skm-chat = *IKM { $ikm }*, mutu { $grade }, dari { $people } jawaban lengkap ({ DATE($first) } sampai { DATE($last) }).

## Perkiraan "kapan jadi?" (docs/satisfaction.md)

skm-forecast-title = Perkiraan "kapan jadi?"
# $cases (Number) banyaknya perkiraan yang sudah terbukti · $within, $late (String) persen · $width (Number) lebar rentang dalam hari
skm-forecast = Dari { $cases } perkiraan dalam setengah tahun terakhir, { $within } % kartu jadi di dalam rentangnya dan { $late } % lebih lambat. Setengah dari rentang itu paling panjang { $width } hari.
skm-forecast-none = Belum cukup kartu yang selesai untuk menilai perkiraannya.
