### Refusals that people can mend themselves: refusal-<code of domain/refusals.py>.

# $count (Number) how many digits were typed; 0 if none
refusal-nik-not-16-digits = { $count ->
    [0] Please type the NIK: 16 digits, as on the identity card or family card.
    [one] A NIK has 16 digits; that was { $count } digit. Please check and type it again.
   *[other] A NIK has 16 digits; that was { $count } digits. Please check and type it again.
}
refusal-nik-bad-date = That NIK is not right yet: digits 7 to 12 are no existing date. Please check and type it again.
refusal-nik-bad-region = That NIK is not right yet: the first six digits are no region. Please check and type it again.
refusal-nik-bad-serial = That NIK is not right yet: the last four digits cannot be 0000. Please check and type it again.
refusal-bad-last-four = Please type the last 4 digits of the NIK, as on the identity card or family card.

# $example (String) a number in the form that the office uses
refusal-number-bad-shape = That does not look like a registration number yet. An example: { $example }; see the receipt.
refusal-number-bad-check = One letter or digit of that registration number is wrong. Please check and type it again.

refusal-bad-phone = That is not an Indonesian telephone number. An example: 0812 3456 7890.

# $until (DateTime) when to try again
refusal-too-many-tries = Too many tries did not match. To protect your data, please try again at { CLOCK($until) } ({ DAY($until) }), or type *officer*.

refusal-not-allowed = Sorry, you are not allowed to do that.
refusal-bad-code = That staff code is unknown, already used or older than 24 hours. Please ask an admin for a new one.
refusal-slot-full = Sorry, that seat has just been taken. Please choose another time.
