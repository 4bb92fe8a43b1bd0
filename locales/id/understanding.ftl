### Kalimat bebas: contoh untuk setiap percakapan, kata singkatan, dan pertanyaan yang sering diajukan.
### Satu contoh satu baris, dipisah koma. Makin mirip kalimat warga dengan sebuah contoh, makin yakin loket memilihnya.

status-examples =
    masih nunggu kabar ktp,
    masih belum jadi juga,
    masih lama tidak,
    ktp saya sudah jadi belum,
    cek status ktp saya,
    sampai mana proses ktp saya,
    kapan ktp saya jadi,
    ktp saya kok belum jadi,
    sudah bisa diambil belum,
    apakah ktp saya sudah selesai dicetak,
    saya mau cek ktp,
    ktp anak saya sudah jadi atau belum,
    sudah satu bulan ktp belum jadi,
    mau tanya ktp saya,
    apakah sudah dicetak,
    blangko sudah ada belum,
    proses ktp berapa lama lagi,
    ktp sudah siap diambil
booking-examples =
    mau daftar rekam ktp,
    cara booking jadwal perekaman,
    mau ambil antrian,
    daftar antrian online,
    jadwal rekam kapan,
    saya mau rekam ktp besok,
    bisa pesan jadwal,
    mau ubah jadwal rekam,
    pindah jadwal ke hari lain,
    batalkan jadwal saya,
    saya tidak bisa datang sesuai jadwal,
    ganti jam perekaman,
    mau foto ktp,
    mau rekam ktp pertama anak saya umur 17,
    daftar rekam ktp
requirements-examples =
    syarat bikin ktp baru,
    persyaratan ktp hilang,
    apa saja yang harus dibawa,
    dokumen apa saja untuk ktp rusak,
    bawa berkas apa saja,
    ktp saya hilang bagaimana,
    ktp rusak mau ganti bagaimana caranya,
    cara ganti ktp hilang,
    mau ubah alamat di ktp,
    mau ganti status kawin di ktp,
    pindah domisili ktp syaratnya apa,
    bikin kia syaratnya,
    aktivasi ikd,
    cara bikin ktp baru,
    umur berapa bisa bikin ktp,
    perlu surat pengantar rt rw
officer-examples =
    kantornya masih tutup atau sudah buka,
    mau bicara dengan petugas,
    bisa bicara dengan orang,
    minta nomor telepon kantor,
    alamat kantor dimana,
    kantor buka jam berapa,
    hari sabtu buka tidak,
    jam pelayanan,
    buka sampai jam berapa,
    lokasi pelayanan dimana,
    saya mau tanya petugas,
    tolong sambungkan ke admin,
    besok libur tidak,
    dimana ambil ktp,
    kantornya sebelah mana
fees-examples =
    biayanya berapa,
    bayar berapa,
    apakah gratis,
    berapa ongkos bikin ktp,
    harus bayar tidak,
    ada biaya admin tidak,
    tarif cetak ktp
scam-examples =
    saya dapat pesan minta kode otp,
    ada yang minta transfer untuk ktp,
    apakah ini penipuan,
    ada telepon mengaku dari dukcapil,
    dapat link aplikasi dari dukcapil,
    disuruh unduh aplikasi ikd lewat wa,
    apakah pesan ini benar dari dukcapil
complaint-examples =
    saya mau mengadu,
    mau lapor petugas,
    petugasnya kasar,
    pelayanan buruk,
    dimintai uang oleh petugas,
    ada calo di kantor,
    saya kecewa dengan pelayanan,
    mau komplain pelayanan lama,
    petugas tidak ramah,
    ada pungli
rating-examples =
    mau memberi nilai,
    isi survei kepuasan,
    mau kasih penilaian layanan
my-data-examples =
    data apa yang kalian simpan tentang saya,
    lihat data saya,
    minta salinan data saya
erase-examples =
    hapus data saya,
    tolong hapus semua data saya dari sini,
    saya mau data saya dihapus
correct-examples =
    nama di ktp saya salah,
    tanggal lahir saya salah ketik,
    data saya keliru mau diperbaiki,
    nik saya salah
stop-examples =
    jangan kirim pesan lagi,
    berhenti kirim kabar,
    tidak mau dikabari lagi
help-examples =
    cara pakai layanan ini bagaimana,
    bisa bantu apa saja,
    ini bot apa,
    saya bingung,
    bagaimana caranya pakai ini
