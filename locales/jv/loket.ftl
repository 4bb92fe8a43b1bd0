### Basa Jawa krama. AWAITING A NATIVE READER: a wrong krama word is felt as rude, so this file stays short;
### what is missing here is said in Indonesian. The sentences are the office's own list (docs/glossary.md, krama); where
### the list lacks a word, the Indonesian one stays. *Panjenengan* is the reader, who may ask for somebody else's card.

menu-status = Status KTP-el
menu-status-hint = Mriksani status KTP-el
language-ask = Mangga dipunpilih basanipun:
# The names of the languages stand alike in all files.
language-id = Indonesia
language-jv = Jawa
language-en = English
language-set = Matur nuwun.
# $office (String) name of the office
start-hello = Sugeng rawuh wonten ing layanan KTP-el { $office }.
thanks-text = Matur nuwun.
listen-words = rungokake, ngrungokake, mirengaken

status-words = mriksani status, status ktp-el
# $example (String) a number in the form that the office uses
status-ask-number =
    Mangga kaserat *nomer registrasinipun* ({ $example }). Menawi ical, kaserat *lupa nomor*.
    1 lupa nomor · 2 petugas · 0 menu
# $whole (yes/no) whether this channel may ask for the whole NIK
status-ask-nik = { $whole ->
    [yes] Mangga kaserat *NIK* (16 angka): orang yang namanya ada di tanda terima itu.
   *[no] Mohon ketik *4 angka terakhir NIK* orang yang namanya ada di tanda terima itu.
}
status-not-found = Nyuwun pangapunten, data boten kapanggihaken. Mangga dipunpriksa malih.

# $place (String) name of the service point
report-ready-for-pickup = Sampun dados, saged dipunpundhut ing { $place }.
# $on (Date) day of the office's latest list
report-data-date = Data per { DATE($on) }. Tanpa ragad.

engine-map = Bikak peta
engine-locate = Kintun papan kula
engine-yes = Inggih
engine-no = Boten
engine-back-words = wangsul
engine-cancel-words = boten siyos
engine-later-words = mengko, mengko ae, mengko wae, mengko disik, mengko sik, mangke, mangke mawon, mangke rumiyin, sesuk-sesuk ae, tak pikir disik
engine-greeting-words = kula nuwun, kulo nuwun, sugeng enjing, sugeng siang, sugeng sonten, sugeng dalu, nuwun sewu
# Tembung sanes kangge Ya lan Tidak.
engine-yes-words = nggih, inggih, injih, nggeh
engine-no-words = mboten, boten, ora

# $count (Number) how many digits were typed; 0 if none
refusal-nik-not-16-digits = Nyuwun pangapunten, NIK-ipun boten leres. NIK kedah 16 angka.
refusal-slot-full = Nyuwun pangapunten, wekdal punika nembe kemawon kaisi. Mangga milih wekdal sanes.
refusal-not-a-date = Nyuwun pangapunten, dintenipun dereng cetha. Contonipun: sesuk, Senin, utawi 24 Desember.
# $day (Date) the day asked for; $next_day (Date) the next open day; $name (String) name of the holiday
refusal-day-holiday = { DAY($day) } prei: { $name }. Dinten bikak salajengipun { DAY($next_day) }.

## Janji temu

menu-booking = Pesan jadwal
menu-booking-hint = Milih dinten saha wekdal perekaman
booking-words = milih dinten, milih wekdal, milih dinten saha wekdal
# $at (DateTime) when it begins
reminder-thanks = Matur nuwun. Jadwal panjenengan: { DAY($at) }, tabuh { CLOCK($at) }.
# $code (String) ticket code · $at (DateTime) when it begins · $place (String) service point · $service (String) service
booking-yours =
    Jadwal panjenengan, kode *{ $code }*:

    { $service }
    { DAY($at) }, *tabuh { CLOCK($at) }*
    { $place }
# $code (String) ticket code · $at (DateTime) when it begins · $place (String) service point · $service (String) service
booking-done =
    Matur nuwun. Jadwal panjenengan, kode *{ $code }*:

    { $service }
    { DAY($at) }, *tabuh { CLOCK($at) }*
    { $place }
booking-confirm = Konfirmasi
booking-cancel = Batal
booking-reminding = Layanan punika *gratis*, tanpa ragad. Kodenya ditunjukkan di loket. Untuk mengubah, ketik *jadwal*.

## Kunjungan ke rumah yang tidak jadi

visit-cancel-yes = Inggih, batal
visit-cancel-no = Boten
# $number (String) number of the request
visit-cancelled = Matur nuwun. Permintaan kunjungan *{ $number }* sudah *dibatalkan*, dan petugas kami beri tahu. Perlu lagi? Ketik *kunjungan rumah*.
