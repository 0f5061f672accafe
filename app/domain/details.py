"""The plain details of a person, listed once for all who go through them: rosters, what rosters did, pages that compare two people."""

from __future__ import annotations

# Numbers that name one person of an institution.
OWN_NUMBERS = ("personal_id", "bhxh_code", "pupil_code", "staff_code")

# What somebody is found by besides the name.
FOUND_BY = (*OWN_NUMBERS, "phone", "email")

# What is kept of a person as a roster gives it; the name has keys beside it, and the unit is a row of its own.
PLAIN = ("birth_date", "birth_year", "sex", "personal_id", "old_id", "bhxh_code", "pupil_code", "staff_code", "phone", "email", "position")
