### Kabar yang kami kirim sendiri kepada yang memilih "Kabari saya". Sesudahnya menyusul paragraf dari report.ftl.

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
