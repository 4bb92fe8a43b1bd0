### Yang ditanyakan kembali bila maksudnya belum jelas, dan jawaban atas pertanyaan yang sering diajukan.
### Contoh kalimatnya ada di examples.ftl.

meant-status = Cek status KTP
meant-lost-number = Nomor hilang
meant-booking = Jadwal perekaman
meant-requirements = Syarat layanan
meant-office = Alamat dan jam buka
meant-officer = Bicara ke petugas
meant-fees = Biaya
meant-scam = Pesan mencurigakan
meant-complaint = Pengaduan
meant-rating = Penilaian
meant-language = Ganti bahasa
meant-my-data = Lihat data saya
meant-consents = Izin
meant-erase = Hapus data saya
meant-correct = Perbaikan data
meant-stop = Berhenti dikabari
meant-help = Cara pakai
meant-anger = Saya kecewa
meant-none = Bukan itu
meant-menu = Menu
meant-ask = Maksudnya yang mana?
not-understood-twice = Maaf, kami masih belum paham. Mau kami hubungkan dengan petugas?
# Bila tiga pesan tidak menjawab pertanyaan yang sedang terbuka
stuck-offer = Sepertinya belum pas. Pilih *Petugas* untuk dibantu orang, atau langsung jawab lagi.
offer-go-on = Lanjut saja

## Pertanyaan

menu-requirements = Syarat layanan
menu-requirements-hint = Apa yang perlu disiapkan dan dibawa
requirements-words = syarat, persyaratan, syarat ktp, dokumen, berkas, bawa apa
# $title (String) nama layanan, paling panjang sepanjang tombol yang lebar
requirements-one = { $title }
requirements-which = Syarat untuk layanan yang mana?
# $title (String) nama layanan · $needed (String) syarat, satu baris satu
requirements-text =
    { $title }, syaratnya:
    { $needed }

    Semua layanan gratis.
# $note (String) keterangan kantor
requirements-note = Catatan kantor: { $note }
requirements-more = Serahkan di loket pada jam buka; di sana Anda mendapat nomor registrasi. Sudah punya nomornya? Jadwal bisa dipesan di sini.
requirements-other = Layanan lain
fees-words = biaya, tarif, ongkos, gratis
fees-text = Semua layanan *gratis*, tanpa kecuali. Siapa pun yang meminta uang melanggar hukum (UU 24/2013 Pasal 95B). Bila dimintai uang, ketik *pengaduan*.
# $office (String) nama kantor · $phone (String) nomor telepon kantor
scam-text =
    Hati-hati, pesan seperti itu *bukan dari kami*.

    { $office } tidak pernah meminta kode OTP, uang, foto KTP, atau memasang aplikasi lewat chat. Jangan klik tautannya dan jangan balas.

    Ragu? Telepon kantor: { $phone }.
anger-text = Mohon maaf atas pengalaman yang tidak menyenangkan. Kami ingin membantu. Mau dilanjutkan ke mana?

# Kata yang hanya ada dalam bahasa ini, dipisah koma.
understand-markers = yang, sudah, belum, tidak
