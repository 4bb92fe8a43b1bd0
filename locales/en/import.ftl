### The import of the office's register: what staff read on the screen and in FILE.ditolak.csv.

import-step-reading = Reading and checking rows
import-step-checking = Comparing with what is stored
import-step-writing = Storing

# Title of the last column in the file of refused rows
import-title = reason

# $rows (Number) rows in the file  $new $changed $unchanged $refused (Number) what became of them
import-done = { $rows } rows read: { $new } new, { $changed } changed, { $unchanged } unchanged, { $refused } refused.
import-tried = Dry run, nothing was stored. { $rows } rows read: { $new } new, { $changed } changed, { $unchanged } unchanged, { $refused } refused.
# $older (Number) how many rows
import-older = { $older } of the unchanged are no newer than the status on record: they went to the history alone.

# $count (Number) how many rows
import-refused = Refused rows ({ $count }):
import-flagged = Rows stored with a remark ({ $count }):
# $row (Number) as the spreadsheet shows it  $column (String) its name  $reason $suggestion (String) sentences from below
import-remark = Row { NUMBER($row, useGrouping: 0) }, column { $column }: { $reason } { $suggestion }
# $count (Number) rows not shown
import-more = … and { $count } more rows.
# $file (String) name of the file
import-refused-file = The refused rows are in { $file }. Mend them there, then import that file.

## Why a file cannot be used: import-file-<code>

