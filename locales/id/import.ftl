### Impor daftar kantor: yang dibaca petugas di layar dan di berkas FILE.ditolak.csv.

import-step-reading = Membaca dan memeriksa baris
import-step-checking = Membandingkan dengan data yang ada
import-step-writing = Menyimpan

# Judul kolom terakhir dalam berkas baris yang ditolak
import-title = alasan

# $rows (Number) baris dalam berkas  $new $changed $unchanged $refused (Number) menjadi apa
import-done = { $rows } baris dibaca: { $new } baru, { $changed } berubah, { $unchanged } tetap, { $refused } ditolak.
import-tried = Uji coba, tidak ada yang disimpan. { $rows } baris dibaca: { $new } baru, { $changed } berubah, { $unchanged } tetap, { $refused } ditolak.
# $older (Number) jumlah baris
import-older = { $older } dari yang tetap tidak lebih baru daripada status yang sudah tercatat: disimpan di riwayat saja.

# $count (Number) jumlah baris
import-refused = Baris yang ditolak ({ $count }):
import-flagged = Baris yang disimpan dengan catatan ({ $count }):
# $row (Number) nomor baris seperti di lembar kerja  $column (String) nama kolom  $reason $suggestion (String) kalimat di bawah
import-remark = Baris { NUMBER($row, useGrouping: 0) }, kolom { $column }: { $reason } { $suggestion }
# $count (Number) baris yang tidak ditampilkan
import-more = … dan { $count } baris lagi.
# $file (String) nama berkas
import-refused-file = Baris yang ditolak ada di { $file }. Perbaiki di sana, lalu impor berkas itu.

## Mengapa sebuah berkas tidak bisa dipakai: import-file-<kode>

