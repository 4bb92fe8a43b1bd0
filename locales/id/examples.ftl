### Kalimat bebas: contoh untuk setiap percakapan, kata singkatan, dan kata pengisi. Bukan yang diucapkan loket.
### Satu contoh satu hal, dipisah koma. Makin mirip kalimat warga dengan sebuah contoh, makin yakin loket memilihnya.

status-examples =
    berapa lama, berapa lama jadinya, masih nunggu kabar ktp, masih belum jadi juga, masih lama tidak,
    ktp saya sudah jadi belum, cek status ktp saya, sampai mana proses ktp saya, kapan ktp saya jadi, ktp saya kok belum jadi,
    sudah bisa diambil belum, apakah ktp saya sudah selesai dicetak, saya mau cek ktp, ktp anak saya sudah jadi atau belum,
    sudah satu bulan ktp belum jadi, mau tanya ktp saya, apakah sudah dicetak, blangko sudah ada belum, proses ktp berapa lama lagi,
    ktp sudah siap diambil, kok belum ada kabar, ktp saya kenapa lama, kapan dicetak, kapan bisa diambil, ktp bisa diambil hari ini,
    cek pengajuan ktp, lacak berkas permohonan, hasil pengajuan ktp saya, info ktp atas nama, sudah selesai belum, cek resi tanda terima,
    status perekaman, sudah rekam tapi belum ada kabar, blangko kosong, stok blangko, print ready record, tahap verifikasi,
    perkembangan ktp saya, ktp tidak jadi jadi, mau ambil ktp, ambil kartu yang sudah jadi, permohonan saya ditolak kenapa,
    kabari kalau ktp sudah jadi, kapan selesai, progres ktp, kartunya sudah dikirim ke kecamatan, masih antri cetak, mau ambil sabtu ini sudah jadi, sudah dua kali ke kantor belum jadi, surat keterangan sudah ktp aslinya kapan, kelanjutan ktp saya, berkas yang masuk minggu lalu, pengecekan berkas, sudah sebulan lebih, konfirmasi ktp atas nama,
    statusnya ditolak kenapa, kartu punya bapak saya belum muncul, blangko sudah datang dari pusat,
    punya saya sudah ada belum, punya adik saya sudah jadi, boleh ke kantor untuk ambil, masih nunggu atau sudah jadi, tolong dicek atas nama,
    sudah ditunggu berbulan bulan, katanya dua minggu, biometrik captured, sent for enrollment, butuh ktp untuk lamaran kerja kapan jadi,
    ktp suami saya sudah keluar belum, sudah bisa saya ambil, kapan keluarnya, kartu sudah dicetak, ikd saya sudah aktif belum, kia anak saya sudah jadi belum, berkas saya kurang apa
lost-number-examples =
    nomor registrasi lupa, lupa nomor, saya lupa nomor registrasi, nomor registrasi hilang, tanda terima saya hilang, tanda terima ketinggalan, resi hilang, resi saya hilang bagaimana, bukti pengambilan hilang,
    tidak punya nomor registrasi, tidak dapat tanda terima, tidak pernah diberi tanda terima, nomornya hilang, tanda terima rusak tidak terbaca, tanda terima basah,
    cek pakai nik saja, bisa cek tanpa nomor registrasi, nomor registrasi saya berapa, minta nomor registrasi saya
booking-examples =
    antrinya lama tidak, antri lama apa tidak, mau daftar rekam ktp, cara booking jadwal perekaman, mau ambil antrian, daftar antrian online, jadwal rekam kapan,
    saya mau rekam ktp besok, bisa pesan jadwal, mau ubah jadwal rekam, pindah jadwal ke hari lain, batalkan jadwal saya,
    saya tidak bisa datang sesuai jadwal, ganti jam perekaman, mau foto ktp, mau rekam ktp pertama anak saya umur 17,
    daftar rekam ktp, nomor antrian besok, reservasi jadwal, kuota rekam masih ada, slot masih kosong, jadwal saya kapan,
    lupa jadwal saya, jadwal saya jam berapa, kode tiket hilang, jadwal diundur, jadwal dimajukan, tunda jadwal rekam,
    besok tidak jadi datang, batal rekam, jadwal dibatalkan, kapan bisa rekam, hari apa bisa rekam, sidik jari harus daftar dulu,
    booking hari senin, lihat jadwal saya, tiket saya, saya berhalangan hadir, jadwalkan ulang, rekam di kecamatan,
    kapan ada perekaman di desa, jemput bola perekaman, daftar tunggu jadwal,
    hari rabu masih bisa daftar, ada jadwal kosong minggu ini, harus ambil nomor online dulu, langsung datang atau daftar dulu,
    tanggal sekian bisa rekam, pindah ke hari sabtu, saya ada ujian minta jadwal lain, tidak jadi datang, lupa jam rekam, nomor tiket saya,
    bingung daftar rekam, umur 16 sudah boleh rekam kapan, rekam bareng satu sekolah, jam 10 pagi masih bisa rekam, telat datang rekam,
    coret jadwal saya, batalkan ya saya di luar kota, jadwal bentrok sekolah, majukan jadwal, kuota dibuka kapan, mendaftarkan anak rekam, saya sudah daftar rekam belum, jadwal hari selasa
