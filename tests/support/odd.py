"""Invalid input where a number, a day, a code or a name is expected."""

NO_NUMBERS = (
    "",
    "mau",
    "0",
    "-1",
    "1.5",
    "²",  # isdigit() accepts it, int() does not
    "٣",  # isdecimal() accepts it, int() returns 3
    "９９",
    "9223372036854775808",  # 2^63: nineteen digits that no column holds
    "9999999999999999999",
    "9" * 4400,  # more than int() accepts
)
NO_DAYS = (
    "2026-02-31",
    "31/02/2026",
    "0001-01-01",
    "9999-12-31",
    "99999999999999 hari lagi",
    "09:00+07:00",
    "25:61",
)
NO_CODES = (
    "a\0b",
    "\ud800",
    "\u202e",
    "../../etc/passwd",
    "%2e%2e%2f%00",
    "'; DROP TABLE chats --",
    "<script>alert(1)</script>",
    "{nama}",
    "s_",
    "s_MJK-261102-0007-Z",
    "xx",
    "x" * 3000,
    "🙂" * 20,
    "1:2:3",
)
ODD = (*NO_NUMBERS, *NO_DAYS, *NO_CODES)
WORST = ("²", "9999999999999999999", "9" * 4400, "a\0b", "09:00+07:00")
"""One of each kind, for tests where all would take too long."""
FOR_DATABASES = ("a\0b", "9999999999999999999")
"""Values that each database refuses differently."""