thanks-examples =
    terima kasih banyak infonya,
    makasih ya sudah dibantu,
    makasih banyak,
    oke siap terima kasih,
    baik terima kasih,
    mantap sangat membantu,
    alhamdulillah terima kasih,
    sip makasih
anger-examples =
    pelayanan apa ini lama sekali,
    bot bodoh,
    kalian kerjanya apa sih,
    goblok,
    sudah berbulan bulan tidak jadi jadi,
    kok lama banget sih kecewa,
    bohong terus,
    dasar lelet,
    tolol,
    anjing,
    pelayanan sampah

# Singkatan dan ejaan yang sering ditulis = kata yang dimaksud.
understand-slang =
    sdh=sudah, udh=sudah, udah=sudah, dah=sudah, wes=wis, uwis=wis, blm=belum, blom=belum, belom=belum, drg=durung,
    jdi=jadi, jd=jadi, gmn=bagaimana, gimana=bagaimana, bgmn=bagaimana, gmana=bagaimana, kpn=kapan, brp=berapa, brapa=berapa,
    dmn=dimana, dmana=dimana, mana=dimana, knp=kenapa, kenapa=kok, bs=bisa, bsa=bisa, gak=tidak, ga=tidak, gk=tidak, nggak=tidak, ngga=tidak, tdk=tidak, tak=tidak,
    sy=saya, sya=saya, aq=saya, aku=saya, gw=saya, bikin=buat, gawe=buat, buatkan=buat, bkin=buat, krn=karena, yg=yang, utk=untuk, dgn=dengan, trs=terus, skrg=sekarang,
    hr=hari, tgl=tanggal, bln=bulan, thn=tahun, jln=jalan, ktpku=ktp saya, ktpnya=ktp, ektp=ktp, kartunya=ktp, kartu=ktp, e-ktp=ktp, persyaratannya=syarat, persyaratan=syarat, syaratnya=syarat, biayanya=biaya,
    antrian=antre, antrean=antre, antri=antre, ngantri=antre, jadwalnya=jadwal, foto=rekam, perekaman=rekam, rekaman=rekam, ilang=hilang, kehilangan=hilang, rsk=rusak, ambilnya=ambil, diambilnya=diambil, dijupuk=diambil,
    mksh=makasih, thx=makasih, tks=makasih, trims=makasih, tq=makasih, tlp=telepon, telp=telepon, hp=telepon, nomer=nomor, no=nomor, dikabarin=dikabari, ktr=kantor, kantornya=kantor, petugasnya=petugas, cs=petugas, org=orang, admin=petugas, buanget=banget, bgt=banget, lma=lama, suwi=suwe
# Kata yang tidak menunjukkan maksud.
understand-fillers = mbak, mas, pak, bu, bapak, ibu, min, kak, gan, bang, dong, donk, ya, yah, nggih, njih, to, sih, deh, lho, loh, kah, nih, permisi, assalamualaikum, selamat, pagi, siang, sore, malam, halo, hallo, tolong, mohon, maaf, nuwun, sewu, the, a, an, please, is, of, to

meant-status = Cek status KTP
meant-booking = Jadwal perekaman
meant-requirements = Syarat layanan
meant-officer = Alamat dan petugas
meant-fees = Biaya
meant-scam = Pesan mencurigakan
meant-complaint = Pengaduan
meant-rating = Penilaian
meant-my-data = Lihat data saya
meant-erase = Hapus data saya
meant-correct = Perbaikan data
meant-stop = Berhenti dikabari
meant-help = Cara pakai
meant-thanks = Hanya terima kasih
meant-anger = Saya kecewa
meant-none = Bukan itu
meant-menu = Menu
meant-ask = Maksudnya yang mana?
not-understood-twice = Maaf, kami masih belum paham. Mau kami hubungkan dengan petugas?

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
fees-words = biaya, tarif, ongkos, gratis
fees-text = Semua layanan *gratis*, tanpa kecuali. Siapa pun yang meminta uang melanggar hukum (UU 24/2013 Pasal 95B). Bila dimintai uang, ketik *pengaduan*.
# $office (String) nama kantor · $phone (String) nomor telepon kantor
scam-text =
    Hati-hati, pesan seperti itu *bukan dari kami*.

    { $office } tidak pernah meminta kode OTP, uang, foto KTP, atau memasang aplikasi lewat chat. Jangan klik tautannya dan jangan balas.

    Ragu? Telepon kantor: { $phone }.
anger-text = Mohon maaf atas pengalaman yang tidak menyenangkan. Kami ingin membantu. Mau dilanjutkan ke mana?
