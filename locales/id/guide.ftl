### Menu, bantuan, petugas, bahasa, berhenti dan mulai lagi.
### Label paling panjang 20 huruf, keterangannya (-hint) 72: batas tombol dan daftar WhatsApp.

menu-ask = Ada yang bisa kami bantu? Pilih, atau ketik angkanya.

menu-status = Cek status KTP
menu-status-hint = Sampai di mana berkasnya, dan perlu datang atau tidak
menu-officer = Petugas
menu-officer-hint = Bicara dengan orang, bukan dengan bot
menu-language = Bahasa / Language
# language-names: bahasa-bahasa kantor ini
menu-language-hint = { language-names }
menu-help = Bantuan
menu-help-hint = Jam, alamat, syarat, biaya, dan cara memakai layanan ini

## Kata pembuka, dipisah koma

help-words = bantuan, help, tolong, cara
officer-words = petugas, hubungi petugas, bicara ke petugas, bicara dengan petugas, admin, operator, cs
office-words = alamat, jam buka, kantor, telepon, lokasi, jam pelayanan, alamat kantor
language-words = bahasa, ganti bahasa, indonesia, bahasa indonesia, jawa, bahasa jawa, basa jawa, krama, inggris, bahasa inggris, english
start-words = kabari lagi, mulai lagi, kabari saya lagi
stop-words = berhenti, berhenti saja, stop, stop saja, jangan kirim lagi, jangan kirim pesan lagi, berhenti kirim, berhenti kirim pesan, berhenti kirim kabar, stop kirim pesan, stop pesan, berhenti berlangganan, berhenti langganan, berhenti mengirim pesan, jangan kirim apa apa lagi, stop kirim kabar, jangan hubungi saya lagi, jangan ganggu saya lagi, unsubscribe
thanks-words = terima kasih, terimakasih, makasih, trims, suwun, matur suwun, matur nuwun

## Bantuan

help-text =
    Layanan ini menjawab sampai di mana berkas KTP, dan mengabari bila ada perubahan.

    Siapkan tanda terima (di situ *nomor registrasi*) dan NIK. Setiap pilihan cukup dijawab dengan angka.

    Kata yang selalu bisa diketik: *status*, *petugas*, *bahasa*, *kembali*, *batal*, *berhenti*, *menu*.

    Kami tidak pernah meminta nomor KK, nama ibu, atau OTP. Semua layanan gratis.

help-more = Ingin tahu apa? Pilih, atau ketik angkanya.
help-office = Jam dan alamat
# $name (String) nama layanan yang paling sering ditanyakan
help-service = { $name }

## Kantor

# $office (String) nama kantor · $address (String) alamatnya · $phone (String) nomor telepon
# $hours (Hours) jam buka menurut hari
office-text =
    { $office }
    { $address }
    Telepon: { $phone }

    Jam buka:
    { HOURS($hours) }

    Petugas tidak pernah meminta uang, nama ibu, atau OTP.
# $email (String) alamat surel kantor
office-email = Surel: { $email }
# $website (String) alamat situs kantor
office-website = Situs: { $website }

# Bila berkas kantor masih contoh (sample = true).
office-sample = Ini percobaan: alamat, telepon, dan jam di atas hanya contoh.
office-more = Masih ada yang ingin ditanyakan?

## Bahasa

language-ask = Silakan pilih bahasa:
# Nama bahasa ditulis dalam bahasanya sendiri, sama di semua berkas.
language-id = Indonesia
language-jv = Jawa
language-en = English
language-set = Baik, selanjutnya kami memakai bahasa Indonesia.

## Berhenti dan mulai lagi

stop-done = Baik, kami tidak akan mengirim kabar lagi. Status tetap bisa ditanyakan kapan saja. Ingin dikabari lagi? Ketik *kabari lagi*.
stop-handed = Percakapan dengan petugas tetap terbuka. Untuk menutupnya, ketik *selesai*.
start-resumed = Kabar perubahan status kami kirim lagi.
# $office (String) nama kantor
start-hello = Selamat datang di layanan KTP-el { $office }.

## Basa-basi

thanks-text = Sama-sama. Ketik *menu* bila perlu sesuatu lagi.
# $office (String) nama kantor
chit-chat-text = Terima kasih sudah menyapa. Kami bot { $office }, bukan orang, tapi senang membantu urusan KTP. Mau bicara dengan orang? Ketik *petugas*.
# $phone (String) nomor telepon kantor
elsewhere-text =
    Maaf, itu tidak dilayani di sini. Loket ini untuk KTP-el, identitas digital (IKD), dan kartu anak (KIA).

    KK, akta, atau surat pindah? Telepon kantor: { $phone }. Selain itu, tanyakan ke kantor yang mengurusnya.