import-file-empty = This file is empty. Save the list again from the office's program, then try again.
import-file-no-rows = This file holds only column titles. Save the list with its rows, then try again.
# $why (String) the system's words
import-file-not-there = There is no such file. Check its name and place.
import-file-folder = This is a folder, not a file. Name the file in it.
import-file-unreadable = This file cannot be opened ({ $why }). Check its name and place.
# $megabytes (Number) the largest size
import-file-too-large = This file is larger than { $megabytes } MB. Split it into several files and import them one by one.
import-file-too-large-unpacked = What is in this file is larger than { $megabytes } MB once unpacked. Save it as CSV, or split it into several files.
# $rows (Number) the most rows
import-file-too-many-rows = This file has more than { $rows } rows. Split it into several files and import them one by one.
import-file-old-excel = This is an old Excel file (.xls), or one with a password. Save it as XLSX without a password, then try again.
import-file-web-page = This is a web page and no spreadsheet, although its name may end in .xls. Open it in Excel, save it as XLSX, then try again.
import-file-no-workbook = This is no Excel workbook. Save the list as XLSX or CSV, then try again.
import-file-damaged = This Excel file is damaged or has a password. Save it again as XLSX without a password, then try again.
import-file-no-table = This is no list that can be read. Save it as XLSX or CSV, then try again.
# $row (Number) the row
import-file-open-quotation = A quotation mark (") near row { NUMBER($row, useGrouping: 0) } is not closed. Mend it, then try again.
# $columns (String) names of columns
import-file-missing-columns = Required columns were not found: { $columns }. Add their headings, then try again.
import-file-doubled-columns = These columns stand twice: { $columns }. Remove one of each, then try again.

## Why a row is refused or remarked upon, and what to do: the codes of domain/cards/register_cells.py

import-reason-no-letter = There is no name here: not a single letter.
import-suggestion-no-letter = Write the person's name.
import-reason-empty = This cell is empty.
import-suggestion-empty = Fill it in.
import-reason-formula = This cell holds a formula.
import-suggestion-formula = Paste it as a value, not as a formula.
import-reason-line-break = This cell holds several lines of text.
import-suggestion-line-break = Make it one line; check the quotation marks (") as well.
# $most (Number) the most characters
import-reason-too-long = This text is longer than { $most } characters.
import-suggestion-too-long = Shorten it.

import-reason-nik-scientific = The NIK has become something like 3.52E+15, so its digits are lost.
import-suggestion-nik-scientific = Format the NIK column as Text, then type the NIK again from the KTP or family card.
import-reason-nik-rounded = The NIK is stored as a number; the spreadsheet has replaced the 16th digit by 0.
import-suggestion-nik-rounded = Format the NIK column as Text, then type the NIK again from the KTP or family card.
# $count (Number) how many digits there are
import-reason-nik-not-16-digits = A NIK has 16 digits, here there are { $count }.
import-suggestion-nik-not-16-digits = { $count ->
    [15] A zero may have been lost. Check the NIK on the KTP or family card, and format the NIK column as Text.
   *[other] Check the NIK on the KTP or family card.
}
import-reason-nik-bad-date = Digits 7 to 12 of this NIK are no date that exists.
import-suggestion-nik-bad-date = Check the NIK on the KTP or family card.
import-reason-nik-bad-region = The first six digits of this NIK are no region.
import-suggestion-nik-bad-region = Check the NIK on the KTP or family card.
import-reason-nik-bad-serial = The last four digits of a NIK are never 0000.
import-suggestion-nik-bad-serial = Format the NIK column as Text, then type the NIK again from the KTP or family card.

# $example (String) a registration number
import-reason-number-bad-shape = This is no registration number.
import-suggestion-number-bad-shape = One looks like { $example }.
import-reason-number-bad-check = The check character at the end of the registration number does not fit.
import-suggestion-number-bad-check = One character is wrong, or two are swapped; check the receipt.
import-reason-point-elsewhere = This belongs to another service point; the token is for one point only.
import-suggestion-point-elsewhere = Send this row with a token of that point, or of the whole office.
import-reason-number-held = This registration number belongs to another NIK already.
import-suggestion-number-held = Check the registration number and the NIK in the applicant's file.

# $known (String) ids that are known
import-reason-service-unknown = This service is not known.
import-suggestion-service-unknown = Use one of: { $known }; or choose its meaning at the console, after the file was checked.
import-reason-point-unknown = This place is not known and was not stored.
import-suggestion-point-unknown = Use one of: { $known }; or choose its meaning at the console, after the file was checked.
import-reason-date-unreadable = This date cannot be read.
import-suggestion-date-unreadable = Write it like 2026-11-24 or 24/11/2026.
import-reason-date-unlikely = This date is before 2000 or more than a year ahead.
import-suggestion-date-unlikely = Check the year.
import-reason-bad-phone = This is no Indonesian telephone number, so it was not stored.
import-suggestion-bad-phone = Write it like 0812 3456 7890.

# $code (String) the status code of the office's list
import-reason-status-unknown = The status { $code } is not known; it was stored as it is.
import-suggestion-status-unknown = Applicants are only told that their case is in hand. Use one of the known status codes.
import-reason-damaged = There is a damaged character (NUL) in this cell.
import-suggestion-damaged = Type the cell anew and import again.

import-reason-date-ahead = The date of this status has not come yet.
import-suggestion-date-ahead = This status counts from today. Check the date; a right row in a later import replaces it.
# $row (Number) the row that counts
import-reason-repeated = This registration number stands again in row { NUMBER($row, useGrouping: 0) }.
import-suggestion-repeated = Row { NUMBER($row, useGrouping: 0) } is the one that counts.

# $rows rows; $codes the codes with their number of rows
import-stopped = This file was not imported: { $rows } rows have status codes that are not known: { $codes }. Write their stages into [import.codes] of the office file or choose them in the console, then import again; with --accept-unknown they are stored as they are.
import-backward = Attention: { $count } statuses return to an earlier stage. Check whether this is an old file.
# $id number of the import
import-undoable = This import can be taken back for 24 hours: loket import --undo { NUMBER($id, useGrouping: 0) }
import-step-undoing = Taking back
import-undone = The import was taken back: { $restored } applications are as before, { $kept } stay because something newer stands.
import-undone-kept = These stay: { $numbers }
import-undo-unknown = There is no finished import of that number. Check it in the result of the import.
import-undo-late = This import is more than 24 hours old and cannot be taken back any more. Import the right list.
import-undo-undone = This import was taken back before.

import-template-sheet = Register
import-template-about = About
import-template-required = required
import-template-optional = if known
import-template-cells = All cells are text: type NIK and number in full, dates like 24/11/2026, a status like Siap diambil or Menunggu blangko.
import-folder-held = This file was not imported, because many statuses return to an earlier stage. Check it, then import it at the console if that is right.
import-folder-fault = Something went wrong on our side, so this file was not imported. Put it there again, or tell the operator.
