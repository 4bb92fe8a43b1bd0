### Menu, bantuan, petugas, bahasa, berhenti dan mulai lagi.
### Label paling panjang 20 huruf, keterangannya (-hint) 72: batas tombol dan daftar WhatsApp.

menu-ask = Ada yang bisa kami bantu? Pilih, atau ketik angkanya.

menu-status = Cek status KTP
menu-status-hint = Sampai di mana berkasnya, dan perlu datang atau tidak
menu-officer = Petugas
menu-officer-hint = Alamat, jam buka, dan nomor telepon kantor
menu-language = Bahasa / Language
menu-language-hint = Indonesia, Jawa, English
menu-help = Bantuan
menu-help-hint = Cara memakai layanan ini

## Kata pembuka, dipisah koma

help-words = bantuan, help, tolong, cara
officer-words = petugas, hubungi petugas, telepon, alamat, jam buka, kantor, admin
language-words = bahasa, ganti bahasa, indonesia, bahasa indonesia, jawa, bahasa jawa, basa jawa, krama, inggris, bahasa inggris, english
stop-words = berhenti, stop, jangan kirim lagi
thanks-words = terima kasih, terimakasih, makasih, trims, suwun, matur suwun, matur nuwun

## Bantuan

help-text =
    Layanan ini menjawab sampai di mana berkas KTP, dan mengabari bila ada perubahan.

    Siapkan tanda terima dan KTP atau KK untuk melihat NIK. Tanda terima memuat *nomor registrasi*.
    Setiap pilihan cukup dijawab dengan angka. Foto kode QR tanda terima juga bisa.

    Kata yang selalu bisa diketik: *status*, *petugas*, *bahasa*, *kembali*, *batal*, *berhenti*, *menu*.

    Kami tidak pernah meminta nomor KK, nama ibu, atau OTP. Semua layanan gratis.

## Petugas

# $office (String) nama kantor · $address (String) alamatnya · $phone (String) nomor telepon
# $hours (Hours) jam buka menurut hari
officer-text =
    { $office }
    { $address }
    Telepon: { $phone }

    Jam buka:
    { HOURS($hours) }

    Petugas tidak pernah meminta uang, nama ibu, atau OTP.

# Bila berkas kantor masih contoh (sample = true).
officer-sample = Ini percobaan: alamat, telepon, dan jam di atas hanya contoh.

## Bahasa

language-ask = Silakan pilih bahasa:
# Nama bahasa ditulis dalam bahasanya sendiri, sama di semua berkas.
language-id = Indonesia
language-jv = Jawa
language-en = English
language-set = Baik, selanjutnya kami memakai bahasa Indonesia.

## Berhenti dan mulai lagi

stop-done = Baik, kami tidak akan mengirim kabar lagi. Status tetap bisa ditanyakan kapan saja. Ingin dikabari lagi? Ketik */start*.
start-resumed = Kabar perubahan status kami kirim lagi.
# $office (String) nama kantor
start-hello = Selamat datang di layanan KTP-el { $office }.
thanks-text = Sama-sama. Ketik *menu* bila perlu sesuatu lagi.
