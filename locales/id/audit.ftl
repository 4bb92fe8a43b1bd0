### Audit: kata untuk kode perbuatan, tentang apa, dan rincian; kodenya sendiri tampil kecil di sampingnya.

# $code (String) perbuatan
audit-action = { $code ->
    [refused] Ditolak: tidak berwenang
    [imported] Impor register
    [import-undone] Impor dibatalkan
    [import-word-explained] Arti kata dalam daftar ditetapkan
    [import-word-forgotten] Arti kata dalam daftar dilupakan
    [register-listed] Daftar register dilihat
    [register-exported] Daftar register diunduh
    [stage-changed] Status diubah
    [template-kept] Templat disimpan
    [template-removed] Templat dihapus
    [stage-undone] Perubahan status dibatalkan
    [register-seen] Register dilihat
    [look-up] Warga mengecek status
    [staff-invited] Petugas diundang
    [staff-revoked] Petugas dicabut
    [token-created] Token API dibuat
    [token-revoked] Token API dicabut
    [staff-code-used] Kode dipakai
    [console-code-given] Kode konsol diminta
    [staff-session-opened] Masuk ke konsol
    [staff-session-unlocked] Layar dibuka lagi
    [staff-unlock-failed] Gagal membuka layar
    [staff-session-ended] Sesi diakhiri
    [staff-passkey-added] Kunci sandi ditambahkan
    [staff-passkey-removed] Kunci sandi dihapus
    [staff-passkey-used] Masuk dengan kunci sandi
    [staff-account-linked] Akun SSO ditautkan
    [staff-account-unlinked] Akun SSO dilepas
    [staff-account-used] Masuk dengan akun SSO
    [staff-pin-set] PIN dibuat
    [staff-pin-removed] PIN dihapus
    [sign-in-failed] Gagal masuk
    [sign-in-failed-more] Gagal masuk, selanjutnya pada jam itu tidak ditulis satu per satu
    [staff-chat-linked] Chat petugas ditautkan
    [staff-chat-ended] Chat petugas berakhir
    [refused-rows-fetched] Baris ditolak diunduh
    [answers-fetched] Jawaban satu per satu diunduh
    [arrived] Datang
    [called] Dipanggil
    [audit-fetched] Audit diunduh
    [served] Dilayani
    [served-undone] Dilayani, dibatalkan
    [step-undone] Langkah di loket dibatalkan
    [no_show] Tidak datang
    [walk-in] Tanpa janji
    [closed] Waktu ditutup
    [opened] Waktu dibuka
    [handover-opened] Warga meminta petugas
    [handover-taken] Percakapan diambil
    [handover-taken-over] Percakapan diambil alih
    [handover-read] Percakapan dibaca
    [handover-ended] Percakapan selesai
    [handover-released] Percakapan menunggu lagi
    [announcement-drafted] Pengumuman ditulis
    [announcement-released] Pengumuman disetujui
    [announcement-returned] Pengumuman dikembalikan dengan catatan
    [announcement-undone] Pengumuman dibatalkan
    [announcement-withdrawn] Pengumuman dihentikan
    [announcement-paused] Pengumuman dijeda
    [announcement-resumed] Pengumuman dilanjutkan
    [announcement-tried] Pengumuman diuji
    [announcement-reported] Laporan pengumuman diambil
    [announcement-alarm] Hitungan pengumuman tidak cocok
    [webhook-added] Penerima webhook ditambahkan
    [webhook-rotated] Rahasia webhook diganti
    [webhook-enabled] Penerima webhook dinyalakan lagi
    [webhook-disabled] Penerima webhook dimatikan
    [webhook-removed] Penerima webhook dihapus
    [webhook-resent] Webhook dikirim lagi
    [alarm-webhook] Peringatan: penerima webhook dimatikan
    [alarm-channel] Peringatan: saluran menolak
    [alarm-wrong-pairs] Peringatan: tebakan NIK
    [alarm-wrong-codes] Peringatan: tebakan kode petugas
    [consent-given] Izin diberikan
    [consent-withdrawn] Izin dicabut
    [followed] Warga minta dikabari
    [unfollowed] Warga berhenti mengikuti
    [started] Warga mau dikabari lagi
    [stopped] Warga minta berhenti
    [erased] Data dihapus
    [pickup-day-swapped] Hari ambil ditukar
    [service-worded] Syarat layanan diubah
    [backup-made] Basis data dicadangkan
    [demo-loaded] Data contoh dimuat
    [demo-lived] Contoh kegiatan kantor dimuat
    [demo-announced] Contoh pengumuman dimuat
   *[other] { $code }
}
# $code (String) tentang apa, tanpa nomor barisnya
audit-about = { $code ->
    [announcement] pengumuman
    [application] permohonan
    [applications] permohonan
    [booking] janji
    [closure] penutupan waktu
    [closures] penutupan waktu
    [chat] chat warga
    [database] basis data
    [day] hari
    [erasure] penghapusan data
    [import] impor
    [job] pekerjaan konsol
    [template] templat
    [service] layanan
    [staff] petugas
    [ticket] tiket
    [handover] percakapan
    [form] formulir yang basi atau terkirim dua kali
    [session] sesi yang sudah berakhir
    [unknown] tidak ditemukan
    [whatsapp] WhatsApp
    [webhook] penerima webhook
    [recipients] penerima pengumuman
    [outbox] pesan keluar
    [code] kode petugas
    [code-in-chat] kode petugas, diketik di chat
    [code-known] kode petugas yang pernah berlaku
    [one-nik] satu NIK
    [answers] jawaban penilaian
    [audit] audit
    [everybody] semua
    [one-address] satu alamat
   *[other] { $code }
}
# $code (String) hak yang diminta (domain/staff/roles.py)
audit-right = { $code ->
    [enter] masuk
    [see-day] melihat hari ini
    [see-calendar] melihat kalender
    [see-announcements] melihat pengumuman
    [see-index] melihat IKM
    [see-overview] melihat ringkasan
    [see-answers] melihat jawaban satu per satu
    [serve] melayani
    [see-register] melihat register
    [import-register] mengimpor register
    [change-stage] mengubah status
    [announce] mengumumkan
    [handle-cases] menangani kasus
    [settle-cases] menutup kasus yang dinaikkan
    [talk] berbicara dengan warga
    [edit-calendar] mengatur kalender
    [approve] menyetujui pengumuman
    [override] mengirim ulang
    [urgent] mengirim pada jam tenang
    [edit-services] mengubah syarat layanan
    [manage-webhooks] mengatur webhook
    [publish] mengisi halaman kepuasan
    [manage-staff] mengatur petugas
    [see-audit] membaca audit
   *[other] { $code }
}
# $code (String) satu rincian
audit-detail = { $code ->
    [all] semua tahap
    [everywhere] semua titik
    [unknown] kode tidak dikenal
    [none] tidak ada yang cocok
    [whole-names] nama lengkap
    [masked-names] nama disamarkan
    [whole-niks] NIK lengkap
    [wrong] kode tidak dikenal
    [used] kode sudah dipakai
    [expired] kode sudah lewat waktunya
    [console-only] kode konsol, diketik di chat
    [too-many] terlalu sering mencoba
    [pin] PIN
    [account] akun SSO yang belum ditautkan
    [passkey] kunci sandi
    [signed-out] keluar sendiri
    [not-allowed] tidak berwenang
    [needs-approver] memerlukan penyetuju
    [already-announced] sudah pernah dikirim
    [announcement-over] sudah lewat
    [announcement-no-windows] tidak ada waktu ambil
    [unknown-announcement] pengumuman tidak ada
    [urgent] mendesak, juga pada jam tenang
    [override] kirim ulang
    [file] kiriman warga
    [asked] diminta warga
    [unclear] tidak dipahami bot
    [anger] terdengar kesal
    [viewer] pengamat
    [officer] petugas
    [approver] penyetuju
    [admin] admin
    [miscounted] jumlahnya salah
    [stateless] tanpa status
    [orphaned] tanpa penerima
    [rows] baris
    [new] baru
    [changed] berubah
    [unchanged] tetap
    [refused] ditolak
    [id] Indonesia
    [jv] Jawa
    [en] Inggris
   *[other] { $code }
}