requirements-examples =
    ktp hilang, ktp rusak, buat kia untuk anak saya, buat ktp baru, mau buat ktp, pindah alamat, mau pindah alamat ktp, pindah domisili, pindah datang, ganti alamat ktp,
    syarat buat ktp baru, persyaratan ktp hilang, apa saja yang harus dibawa, dokumen apa saja untuk ktp rusak, bawa berkas apa saja,
    ktp saya hilang bagaimana, ktp rusak mau ganti bagaimana caranya, cara ganti ktp hilang, mau ubah alamat di ktp,
    mau ganti status kawin di ktp, pindah domisili ktp syaratnya apa, buat kia syaratnya, aktivasi ikd, cara buat ktp baru,
    umur berapa bisa buat ktp, perlu surat pengantar rt rw, cara urus ktp, urus ktp hilang, dompet hilang ktp ikut hilang,
    ktp dicuri, kecopetan dompet, lapor ktp hilang ke mana, ktp patah, ktp terbakar, ktp tidak terbaca, foto ktp buram,
    cetak ulang ktp, ganti foto ktp, ganti nama di ktp, ganti agama di ktp, ganti pekerjaan di ktp, pindah dari luar kota, warga negara asing buat ktp,
    kitap, kartu identitas anak, syarat kia, identitas kependudukan digital, ktp digital caranya, bisa diwakilkan,
    ambil ktp diwakilkan, surat kuasa, perlu fotokopi kk, kk dilegalisir, perlu ijazah atau akta, belum 17 tahun bisa rekam,
    prosedur ktp, apa yang disiapkan, ktp saya masa berlaku habis, perpanjang ktp, ktp seumur hidup,
    pisah kk buat ktp, kawin mau ubah ktp, cerai mau ubah status, formulir f-1.02,
    ktp retak, ktp pecah, rumah kebakaran ktp terbakar, tas dijambret ktp hilang, ktp kebanjiran, ktp jatuh entah dimana,
    update gelar di ktp, baru nikah ganti status, kk masih ikut orang tua bisa buat ktp, sekolah di luar kota bisa rekam, ganti tanda tangan,
    salah cetak di ktp, laminating ktp, ktp lama masih bisa dipakai, akta lahir perlu dibawa,
    nenek sakit tidak bisa ke kantor, rekam di rumah untuk orang sakit, difabel tidak bisa datang, perlu surat polisi, foto berapa lembar,
    ikd itu apa, menikah dengan orang asing bisa punya ktp, sudah cerai belum ganti status, baju apa untuk foto ktp, difotokopi atau asli, kia untuk bayi, foto ktp jelek, ktp jatuh ke sungai, aktifkan ikd, ktp jatuh di pasar, pindahan dari kota lain mau ganti ktp