import-file-empty = Berkas ini kosong. Simpan ulang daftar dari aplikasi kantor, lalu coba lagi.
import-file-no-rows = Berkas ini hanya berisi judul kolom. Simpan ulang daftar beserta isinya, lalu coba lagi.
# $why (String) keterangan sistem
import-file-not-there = Berkas ini tidak ada. Periksa nama dan letaknya.
import-file-folder = Ini folder, bukan berkas. Sebutkan berkas di dalamnya.
import-file-unreadable = Berkas ini tidak bisa dibuka ({ $why }). Periksa nama dan letaknya.
# $megabytes (Number) ukuran terbesar
import-file-too-large = Berkas ini lebih besar dari { $megabytes } MB. Bagi menjadi beberapa berkas, lalu impor satu per satu.
import-file-too-large-unpacked = Isi berkas ini lebih besar dari { $megabytes } MB setelah dibuka. Simpan sebagai CSV, atau bagi menjadi beberapa berkas.
# $rows (Number) jumlah baris terbanyak
import-file-too-many-rows = Berkas ini berisi lebih dari { $rows } baris. Bagi menjadi beberapa berkas, lalu impor satu per satu.
import-file-old-excel = Ini berkas Excel lama (.xls) atau berkata sandi. Simpan sebagai XLSX tanpa kata sandi, lalu coba lagi.
import-file-web-page = Ini halaman web, bukan lembar kerja, walaupun namanya mungkin .xls. Buka di Excel, simpan sebagai XLSX, lalu coba lagi.
import-file-no-workbook = Ini bukan lembar kerja Excel. Simpan daftar sebagai XLSX atau CSV, lalu coba lagi.
import-file-damaged = Berkas Excel ini rusak atau berkata sandi. Simpan ulang sebagai XLSX tanpa kata sandi, lalu coba lagi.
import-file-no-table = Ini bukan daftar yang bisa dibaca. Simpan sebagai XLSX atau CSV, lalu coba lagi.
# $row (Number) nomor baris
import-file-open-quotation = Tanda kutip (") di sekitar baris { NUMBER($row, useGrouping: 0) } tidak ditutup. Perbaiki tanda kutip itu, lalu coba lagi.
# $columns (String) nama kolom
import-file-missing-columns = Judul kolom yang wajib tidak ditemukan: { $columns }. Tambahkan judul itu, lalu coba lagi.
import-file-doubled-columns = Kolom ini ada dua kali: { $columns }. Hapus salah satunya, lalu coba lagi.

## Mengapa sebuah baris ditolak atau diberi catatan, dan apa yang bisa dilakukan: kode di domain/cards/register_cells.py

import-reason-no-letter = Di sini tidak ada nama: tidak satu huruf pun.
import-suggestion-no-letter = Tulis nama orangnya.
import-reason-empty = Sel ini kosong.
import-suggestion-empty = Isi sel ini.
import-reason-formula = Sel ini berisi rumus.
import-suggestion-formula = Tempel sebagai nilai, bukan rumus.
import-reason-line-break = Sel ini berisi beberapa baris teks.
import-suggestion-line-break = Jadikan satu baris; periksa juga tanda kutip (").
# $most (Number) jumlah huruf terbanyak
import-reason-too-long = Teks ini lebih panjang dari { $most } huruf.
import-suggestion-too-long = Persingkat teks ini.

import-reason-nik-scientific = NIK berubah menjadi bentuk seperti 3,52E+15, sehingga angkanya hilang.
import-suggestion-nik-scientific = Atur kolom NIK sebagai Teks, lalu ketik ulang NIK dari KTP atau KK.
import-reason-nik-rounded = NIK disimpan sebagai bilangan; lembar kerja mengganti angka ke-16 dengan 0.
import-suggestion-nik-rounded = Atur kolom NIK sebagai Teks, lalu ketik ulang NIK dari KTP atau KK.
# $count (Number) berapa angka yang ada
import-reason-nik-not-16-digits = NIK harus 16 angka, di sini { $count }.
import-suggestion-nik-not-16-digits = { $count ->
    [15] Mungkin satu angka 0 hilang. Periksa NIK di KTP atau KK, dan atur kolom NIK sebagai Teks.
   *[other] Periksa NIK di KTP atau KK.
}
import-reason-nik-bad-date = Angka ke-7 sampai ke-12 NIK ini bukan tanggal yang ada.
import-suggestion-nik-bad-date = Periksa NIK di KTP atau KK.
import-reason-nik-bad-region = Enam angka pertama NIK ini bukan kode wilayah.
import-suggestion-nik-bad-region = Periksa NIK di KTP atau KK.
import-reason-nik-bad-serial = Empat angka terakhir NIK tidak mungkin 0000.
import-suggestion-nik-bad-serial = Atur kolom NIK sebagai Teks, lalu ketik ulang NIK dari KTP atau KK.

# $example (String) contoh nomor registrasi
import-reason-number-bad-shape = Ini bukan nomor registrasi.
import-suggestion-number-bad-shape = Bentuknya seperti { $example }.
import-reason-number-bad-check = Huruf pemeriksa di akhir nomor registrasi tidak cocok.
import-suggestion-number-bad-check = Ada satu huruf atau angka yang keliru atau tertukar; periksa di tanda terima.
import-reason-point-elsewhere = Ini milik titik layanan lain; token ini hanya untuk satu titik.
import-suggestion-point-elsewhere = Kirim baris ini dengan token titik itu, atau token seluruh kantor.
import-reason-number-held = Nomor registrasi ini sudah dipakai NIK lain.
import-suggestion-number-held = Periksa nomor registrasi dan NIK di berkas pemohon.

# $known (String) kode yang dikenal
import-reason-service-unknown = Layanan ini tidak dikenal.
import-suggestion-service-unknown = Pakai salah satu: { $known }; atau pilih artinya di konsol, sesudah berkas diperiksa.
import-reason-point-unknown = Lokasi ini tidak dikenal dan tidak disimpan.
import-suggestion-point-unknown = Pakai salah satu: { $known }; atau pilih artinya di konsol, sesudah berkas diperiksa.
import-reason-date-unreadable = Tanggal ini tidak bisa dibaca.
import-suggestion-date-unreadable = Tulis seperti 2026-11-24 atau 24/11/2026.
import-reason-date-unlikely = Tanggal ini sebelum tahun 2000 atau lebih dari setahun lagi.
import-suggestion-date-unlikely = Periksa tahunnya.
import-reason-bad-phone = Ini bukan nomor telepon Indonesia, jadi tidak disimpan.
import-suggestion-bad-phone = Tulis seperti 0812 3456 7890.

# $code (String) kode status dari daftar kantor
import-reason-status-unknown = Status { $code } tidak dikenal; disimpan apa adanya.
import-suggestion-status-unknown = Pemohon hanya diberi tahu bahwa berkasnya diproses. Pakai salah satu kode status yang dikenal.
import-reason-damaged = Ada karakter rusak (NUL) di sel ini.
import-suggestion-damaged = Ketik ulang isi sel ini, lalu impor lagi.

import-reason-date-ahead = Tanggal status ini belum tiba.
import-suggestion-date-ahead = Status ini dihitung mulai hari ini. Periksa tanggalnya; baris yang benar di impor berikutnya menggantikannya.
# $row (Number) nomor baris yang dipakai
import-reason-repeated = Nomor registrasi ini ada lagi di baris { NUMBER($row, useGrouping: 0) }.
import-suggestion-repeated = Yang dipakai baris { NUMBER($row, useGrouping: 0) }.

# $rows baris; $codes kode dengan jumlah barisnya
import-stopped = Berkas ini tidak diimpor: { $rows } baris memakai kode status yang tidak dikenal: { $codes }. Tulis tahapnya di [import.codes] berkas kantor atau pilih di konsol, lalu impor lagi; dengan --accept-unknown kode itu disimpan apa adanya.
# $count jumlah baris
import-backward = Perhatian: { $count } status mundur ke tahap yang lebih awal. Periksa apakah ini berkas yang lama.
# $id nomor impor
import-undoable = Impor ini bisa dibatalkan selama 24 jam: loket import --undo { NUMBER($id, useGrouping: 0) }
import-step-undoing = Mengembalikan
# $restored permohonan yang kembali, $kept yang tetap; $numbers nomor registrasinya
import-undone = Impor dibatalkan: { $restored } permohonan kembali seperti semula, { $kept } tetap karena sudah ada yang lebih baru.
import-undone-kept = Yang tetap: { $numbers }
import-undo-unknown = Tidak ada impor selesai dengan nomor itu. Periksa nomornya di hasil impor.
import-undo-late = Impor ini sudah lebih dari 24 jam, jadi tidak bisa dibatalkan lagi. Impor daftar yang benar.
import-undo-undone = Impor ini sudah dibatalkan sebelumnya.

import-template-sheet = Register
import-template-about = Petunjuk
import-template-required = wajib diisi
import-template-optional = bila ada
import-template-cells = Semua sel berbentuk teks: ketik NIK dan nomor lengkap, tanggal seperti 24/11/2026, status seperti Siap diambil atau Menunggu blangko.
import-folder-held = Berkas ini tidak diimpor, karena banyak status mundur. Periksa, lalu impor di konsol bila memang benar.
import-folder-fault = Ada gangguan pada sistem kami, jadi berkas ini tidak diimpor. Taruh sekali lagi, atau beri tahu pengelola.
