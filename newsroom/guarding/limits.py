"""How many times in how many seconds: the table that `foundation.limiting` reads as settings.LIMITS.

Chosen on 1 December 2026 for a school of 1,500 behind one network address, of whom one class (45) does the
same thing at once; pages that are kept already, pictures of stories and static files are not counted. The
reasons: docs/decisions/0033-brakes-and-sessions.md.
"""

LIMITS: dict[str, tuple[int, int]] = {
    "search": (300, 60),  # by address: a class that searches 6 times a minute each
    "verify": (300, 60),  # by address: a hall that scans its certificates; guessing needs 10^12 tries
    "check_file": (20, 60),  # by address: a signed file that a reader drops; each takes a second of a core
    "table": (30, 60),  # by address: the whole register as a file
    "preview": (300, 60),  # by address: pages behind private links
    "preview_photo": (3000, 60),  # by address: their pictures, ten a page
    "print_picture": (240, 60),  # by person: a box moved with the keys is drawn anew at each pause
    "api": (120, 60),  # by address: servers of schools; docs/api.md promises this figure
    # Failed sign-ins of strangers. A room of 45 who sign in for the first time from printed sheets, each
    # wrong twice, stays within; a device on which its person signed in before is counted alone.
    "sign_in": (8, 900),  # by name and address
    "sign_in_name": (30, 3600),  # by name, from everywhere
    "sign_in_network": (120, 900),  # by address, over all names
    "sign_in_network_day": (400, 86_400),
    "sign_in_device": (10, 900),
    "password_reset": (30, 3600),  # by address: a school's first day with new accounts
    "key": (300, 60),  # by address: a training room whose pages of signing in ask for keys by themselves
    "entry_code": (200, 3600),  # by address: a training room of 45 with printed sheets, some mistyped
    "password_reset_name": (3, 3600),  # by account: nobody fills another's mailbox
}