office-examples =
    dimana, jam berapa, hari senin, hari selasa, hari rabu, hari kamis, hari jumat, hari sabtu, kantornya masih tutup atau sudah buka,
    alamat kantor dimana, kantor buka jam berapa, hari sabtu buka tidak, jam pelayanan, buka sampai jam berapa, tutup jam berapa,
    lokasi pelayanan dimana, besok libur tidak, dimana ambil ktp, kantornya sebelah mana, minta nomor telepon kantor,
    nomor wa kantor, kontak kantor dukcapil, alamat dukcapil, alamat mal pelayanan publik, kantor terdekat dimana,
    rekam ktp dimana yang dekat, tempat pelayanan, share lokasi, minta peta, tanggal merah buka, hari minggu buka,
    jam istirahat, jumat buka, sekarang masih buka, sudah tutup belum kantornya, hari kerja apa saja, cuti bersama tutup,
    lebaran buka tidak, saya warga desa harus ke mana, titik layanan, jam operasional, kantor hari ini buka, masih ada orang di kantor, jumat siang tutup, natal libur, tahun baru buka tidak,
    lewat mana ke kantornya, dari terminal ke kantor naik apa, kalau rumah di kecamatan itu ngurusnya dimana, urus ktp dimana,
    bisa di kecamatan, bisa di desa, ada cabang lain tidak, parkir dimana,
    senin masuk tidak, kantor masuk jam berapa, nomor yang bisa ditelepon, ambil ktp dimana, buka hari ini sampai jam berapa
officer-examples =
    mau bicara dengan petugas, bisa bicara dengan orang, saya mau tanya petugas, tolong sambungkan ke admin, hubungkan dengan petugas,
    bicara dengan manusia, jangan robot, orang asli bukan robot, operator, customer service, minta dibalas petugas,
    minta tolong petugas, minta tolong petugas saja, sama petugas saja, butuh bantuan petugas, chat dengan petugas, panggil petugas, tidak mau dengan bot, petugas yang bisa dihubungi,
    sambungkan dengan yang jaga, mau bicara langsung saja, tidak mau dijawab mesin, ngobrol dengan petugas, minta tolong mbak yang jaga, ada admin yang online, tanya langsung jangan bot, mau tanya langsung orangnya
fees-examples =
    biayanya berapa, bayar berapa, apakah gratis, berapa ongkos buat ktp, harus bayar tidak, ada biaya admin tidak, tarif cetak ktp,
    kena denda berapa, ada denda ktp hilang, gratis atau bayar, berapa rupiah, harga buat ktp, dipungut biaya tidak,
    perlu siapkan uang, perlu bawa uang, katanya cetak ktp bayar, ktp sekarang bayar betul, benar gratis, habis berapa buat ktp, ktp hilang bayar tidak, penggantian kena biaya berapa, urus ktp bayar
scam-examples =
    saya dapat pesan minta kode otp, ada yang minta transfer untuk ktp, apakah ini penipuan, ada telepon mengaku dari dukcapil,
    dapat link aplikasi dari dukcapil, disuruh unduh aplikasi ikd lewat wa, apakah pesan ini benar dari dukcapil,
    ini penipuan bukan, hoax atau bukan, sms disuruh bayar, disuruh kirim foto ktp dan selfie, diminta nama ibu kandung lewat telepon,
    ada yang kirim file apk, nomor ini resmi dukcapil bukan, saya kena tipu, akun palsu dukcapil, telepon dari dukcapil palsu,
    diminta klik link, wa mengaku petugas dukcapil,
    video call minta kode, minta kode enam angka, nawari bantu cepat minta transfer, minta nomor hp dan kode
complaint-examples =
    saya mau mengadu, mau lapor petugas, petugasnya kasar, pelayanan buruk, dimintai uang oleh petugas, ada calo di kantor,
    saya kecewa dengan pelayanan, mau komplain pelayanan lama, petugas tidak ramah, ada pungli, mau protes, petugas galak,
    lapor pungli, petugas minta uang, pelayanan mengecewakan, calo minta uang, saya dilempar sana sini, saya disuruh bolak balik, laporkan petugas,
    antri dari pagi malah disuruh pulang, tolong ditindak petugasnya, perangkat desa menarik uang, ditarik biaya oleh perangkat,
    dipersulit petugas, diminta uang rokok, pelayanan tidak adil, antrian diserobot, tolong ditindak, satpam mengusir saya, satpam kasar, dibentak petugas, dibentak di loket, yang bayar didahulukan, curang, ada yang menyerobot, disuruh lengkapi berkas terus
rating-examples =
    mau memberi nilai, isi survei kepuasan, mau kasih penilaian layanan, kasih bintang, beri ulasan, menilai pelayanan,
    isi kuesioner, kasih rating
language-examples =
    ganti bahasa, bisa bahasa jawa, pakai bahasa indonesia saja, bahasa inggris, ubah bahasa, tidak mengerti bahasa indonesia
