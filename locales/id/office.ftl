### `loket office new`: pertanyaan di terminal, dan yang salah pada jawabannya.

office-new-name = Nama kantor, misalnya Disdukcapil Kabupaten Konawe
office-new-zone = Zona waktu: WIB, WITA, atau WIT
office-new-languages = Bahasa untuk warga, dipisah koma
office-new-address = Alamat kantor
office-new-phone = Nomor telepon kantor
office-new-hours = Jam layanan Senin sampai Kamis
office-new-friday = Jam layanan Jumat
office-new-districts = Kecamatan dengan kodenya, dipisah koma, misalnya 74.02.01 Unaaha, 74.02.06 Wawotobi
office-new-points = Loket layanan: nama; alamat; kecamatan yang dilayani. Beberapa loket dipisah tanda |
office-new-neighbour = Daerah tetangga dan angka depan kodenya, misalnya Kota Kendari: 7471 (kosongkan bila tidak ada)
office-new-prefix = Awalan nomor registrasi, misalnya KNW

# $file (String) jalur berkas
office-new-exists = { $file } sudah ada dan tidak ditimpa. Pilih nama lain, atau ubah berkas itu sendiri.
office-new-no-folder = Berkas { $file } tidak dapat dibuat: foldernya belum ada.
office-new-done = { $file } sudah ditulis. Baca sekali lagi, isi LOKET_OFFICE dengan jalur itu, lalu jalankan `loket check`.
# $options (String) pilihan yang belum diisi
office-new-lacks = Tidak ada terminal untuk bertanya, dan yang berikut belum diisi: { $options }.
# $option (String) nama pilihan  $reason (String) kalimat di bawah
office-new-refused = { $option }: { $reason }

office-new-wrong-text = Isi dengan satu baris teks, paling banyak 200 huruf.
office-new-wrong-zone = Isi dengan WIB, WITA, atau WIT.
# $known (String) kode bahasa
office-new-wrong-languages = Pilih dari { $known }; id harus ada.
office-new-wrong-hours = Jam ditulis seperti 08:00-15:00, atau 08:00-11:30, 13:00-15:00; tanda - berarti tutup.
office-new-wrong-districts = Setiap kecamatan ditulis seperti 74.02.01 Unaaha, satu kali saja.
office-new-wrong-points = Setiap loket ditulis seperti Kantor Disdukcapil; Jalan Inolobunggadue 1, Unaaha.
office-new-wrong-neighbour = Tetangga ditulis seperti Kota Kendari: 7471.
office-new-wrong-prefix = Awalan nomor registrasi: satu sampai delapan huruf atau angka, seperti KNW.
