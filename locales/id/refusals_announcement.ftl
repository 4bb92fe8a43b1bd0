### Penolakan seputar pengumuman: dibaca petugas (yang terakhir dibaca warga).

refusal-announcement-text-empty = Teks pengumuman masih kosong. Tulis teksnya dalam bahasa Indonesia, lalu coba lagi.
# $most (Number) jumlah huruf terbanyak
refusal-announcement-text-too-long = Teks pengumuman lebih panjang dari { $most } huruf. Persingkat, lalu coba lagi.
# $known (String) isian yang dikenal, dalam kurung kurawal
refusal-announcement-placeholder = Dalam kurung kurawal hanya boleh { $known }. Perbaiki teksnya, lalu coba lagi.
# $count (Number) jumlah penerima $most (Number) batas tanpa penyetuju
refusal-needs-approver = Anda tidak berwenang mengirim kepada { $count } penerima sendiri: lebih dari { $most } memerlukan penyetuju. Simpan sebagai draf di konsol, atau minta penyetuju mengirimnya.
# $on (DateTime) kapan pengumuman yang sama disetujui
refusal-already-announced = Penerima ini sudah menerima ini pada { DAY($on) } pukul { CLOCK($on) }. Hanya penyetuju yang boleh mengirim ulang.
refusal-unknown-announcement = Tidak ada pengumuman dengan nomor itu. Lihat nomornya dengan loket announcements.
refusal-announcement-over = Sudah terlambat untuk itu: pengumuman ini sudah dimulai, sudah selesai, atau sudah dibatalkan.
refusal-announcement-no-windows = Loket tidak cukup sering buka dalam setahun untuk kartu sebanyak itu. Naikkan jumlah kartu per hari, atau periksa jam buka.
refusal-already-swapped = Hari pengambilan hanya bisa diganti satu kali, dan sudah pernah diganti. Bila tetap tidak bisa datang, ketik *petugas*.
