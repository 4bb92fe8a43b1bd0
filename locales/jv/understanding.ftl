### Tuladha ukara (menunggu penutur asli / awaiting a native reader)

status-examples =
    ktp ku wis dadi durung,
    ktp kulo sampun dados dereng,
    kapan dadine ktp ku,
    ktp e wis iso dijupuk durung,
    ktp kulo sampun saget dipunpundhut dereng,
    kok suwe ktp ku ora dadi dadi,
    tekan endi proses ktp ku,
    ngecek ktp
booking-examples =
    arep rekam ktp,
    kulo bade rekam ktp,
    pengin daftar antrian rekam,
    ngganti jadwal,
    jadwal e iso dipindah ora,
    ora iso teko sesuk
requirements-examples =
    syarate opo wae gawe ktp,
    ktp ku ilang piye carane,
    nggowo opo wae,
    syaratipun punapa kemawon,
    ktp rusak piye ngurus e,
    gawe ktp anyar
officer-examples =
    kantor e buka jam piro,
    kantor e ning endi,
    pengin ngomong karo petugas e,
    kantoripun wonten pundi,
    dino setu buka ora
fees-examples =
    mbayar piro,
    bayare piro,
    opo gratis,
    wonten ragadipun mboten
thanks-examples =
    matur suwun nggih,
    suwun yo,
    matur nuwun sanget
anger-examples =
    suwe banget to,
    pelayanan kok ngene,
    kesuwen
complaint-examples =
    petugas e galak,
    arep wadul,
    kulo bade wadul
help-examples =
    iki opo,
    piye carane nganggo iki,
    aku bingung