my-data-examples =
    data apa yang kalian simpan tentang saya, lihat data saya, minta salinan data saya, data pribadi saya yang disimpan,
    data saya dipakai untuk apa, apa nik saya disimpan, kalian menyimpan nik saya
consents-examples =
    cabut persetujuan, cabut izin kabar, atur izin, batalkan persetujuan notifikasi, tarik persetujuan saya
erase-examples =
    hapus data saya, tolong hapus semua data saya dari sini, saya mau data saya dihapus, hapus nik saya, hapus chat saya, buang nomor saya dari sistem, hilangkan data saya, bersihkan riwayat saya, hapus riwayat percakapan,
    tidak mau data saya disimpan, hapus akun
correct-examples =
    nama di ktp saya salah, tanggal lahir saya salah ketik, data saya keliru mau diperbaiki, nik saya salah, salah ejaan nama saya,
    betulkan data saya, data saya di sistem salah, alamat di data saya keliru, alamat saya masih alamat lama, data saya belum diperbarui, nama orang tua salah, tempat lahir saya salah, jenis kelamin salah, tertulis salah di data, golongan darah salah
stop-examples =
    jangan kirim pesan lagi, berhenti kirim kabar, tidak mau dikabari lagi, stop notifikasi, matikan notifikasi,
    pesannya mengganggu, jangan chat saya lagi, berhenti berlangganan, tidak usah dikabari lagi, jangan hubungi saya, cukup jangan kirim lagi, tidak usah kirim pesan lagi, nomor saya jangan dikirimi lagi, saya tidak mau dapat pesan
help-examples =
    saya tuna netra, saya buta tidak bisa melihat, saya pakai pembaca layar, cara pakai layanan ini bagaimana, bisa bantu apa saja, ini bot apa, saya bingung, bagaimana caranya pakai ini,
    layanan apa saja, bot ini untuk apa, bisa apa saja, saya tidak mengerti, ada layanan apa, mau tanya tanya dulu, tampilkan menu utama
thanks-examples =
    makasih ya, terima kasih banyak infonya, makasih sudah dibantu, makasih banyak, oke siap terima kasih, baik terima kasih, mantap sangat membantu,
    alhamdulillah terima kasih, terima kasih atas waktunya, pelayanannya cepat, sudah jelas terima kasih, sip makasih, semoga sehat selalu, puas dengan pelayanannya, bagus pelayanannya
anger-examples =
    ribet, ribet amat, ruwet, muter muter terus, muter2 terus, muter2 saja, muter muter saja, dari tadi muter muter, mbulet, njelimet, susah amat, bikin pusing, repot amat,
    pelayanan apa ini lama sekali, bot bodoh, kalian kerjanya apa sih, goblok, sudah berbulan bulan tidak jadi jadi, saya kecewa, kecewa sekali, sangat mengecewakan,
    lama banget, kok lama banget sih kecewa, bohong terus, dasar lelet, tolol, anjing, pelayanan sampah, bego, bangsat, kampret, brengsek,
    makan gaji buta, kerja tidak becus, jawabannya tidak nyambung, muter muter terus, robot tidak guna, asu, jancok, cok, sialan,
    payah sekali, bikin emosi, capek saya, parah pelayanannya, tai, taek, monyet, bajingan, kerjanya tidur, bikin jengkel, jawabannya ngawur, tidak nyambung
chit-chat-examples =
    apakah ini robot, apa ini robot, ini robot ya, apa kabar, kamu siapa, siapa namamu, lagi apa kamu, kamu robot ya, ini bot atau orang, haha lucu, wkwk, hehe, sudah makan belum,
    aku cinta kamu, selamat ulang tahun, kenalan, sudah tidur belum, kamu cantik, cerita dong, nyanyi dong, bosan, selamat hari raya,
    semangat, kamu tinggal dimana, umurmu berapa, kamu jomblo, hihihi, test 123, bisa nyanyi tidak
