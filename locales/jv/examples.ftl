### Tuladha ukara, ngoko lan krama (menunggu penutur asli / awaiting a native reader). Bukan yang diucapkan loket.

status-examples =
    ktp ku wis dadi durung, ktp kulo sampun dados dereng, kapan dadine ktp ku, ktp e wis iso dijupuk durung,
    ktp kulo sampun saget dipunpundhut dereng, kok suwe ktp ku ora dadi dadi, tekan endi proses ktp ku, ngecek ktp,
    piye kabare ktp ku, wis mari durung, badhe mriksani ktp kulo, sampun dugi pundi prosesipun, kok dereng wonten kabar,
    wingi wis foto saiki wis dadi durung, nyuwun pirsa ktp kulo, arep njupuk ktp, blangko wis ono durung
lost-number-examples =
    lali nomer registrasi, nomer registrasine ilang, tanda terimane ilang, kesupen nomer registrasi, tanda terimanipun ical
booking-examples =
    arep rekam ktp, kulo bade rekam ktp, pengin daftar antrian rekam, ngganti jadwal, jadwal e iso dipindah ora, ora iso teko sesuk,
    badhe ndaftar perekaman, nyuwun jadwal rekam, pengen foto ktp sesuk, mboten siyos ngrekam, jadwalipun dipun batalaken,
    jadwal kulo dinten nopo, pesen jadwal, saget ngrekam dinten nopo, mboten saget dugi, jadwalku dibatalno ae, jadwalku tak ganti
requirements-examples =
    syarate opo wae gawe ktp, ktp ku ilang piye carane, nggowo opo wae, syaratipun punapa kemawon, ktp rusak piye ngurus e, gawe ktp anyar,
    ktp kulo ical, ktp ku tugel, mbekta punapa mawon, damel ktp enggal, umur piro oleh rekam, dompetku ilang ktp ne melu ilang
office-examples =
    kantor e buka jam piro, kantor e ning endi, kantoripun wonten pundi, dino setu buka ora, kantoripun bikak tabuh pinten,
    isih bukak ora saiki, tutup jam piro, alamate ngendi, dinten minggu bikak mboten, sesuk prei ora
officer-examples =
    pengin ngomong karo petugas e, badhe matur kalih petugas, saget matur kaliyan tiyang, arep takon petugas, ngomong karo wong asli
fees-examples =
    mbayar piro, bayare piro, opo gratis, wonten ragadipun mboten, pinten ragadipun, gratis ta
scam-examples =
    enek wong telpon njaluk otp, ono sing ngirimi file apk, iki penipuan dudu, wonten tiyang telpon nyuwun kode,
    ditelpon wong ngaku dukcapil, kulo dipun suruh transfer
thanks-examples =
    matur suwun nggih, suwun yo, matur nuwun sanget, nggih matur nuwun, siap suwun, suwun banget, kesuwun, nggih kesuwun
anger-examples =
    suwe banget to, pelayanan kok ngene, kesuwen, matamu, ndasmu, raimu, gendeng, pekok, goblok tenan, mbelgedes, kurang ajar
complaint-examples =
    petugas e galak, arep wadul, kulo bade wadul, dijaluki duit petugas, dijaluki duit calo, petugase kasar
language-examples =
    iso boso jowo, ngagem basa jawi, basa jawa saget, ora ngerti boso indonesia
my-data-examples =
    data kulo sing disimpen nopo mawon, ndelok dataku
erase-examples =
    data kulo nyuwun dipun busak, hapusen dataku kabeh, dataku ojo disimpen
stop-examples =
    ojo ngirim pesen maneh, ampun ngirim pesen malih, ojo wa aku maneh, ojo sms aku maneh
help-examples =
    iki opo, piye carane nganggo iki, aku bingung, kulo bingung, iso nggo opo wae
chit-chat-examples =
    piye kabare, sampeyan sinten, kowe sopo, lagi opo kowe, wis mangan durung, jenengmu sopo
# Words that only this language has, separated by commas.
understand-markers = ae, arep, badhe, boten, dados, dalem, dereng, dinten, durung, endi, enjing, ical, iki, inggih, iso, kados, kadospundi, kantoripun, kantun, karo, koyo, kula, kulo, kuwi, matur, mboten, menika, mriksani, mung, nang, ngagem, ngendi, nggih, nggo, ning, njaluk, nomeripun, nuwun, nyuwun, opo, ora, panjenengan, pengin, piye, pripun, pundi, punika, ragadipun, saged, saget, sampeyan, sampun, sing, sinten, suwe, syaratipun, wae, wis, wonten
