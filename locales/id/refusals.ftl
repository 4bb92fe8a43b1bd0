### Penolakan yang bisa diperbaiki oleh orangnya sendiri: refusal-<kode di domain/refusals.py>.

# $count (Number) berapa angka yang diketik; 0 bila tidak ada
refusal-nik-not-16-digits = { $count ->
    [0] Mohon ketik NIK: 16 angka, seperti di KTP atau KK.
   *[other] NIK terdiri dari 16 angka, yang tadi { $count } angka. Mohon periksa dan ketik lagi.
}
refusal-nik-bad-date = NIK itu belum benar: angka ke-7 sampai ke-12 bukan tanggal yang ada. Mohon periksa dan ketik lagi.
refusal-nik-bad-region = NIK itu belum benar: enam angka pertama bukan kode wilayah. Mohon periksa dan ketik lagi.
refusal-nik-bad-serial = NIK itu belum benar: empat angka terakhir tidak mungkin 0000. Mohon periksa dan ketik lagi.
refusal-bad-last-four = Mohon ketik 4 angka terakhir NIK, seperti tertulis di KTP atau KK.

# $example (String) contoh nomor dalam bentuk yang dipakai kantor
refusal-number-bad-shape = Itu belum berbentuk nomor registrasi. Contohnya { $example }; lihat di tanda terima.
refusal-number-bad-check = Ada satu huruf atau angka yang keliru dalam nomor registrasi itu. Mohon periksa dan ketik lagi.

refusal-bad-phone = Itu bukan nomor telepon Indonesia. Contohnya 0812 3456 7890.

# $until (DateTime) kapan boleh mencoba lagi
refusal-too-many-tries = Sudah terlalu banyak percobaan yang tidak cocok. Demi keamanan data, silakan coba lagi pukul { CLOCK($until) } ({ DAY($until) }), atau ketik *petugas*.

refusal-not-allowed = Maaf, Anda tidak berwenang untuk itu.
refusal-bad-code = Kode petugas itu tidak dikenal, sudah dipakai, atau sudah lewat 24 jam. Mintalah kode baru kepada admin.
refusal-slot-full = Maaf, tempat itu baru saja terisi. Silakan pilih waktu lain.