elsewhere-examples =
    perpanjang sim, buat sim, bayar pajak motor, stnk, buat paspor, bpjs, cek bansos, pkh, akta kelahiran, akta kematian, buat kk baru,
    kk hilang, kartu keluarga baru, surat nikah kua, tilang, skck, jadwal kereta, cuaca, harga, resep, pinjam uang, lowongan kerja, jual beli,
    antrian rumah sakit, puskesmas, listrik mati pln, token listrik, pulsa, resi paket, siapa presiden, skor bola, hitung, gempa,
    npwp, sertifikat tanah, imb, sekolah zonasi, pendaftaran siswa, beasiswa, kartu prakerja, blt, surat pindah, akta cerai,
    kereta api, bus, hotel, berita hari ini, dokter, vaksin, kartu indonesia pintar, cpns,
    rumah sakit terdekat, surat tanah, jualan online, sinyal internet, tagihan air pdam, motor bekas, kuliah, skripsi, bank, pasang wifi, emas hari ini, saldo, pinjol

# Singkatan dan ejaan yang sering ditulis = kata yang dimaksud.
understand-slang =
    sdh=sudah, udh=sudah, udah=sudah, dah=sudah, sudha=sudah, wes=sudah, wis=sudah, uwis=sudah, uwes=sudah, sampun=sudah, pun=sudah, kelar=selesai, rampung=selesai,
    blm=belum, blum=belum, blom=belum, belom=belum, lom=belum, drg=belum, durung=belum, dereng=belum, rung=belum, gurung=belum,
    jdi=jadi, jd=jadi, jadinya=jadi, dadi=jadi, dados=jadi, dadine=jadi, mari=selesai,
    gmn=bagaimana, gimana=bagaimana, bgmn=bagaimana, gmana=bagaimana, gimna=bagaimana, piye=bagaimana, pripun=bagaimana, kados=bagaimana, yaopo=bagaimana, yok=bagaimana, caranya=cara, carane=cara, caranipun=cara,
    kpn=kapan, kapankah=kapan, brp=berapa, brapa=berapa, piro=berapa, pinten=berapa, pira=berapa,
    dmn=dimana, dmana=dimana, mana=dimana, ngendi=dimana, endi=dimana, pundi=dimana, kemana=dimana, nandi=dimana, ndi=dimana,
    knp=kenapa, kenapa=kok, napa=kok, ngopo=kok, kengeng=kok, bs=bisa, bsa=bisa, iso=bisa, isok=bisa, saged=bisa, saget=bisa, angsal=bisa, boleh=bisa,
    gak=tidak, ga=tidak, gk=tidak, g=tidak, nggak=tidak, ngga=tidak, enggak=tidak, tdk=tidak, tak=tidak, ndak=tidak, ora=tidak, gaboleh=tidak, mboten=tidak, boten=tidak, gaisa=tidak, ogak=tidak, ojo=jangan, ampun=jangan,
    sy=saya, sya=saya, aq=saya, aku=saya, gw=saya, gue=saya, kulo=saya, kula=saya, dalem=saya, ku=saya, i=saya, my=saya,
    bikin=buat, gawe=buat, nggawe=buat, ndamel=buat, damel=buat, buatkan=buat, bkin=buat, buatin=buat, bikinin=buat, membuat=buat, pembuatan=buat, ngurus=urus, mengurus=urus, ngurusi=urus, pengurusan=urus, diurus=urus,
    krn=karena, yg=yang, sing=yang, ingkang=yang, utk=untuk, kangge=untuk, kanggo=untuk, buwat=untuk, dgn=dengan, karo=dengan, kalih=dengan, sama=dengan, sm=dengan, trs=terus, skrg=sekarang, saiki=sekarang, sakniki=sekarang, sakmeniko=sekarang,
    opo=apa, nopo=apa, punapa=apa, apakah=apa, apaan=apa, ae=saja, wae=saja, aja=saja, mawon=saja, kemawon=saja, sj=saja,
    arep=mau, ape=mau, bade=mau, badhe=mau, pengen=mau, pingin=mau, pengin=mau, kepingin=mau, ingin=mau, hendak=mau, kepengen=mau, pgn=mau, mo=mau,
    hr=hari, dino=hari, dinten=hari, tgl=tanggal, bln=bulan, wulan=bulan, sasi=bulan, thn=tahun, th=tahun, jln=jalan, sesuk=besok, bsk=besok, mbenjing=besok, benjing=besok, mbesok=besok, isuk=besok, suk=besok, mgu=minggu, setu=sabtu, jemuwah=jumat, jumuah=jumat,
    ktpku=ktp saya, ktpq=ktp saya, ktpmu=ktp, ktpnya=ktp, ktpne=ktp, ektp=ktp, kartunya=ktp, kartu=ktp, kartuku=ktp saya, e-ktp=ktp, katepe=ktp, ktpel=ktp,
    persyaratannya=syarat, persyaratan=syarat, syaratnya=syarat, sarat=syarat, sarate=syarat, syarate=syarat, syaratipun=syarat, dokumen=berkas, dokumennya=berkas, berkasnya=berkas, bowo=bawa, dibawa=bawa, nggowo=bawa, gowo=bawa, mbeto=bawa, bekta=bawa, mbekta=bawa,
    biayanya=biaya, ragad=biaya, ragadipun=biaya, ragate=biaya, ongkos=biaya, tarif=biaya, tarifnya=biaya, bayare=bayar, mbayar=bayar, bayarnya=bayar, membayar=bayar, dipungut=bayar, duit=uang, arto=uang, duwit=uang, yotro=uang,
    antrian=antre, antrean=antre, antri=antre, ngantri=antre, mengantri=antre, jadwalnya=jadwal, jadwalku=jadwal saya, jadwale=jadwal, jadwalipun=jadwal, jadual=jadwal, perekaman=rekam, rekaman=rekam, ngrekam=rekam, merekam=rekam, direkam=rekam, booking=pesan, boking=pesan, pesen=pesan, reservasi=pesan, ndaftar=daftar, mendaftar=daftar, didaftarin=daftar, daftarin=daftar, mendaftarkan=daftar, pendaftaran=daftar, slot=kuota,
    majuin=majukan, dimajuin=majukan, majuno=majukan, ngganti=ganti, gantos=ganti, diganti=ganti, digantos=ganti, ubah=ganti, mengubah=ganti, merubah=ganti, rubah=ganti, diubah=ganti, geser=pindah, mindah=pindah, pindahin=pindah, dipindah=pindah, mundurin=undur, diundur=undur, mundur=undur, undurkan=undur, batalin=batal, batalkan=batal, dibatalkan=batal, dibatalno=batal, membatalkan=batal, mbatalno=batal, cancel=batal,
    ilang=hilang, kehilangan=hilang, ical=hilang, kelangan=hilang, ilangan=hilang, rsk=rusak, rusake=rusak, tugel=patah, ambilnya=diambil, diambilnya=diambil, ambil=diambil, dijupuk=diambil, jupuk=diambil, njupuk=diambil, mundhut=diambil, dipunpundhut=diambil, mendhet=diambil, mengambil=diambil, dicetaknya=dicetak, cetak=dicetak, nyetak=dicetak,
    suwe=lama, suwi=lama, dangu=lama, lma=lama, lamanya=lama, suwene=lama, kesuwen=lama, lawas=lama, bgt=banget, buanget=banget, tenan=banget, sanget=banget, sekali=banget, sangat=banget, dugi=sampai, tekan=sampai, nyampe=sampai, smp=sampai, sampe=sampai, priksa=cek, mriksani=cek, ngecek=cek, mengecek=cek, dicek=cek, periksa=cek, cekin=cek, lihat=cek, liat=cek, ndelok=cek, ningali=cek,
    mksh=makasih, terimakasih=terima kasih, trimakasih=terima kasih, infonya=info, thx=makasih, tks=makasih, trims=makasih, tq=makasih, suwun=makasih, maturnuwun=makasih, nuhun=makasih, makasi=makasih, tengkyu=makasih, tlp=telepon, telp=telepon, telpon=telepon, tilpun=telepon, hp=telepon, hape=telepon, nelpon=telepon, nomer=nomor, no=nomor, nomeripun=nomor, nomere=nomor, nomernya=nomor, nomornya=nomor, nomerku=nomor saya, dikabarin=dikabari, kabari=dikabari, kabarin=dikabari, ngabari=dikabari,
    ktr=kantor, kantornya=kantor, kantore=kantor, kantoripun=kantor, dispenduk=dukcapil, dispendukcapil=dukcapil, disdukcapil=dukcapil, capil=dukcapil, catatan=dukcapil, petugasnya=petugas, petugase=petugas, cs=petugas, operator=petugas, pegawai=petugas, org=orang, wong=orang, tiyang=orang, uwong=orang, manusia=orang, admin=petugas, ngomong=bicara, ngobrol=bicara, matur=bicara, omong=bicara, berbicara=bicara, njaluk=minta, nyuwun=minta, diminta=minta, dimintai=minta, mintak=minta, jaluk=minta, disuruh=suruh, nyuruh=suruh, dikirim=kirim, ngirim=kirim, ngirimi=kirim, kirimi=kirim, kiriman=kirim, mengirim=kirim, jare=katanya, ngaku=mengaku,
    bukak=buka, bikak=buka, tutupe=tutup, tabuh=jam, pukul=jam, wonten=ada, enek=ada, ono=ada, onok=ada, enten=ada, panggone=tempat, nggone=tempat, panggonan=tempat, papan=tempat, lokasi=tempat, lokasine=tempat, alamate=alamat, alamatnya=alamat, anyar=baru, enggal=baru, umure=umur, usia=umur, taun=tahun, boso=bahasa, basa=bahasa, jowo=jawa, ngerti=mengerti, paham=mengerti, lapur=lapor, melapor=lapor, melaporkan=lapor, laporkan=lapor, wadul=lapor, ngadu=mengadu, adu=mengadu, busak=hapus, dibusak=hapus, hapusen=hapus, hapuskan=hapus, dihapus=hapus, menghapus=hapus, apus=hapus, disimpen=disimpan, simpan=disimpan, klentu=keliru, lepat=salah, diperbaiki=betulkan, dibenerin=betulkan, benerin=betulkan, perbaiki=betulkan, mbenerno=betulkan, pambiji=nilai, biji=nilai, penilaian=nilai, menilai=nilai, kobong=terbakar, kobongan=kebakaran, kebakar=terbakar, dijambret=dicuri, kecopetan=dicuri, dicopet=dicuri, kecolongan=dicuri, katut=ikut, melu=ikut, omah=rumah, omahku=rumah saya, griyo=rumah, bojo=suami, bojoku=suami saya, bojone=suami, anakku=anak saya, larene=anak saya, lare=anak, yugo=anak, adek=adik, adekku=adik saya, gue=saya, punyaku=punya saya, duwekku=punya saya, gadah=punya, gadahane=punya, enteni=nunggu, ngenteni=nunggu, nengga=nunggu, menunggu=nunggu, tunggu=nunggu, metu=keluar, medal=keluar, teko=datang, sowan=datang, rawuh=datang, mrono=datang, kudu=harus, kedah=harus, wajib=harus, gausah=tidak usah, ngabarin=dikabari, kabarnya=kabar, dibuang=buang, siapin=siapkan, disambungin=sambungkan, sambungin=sambungkan, disambungkan=sambungkan, hubungkan=sambungkan, nawarin=nawari, mesin=robot, dikasi=kasih, nikah=kawin, menikah=kawin, sekul=sekolah, gadget=telepon, kemaren=kemarin, wingi=kemarin, mulih=pulang, wangsul=pulang, nyimpen=disimpan, menyimpan=disimpan, nyimpan=disimpan, aktifkan=aktivasi, aktifin=aktivasi, pengaktifan=aktivasi, nang=di, lek=kalau, takon=tanya, takok=tanya, tanglet=tanya, nanya=tanya, nanyain=tanya, beneran=benar, bener=benar, leres=benar, informasinipun=info, informasi=info, informasinya=info, jawabane=jawabannya, blas=banget, ngusir=mengusir, diusir=mengusir, riwayate=riwayat, disini=sini, disana=sana, dicoret=coret, pengecekan=cek, wkwkwk=wkwk, wkwkwkwk=wkwk, haha=haha, hahaha=haha, hihi=haha
# Kata yang tidak menunjukkan maksud.
understand-fillers = banget, mbak, mas, pak, bu, bapak, ibu, buk, min, kak, gan, bang, bos, om, tante, dong, donk, ya, yah, yo, nggih, njih, inggih, to, toh, ta, sih, deh, lho, loh, lha, kah, nih, kok, ki, iku, niku, punika, e, ne, permisi, assalamualaikum, wr, wb, selamat, pagi, siang, sore, malam, halo, hallo, hai, tolong, mohon, maaf, sewu, nyuwunsewu, punten, kulonuwun, sugeng, enjing, the, a, an, please, is, of, to, di, ke, itu, ini, nya, ae, kan, tapi, yang, dan, atau, lagi, kalau, kalo, klo, nek, menawi, biar, soalnya, dari, soko, saking, ning, teng, ing
