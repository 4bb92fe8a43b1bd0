"""Short examples of what residents ask about a card, in standard words (`colloquial.py`), for sentences that no rule knows.

Rules (`followups.py`) come first; these are compared word by word (`handlers/engine/understanding.py`). "-" is about no card.
"""

_TEXTS = {
    "-": (
        "anak saya 3, anak saya belum punya kartu, ayah saya nunggu, bahasa jawa, bantuan, berhenti, bot jelek, buat "
        "kk baru syarat apa, cara buat kartu baru bagaimana, cek punya adik saya, cuaca hari ini panas, daftar rekam "
        "buat adik saya, ganti gambar kartu bisa, ganti nama di kartu, goblok, good morning, hapus data, hari ini "
        "saya senang, ikm, iya, jadwal rekam kapan, jadwal saya jam berapa, jangan kirim pesan lagi, kamu robot, "
        "kartu istri saya hilang, kartu keluarga saya rusak, kembali, kenapa lama banget kecewa saya, kia bisa buat "
        "bayi baru lahir, lanjut, makasih banyak, makasih info, mau daftar rekam anak saya, mau ganti alamat, mau "
        "lapor ada calo, mau pesan jadwal rekam, mau rekam besok, mau ubah nama, menu, ngapusi kabeh, nomor 2, nomor "
        "lain, noted, pelayanan bagus, petugas, salah pencet, saya di rumah, saya ingin mengubah nama di kartu, saya "
        "kecewa, saya mau bikin kia, saya suka bakso, selamat pagi, semoga lancar, siap, siapa namamu, sip, stop, "
        "syarat kartu hilang apa saja, syarat kartu rusak, terima kasih banyak, terimakasih, tidak jadi, wkwkwk"
    ),
    "ahead": (
        "am saya next, antre cetak, antre masih banyak ta, antre saya nomor berapa, bagaimana jauh am saya di antre, "
        "banyak yang nunggu tidak, berapa ahead, berapa di front of saya, berapa lagi yang antre, berapa orang lagi, "
        "di depan saya masih ada berapa kartu, giliran kapan, masih berapa lagi, masih lama antre, masih panjang "
        "antre, nomor urut, nomor urut saya, nomor urutku berapa saiki, saya urutan berapa, sebelum saya ada berapa, "
        "sekarang sampai nomor berapa, sisa berapa lagi di depan, tetangga saya kenapa sudah jadi duluan, urutan "
        "saya, what's saya position di antre, yang lain duluan"
    ),
    "anywhere": (
        "harus pulang untuk rekam, rekam di kota lain bisa, rekam di luar kota, saya di jakarta rekam bagaimana, saya "
        "di jakarta rekam disini bisa, saya di surabaya bisa rekam di sini"
    ),
    "blank": (
        "apa itu blangko, blangko artinya, blangko belum ada, blangko habis, blangko kosong, blangko maksud apa, "
        "nunggu blangko arti apa, stok blangko"
    ),
    "bring": (
        "akta perlu, akta yang diminta yang mana, ambil cuma bawa resi bisa, ambil pakai apa, apa harus saya take "
        "with saya, apa perlu ke ambil, apa perlu surat pengantar, apa saja yang bawa, apa saja yang dibutuhkan, bawa "
        "apa, bawa kartu lama apa tidak, bawa tanda terima saja cukup, cukup bawa struk, cukup kk saja, cukup "
        "tunjukkan chat ini, dokumen apa yang perlu siapkan, fotocopy apa saja, harus bawa apa, kartu lama ditarik "
        "tidak, kartu rusak serahkan, kartu yang lama dikembalikan, kartu yang rusak bawa juga, kk asli apa fotokopi, "
        "kk asli atau fotokopi, kk nya asli apa copy, mana dokumen saya take, pas ambil bawa apa saja, perlu bawa "
        "kartu lama, perlu bawa kk, perlu gambar, perlu kk tidak, perlu materai, perlu surat pengantar rt, "
        "persyaratan ambil, surat hilang harus asli, surat kehilangan bawa lagi tidak, syarat ambil apa, syarat ambil "
        "kartu apa saja, syarat apa buat ambil, tunjuk apa di loket, you perlu saya keluarga kartu"
    ),
    "cost": (
        "ada administrasi, ada biaya, ada biaya tidak, ada denda apabila telat, admin berapa, apabila mau cepat lewat "
        "calo berapa, bayar apa tidak, bayar berapa pas ambil, beneran gratis, berapa duit, berapa saya harus bayar, "
        "biaya anything, gratis apa bayar, gratis beneran, gratis of biaya, habis berapa uang, ini bayar ta, kena "
        "pungutan tidak, lewat calo berapa, pakai uang tidak, perlu ngasih uang ke petugas, perlu siapkan uang tidak, "
        "saya bayar something, siapkan uang berapa"
    ),
    "day": "bisa saya datang on jumat afternoon, rekam e sabtu bisa tidak",
    "dress": (
        "baju harus warna apa, baju warna apa, make up bisa, pakai baju apa, pakai kaca mata tidak, pakai kerudung "
        "bisa, rambut harus bagaimana"
    ),
    "finger": "sidik jari saya susah baca bagaimana",
    "handin": (
        "bisa gambar saja lewat sini, bisa online saja, dokumen bisa kirim lewat sini, dokumen bisa kirim lewat wa, "
        "gambar saja lewat sini bisa, kirim gambar dokumen lewat wa, kirim scan kk, kurang bisa nyusul pas ambil, "
        "susulkan dokumen lewat chat, upload di mana"
    ),
    "letter": (
        "bagaimana saya write surat of authorization, bawa surat kuasa cukup, cara buat surat kuasa bagaimana, format "
        "surat kaya apa, kasih contoh kuasa, kuasa tertulis perlu tidak, perlu surat kuasa tidak apabila ambil orang "
        "lain, saya perlu power of attorney, siapa signs authorization surat, signed surat enough untuk saya istri, "
        "surat kuasa ditandatangani siapa, surat kuasa itu harus bermaterai, surat kuasa pakai materai, template "
        "surat kuasa ada"
    ),
    "life": (
        "anak saya sudah lahir, baru melahirkan, baru nikah bulan lalu, baru saja menikah, bayi sudah lahir, he has "
        "passed away, istri saya sudah melahirkan, meninggal minggu lalu, orang sudah pindah ke luar kota, saya ayah "
        "passed away, saya baru cerai, saya lalu pindah kontrakan ke surabaya, saya pindah alamat minggu lalu, saya "
        "sudah menikah bulan lalu, suami saya sudah pindah ke jakarta, sudah cerai sama suami, yang punya sudah "
        "meninggal"
    ),
    "meaning": (
        "apa maksud, apa maksud siap cetak, apa that arti, apa yang harus saya lakukan, apa you arti, beda siap cetak "
        "sama cetak apa, bisa you jelas, blangko kosong itu apa, diperiksa di pusat itu kenapa, itu maksud ditolak, "
        "kenapa begitu, kenapa belum cetak kenapa, kenapa bisa gitu, kenapa lama kenapa, kenapa status masih sama, "
        "kenapa taking so lama, kok bisa begitu, maksud apa kenapa nunggu, saya tidak paham, sorry saya tidak get, "
        "status ini apa, status itu arti bagaimana, terus saya bagaimana, tidak paham, what's blangko, yang maksud "
        "apa"
    ),
    "notify": (
        "ada pemberitahuan tidak, beri kabar saya, dapat notifikasi tidak, info apabila sudah ada, kabari apabila "
        "sudah selesai, kabari lewat wa, kasih tahu apabila sudah jadi, let saya know kapan selesai, nanti dikabarin "
        "apabila sudah jadi, nanti kabari tidak, nanti saya hubungi tidak, nanti wa saya, tolong kabari apabila jadi, "
        "wa saya apabila jadi"
    ),
    "pace": (
        "berapa cards hari you cetak, berapa kartu yang cetak per hari, berapa you cetak lalu minggu, cetak cepat "
        "tidak, cetak lancar, cetak speed, dalam seminggu berapa kartu yang selesai, kecepatan cetak bagaimana, laju "
        "cetak sekarang, lalu seminggu jadi berapa, mesin cetak jalan tidak, proses cetak cepat atau lambat, satu "
        "hari cetak berapa, sehari bisa cetak berapa kartu, seminggu cetak berapa kartu"
    ),
    "phone": (
        "aplikasi apa, download apknya mana, ganti hp, ganti hp ikd nya bagaimana, hp apa yang bisa, hp jadul bisa, "
        "hp saya jadul bisa tidak, ikd error terus gabisa login, iphone bisa, lupa pin, pindah hp, tidak bisa login, "
        "tidak punya hp android"
    ),
    "queue": (
        "ambil pakai antre lagi tidak, ambil perlu jadwal tidak, antre di loket berapa lama, antre lama tidak, antre "
        "panjang tidak di sana, biasane penuh tidak jam 9an, bisa langsung ambil, hamil tidak bisa antre, harus antre "
        "lagi tidak, harus booking dulu, langsung ke loket saja, langsung ke tempat saja bisa, penuh tidak, perlu "
        "ambil nomor antre, perlu ambil nomor antre dulu, perlu daftar online dulu, sepi jam berapa, tidak usah antre"
    ),
    "receipt": (
        "bukti ambil ketinggalan, kertas basah, lost receipt, resi e tak buang lalu bagaimana, resi ilang bagaimana, "
        "resi saya hilang, struk ketinggalan di surabaya, struk tidak ada, tanda terima hilang, tanda terima saya "
        "hilang, tidak bawa resi"
    ),
    "record-bring": "rekam perlu bawa apa",
    "record-when": "rekam kartu bisa hari apa",
    "record-where": "bisa rekam di mpp saja, rekam mana",
    "temporary": (
        "ada surat keterangan belum jadi kartu tidak, ada surat keterangan buat naik kereta, ada surat tidak, any "
        "temporary dokumen, apa bisa saya pakai di meantime, apabila mendesak bagaimana, apabila urgent bisa dibantu "
        "surat, belum ada kartu buat bpjs bagaimana, biar bisa nyoblos pakai apa, bisa dibuatkan suket dulu tidak, "
        "bisa minta surat keterangan pengganti, bisa minta surat sementara buat kerja, bisa pakai lebih cepat ta, "
        "bisa saya get replacement surat, bisa saya get temporary surat meanwhile, bisa saya have temporary surat, "
        "buat daftar, buat lamar kerja pakai apa, buat melamar kerja, buat nikah, buat rekening bank, butuh sekarang, "
        "darurat, kartu sementara ada tidak, masih berlaku tidak kartu lama, mau naik pesawat, mau nikah minggu depan "
        "kartu belum jadi bagaimana, mau rekening tapi kartu belum ada, pakai ikd dulu bisa, pakai kartu lama dulu "
        "bisa, pengganti kartu ada, perlu banget buat nikah bagaimana, perlu cepat buat lamaran ada ganti, sambil "
        "nunggu ada surat apa, sambil nunggu pakai apa buat rekening, saya perlu kartu buat ngurus sim besok "
        "bagaimana, saya perlu kartu buat nikah bulan ini, saya perlu kartu cepat buat kerja, saya perlu segera untuk "
        "daftar kerja, saya perlu untuk rekening ada surat sementara, sementara belum jadi pakai apa, suket bagaimana "
        "minta, suket bisa kakak, suket pengganti kartu bisa, surat pengganti sementara, there dokumen saya bisa "
        "pakai meanwhile"
    ),
    "until": (
        "ada batas waktu ambil tidak, ada masa kadaluarsa ambil, ambil bisa kapan saja, ambil bulan depan, apa "
        "happens apabila saya tidak ambil, apabila ambil bulan depan masih bisa, apabila ambil telat apa hangus, "
        "apabila baru sempat bulan depan bagaimana, apabila kelamaan tidak ambil bagaimana, apabila tidak ambil "
        "bagaimana, apabila tidak sempet ambil saiki bagaimana, apabila tidak tak ambil lama ilang tidak, batas "
        "ambil, batas ambil kapan, belum sempat ambil, belum sempat ambil masih simpan, berapa hari saya harus ambil, "
        "berapa lama will you simpan, bisa ambil tahun depan, disimpan berapa lama, hangus tidak, kadaluarsa tidak "
        "apabila lama tidak ambil, kalau lama tidak diambil, kapan expire, kapan lalu hari ke ambil up, kartu akan "
        "simpan berapa bulan, kartu nya bisa hangus, masa ambil berapa lama, ngantos kapan simpan, paling lambat "
        "kapan ambil, sampai kapan bisa ambil, sampai tanggal berapa bisa ambil, saya baru bisa ambil bulan depan "
        "gpp, saya di luar negeri sampai tahun depan simpan, simpan berapa lama di sana, telat ambil 4 bulan masih "
        "ada, tenggat waktu, terakhir ambil kapan, there deadline ke ambil, there time limit, tidak bakal dibuang "
        "apabila lama, will be dibuang away"
    ),
    "village": (
        "ambil bisa di kecamatan, ambil di kantor camat terdekat bisa, ambil di kecamatan jetis bisa, ambil di "
        "kecamatan saja bisa tidak jauh soal, antar ke rumah, apa ada layanan kirim, apabila ambil di desa bisa, bisa "
        "antar ke alamat tidak, bisa be antar ke saya desa, bisa kirim di rumah, bisa lewat perangkat desa, bisa "
        "minta diposkan, dititipkan ke kades bisa, kirim lewat pos bisa, kirim pakai jne bisa, kirim pos, lewat carik "
        "bisa ta, lewat desa, lewat kurir bayar gpp, minta kirim saja, ojek online, pakai gosend bisa, post ke saya, "
        "tidak ada layanan antar, tidak bisa kirim saja ke alamat saya, tidak bisa kirim ta, titip kelurahan, you "
        "antar"
    ),
    "when": (
        "apa perlu saya ke kantor lagi, apa sudah keluar, bagaimana kelanjutan, belum ada kabar, belum cetak, berapa "
        "hari lagi, berapa hari lagi jadi, berapa lama lagi, berapa lama lagi will take, berapa lama until it's "
        "selesai, berarti sisa nunggu saja, bikin dr bulan agustus, bisa jadi minggu ini tidak, bulan ini jadi tidak, "
        "dari dulu belum jadi, ini beneran sudah jadi, jadi hari apa, jadi kapan, kapan bisa ambil, kapan bisa pakai, "
        "kapan bisa saya ambil, kapan bisa saya ambil ktpnya, kapan bisa saya get, kapan cetak, kapan jadi, kapan "
        "jadi kira, kapan selesai, kenapa lama sekali, kira tanggal berapa, lama tidak jadi, masih berapa hari lagi, "
        "masih berapa lama lagi, masih lama kah, masih lama tidak, masih proses apa, minggu depan jadi tidak, minggu "
        "depan sudah bisa ambil, orang katanya seminggu iki sudah sebulan, perkembangan kartu saya, progres "
        "bagaimana, sampai mana sekarang, sudah bisa ambil belum, sudah cetak belum, sudah jadi belum, sudah lama "
        "nunggu, tanggal berapa jadi, tidak jadi jadi, tolong cek lagi, tolong follow up, will be selesai besok"
    ),
    "where": (
        "ada google peta, alamat jalan, alamat lengkap kantor, alamat mana, ambil di dukcapil atau kecamatan, apa "
        "bisa ambil siang jam 2, apa time tutup, apabila hari sabtu bisa ambil, bagaimana jauh office, bagaimana saya "
        "get there, bisa tahu tempat, buka dari jam berapa, buka hari apa saja, buka sampai sore tidak, dekat alun "
        "alun, dhut di mana, di kantor dukcapil yang mana, di kecamatan mana ambil, di mpp apa di kecamatan, gedung "
        "apa, hari minggu bisa ambil, infokan alamat ambil, jadwal buka tempat, jalan apa itu, jam istirahat tutup "
        "tidak, jam layanan sampai berapa, jam operasional, jam tutup, jumuk e di mana, kantor jauh tidak dari "
        "terminal, kantor mana yang harus saya datang, kantor pusat apa cabang, kantor yang mana sooko apa mpp, kirim "
        "peta tempat, lantai berapa, mall pelayanan publik itu di mana, mana harus saya ambil up, mana office saya "
        "pergi ke, masih buka, masih buka tidak jam 3, minta peta, mpp, naik apa ke sana, pagi jam berapa buka, "
        "parkir, peta arah ke sana, sabtu bisa ambil tidak, sore masih bisa, tempat, tempat ambil beda tidak sama "
        "tempat rekam, tempat mpp-nya mana, tempat nomor berapa buat ambil, what's alamat, what's office's buka jam"
    ),
    "who": (
        "ambil bisa dititipkan, ambil tetangga bisa tidak, anak saja yang marani oleh, anak saya ambil, anak umur 15 "
        "bisa ambil kartu saya, apa bisa ambil oleh keluarga, apa bisa ambil sama suami, apa bisa yang ambil bukan "
        "saya, apa harus orang, apabila anak saya saja yang ambil gpp, apabila beda kk bisa tidak, apabila yang ambil "
        "suami saya bagaimana, beda kk, bisa ambil orang rumah, bisa diwakilkan, bisa orang lain ambil untuk saya, "
        "bisa orang lain yang ambil, bisa saya anak take instead, bisa saya ayah ambil up untuk saya, bisa saya istri "
        "ambil up, bisa saya saudara ambil kartu, bisa teman get untuk saya, bisa tidak apabila ambil adik, bisa "
        "tidak saya ambil punya ibu saya, calon suami, diwakili keluarga bisa, harus ambil sendiri, harus be saya, "
        "harus saya langsung yang datang, harus saya yang ambil atau bisa keluarga, harus saya yang datang, harus "
        "saya yang datang kah, ibu saya saja yang ke sana, istri entuk ambil, istri yang ambil bisa tidak, keponakan "
        "saya bisa ambil, mertua saya yang ke sana bisa, orang tua bisa ambil, perlu datang sendiri atau bisa "
        "diwakilkan, satu kk, saya di luar kota, saya di malaysia kartu bisa ambil istri, saya istri bisa ke take, "
        "saya kerja tidak bisa izin, saya kerjo ibu oleh ambil, saya lagi hamil besar gabisa antre lama, saya lagi "
        "kerja di luar kota siapa yang bisa ambil, saya presence perlu, saya suami bisa take, saya tidak bisa bisa "
        "dhut anak saya, saya tidak bisa datang istri bisa mewakili, saya tidak bisa datang siapa yang ambil, saya "
        "titipkan ke kakak bisa, siapa yang bisa ambil, suami ambil, titip teman bisa tidak, titip tetangga, yang "
        "ambil harus yang punya kartu, yang penting satu kk"
    ),
    "wrong": (
        "ada salah tulis, alamat di kartu salah, gambar bisa ganti, gambar jelek, gambar jelek bisa diganti, huruf "
        "nama kurang satu, nama keliru, nama salah cetak, nama saya salah cetak, tanggal lahir keliru, tanggal lahir "
        "salah"
    ),
}
EXAMPLES = {topic: tuple(texts.split(", ")) for topic, texts in _TEXTS.items()}
