### Mengganti hari pengambilan kartu, satu kali: untuk yang dipanggil bergelombang.

swap-words = tukar hari, ganti hari, tukar jadwal pengambilan
swap-none = Untuk chat ini belum ada jadwal pengambilan yang bisa diganti. Ketik *status* untuk melihat kartunya.
# $at $opens $closes (DateTime) hari dan jam pengambilan
swap-now = Jadwal pengambilan: { DAY($at) }, pukul { CLOCK($opens) } sampai { CLOCK($closes) }.
swap-ask = Pilih hari lain. Penggantian hanya bisa satu kali.
# $at $opens $closes (DateTime) hari dan jam pengambilan
swap-day = { DATE($at) }, { CLOCK($opens) }
swap-time = Pukul { CLOCK($opens) } sampai { CLOCK($closes) }
swap-keep = Tetap hari itu
swap-kept = Baik, jadwalnya tetap.
swap-full = Hari lain sedang penuh. Datang pada hari itu, atau ketik *petugas*.
# $at $opens $closes (DateTime) hari dan jam pengambilan
swap-done = Sudah diganti. Silakan datang { DAY($at) }, pukul { CLOCK($opens) } sampai { CLOCK($closes) }.
