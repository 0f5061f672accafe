"""Words for parents, guardians and whom to call: in headings, in cells of their own, and before or behind a name."""

from __future__ import annotations

from app.domain.names import fold, tidy

# Whose column it is, at either end of a heading ("SĐT mẹ", "Mẹ: họ tên"). Longer ones first, so that "cha mẹ" isn't taken for "mẹ".
ROLES: tuple[tuple[str, str], ...] = (
    *((phrase, "contact") for phrase in (
        "khi can bao tin cho ai o dau", "khi can bao tin cho ai", "khi can bao tin cho", "khi can bao tin", "bao tin khi can",
        "khi can lien he voi ai", "khi can lien he voi", "khi can lien he", "khi can lien lac", "nguoi lien he khi can",
        "nguoi lien he khan cap", "nguoi lien lac khi can", "nguoi lien lac khan cap", "nguoi lien he", "nguoi lien lac",
        "nguoi can bao tin", "nguoi duoc bao tin", "nguoi bao tin", "nguoi nhan tin nhan", "nguoi nhan tin", "nguoi nhan thong bao",
        "nguoi lh khan cap", "nguoi lh khi can", "nguoi lh", "lh khan cap", "lh khi can",
        "lien he khi khan cap", "lien he khan cap", "lien lac khan cap", "lien he khi can", "lien lac khi can", "khan cap", "khi can",
        "bao tin", "emergency contact person", "emergency contact", "contact person", "emergency",
    )),
    ("con cua ong ba", "parent"), ("con ong ba", "parent"), ("con cua ong", "father"), ("con cua ba", "mother"),
    ("con ong", "father"), ("con ba", "mother"),  # of a village's list: whose child it is
    ("chu ho nguoi bao ho", "guardian"), ("chu ho nguoi giam ho", "guardian"),
    ("phu huynh hoc sinh", "parent"), ("phu huynh dang ky", "parent"), ("phu huynh dai dien", "parent"), ("ph dang ky",
     "parent"), ("cha me hoac nguoi giam ho",
     "parent"), ("bo me hoac nguoi giam ho", "parent"),
    ("father s", "father"), ("mother s", "mother"), ("parent s", "parent"), ("guardian s", "guardian"),
    ("cha me hoc sinh", "parent"), ("bo me hoc sinh", "parent"), ("nguoi giam ho", "guardian"),
    ("nguoi bao ho", "guardian"), ("nguoi dai dien", "guardian"), ("cha hoac me", "parent"), ("bo hoac me", "parent"),
    ("nguoi nuoi duong", "guardian"), ("nguoi do dau", "guardian"),
    ("phu huynh", "parent"), ("gia dinh", "parent"), ("giam ho", "guardian"), ("cha ruot", "father"), ("bao ho", "guardian"),
    ("me ruot", "mother"), ("bo ruot", "father"), ("cha de", "father"), ("bo de", "father"),
    ("me de", "mother"), ("cha me", "parent"), ("bo me", "parent"), ("ba me", "parent"), ("phhs", "parent"),
    ("cmhs", "parent"), ("ngh", "guardian"), ("father", "father"), ("mother", "mother"), ("parent", "parent"), ("guardian", "guardian"),
    ("cha", "father"), ("bo", "father"), ("ba", "father"), ("me", "mother"), ("ma", "mother"), ("ph", "parent"),
)  # fmt: skip

# "Cán bộ" and "Mã" fold to the same letters as "bố" and "má": those short words count only as they are really written.
WRITTEN_ROLES = {"bo": ("bố", "bo"), "ba": ("ba",), "ma": ("má",)}

# A cell that is nothing but a word for either, folded.
PARENTS = {
    "father": frozenset({"cha", "bo", "ba", "cha ruot", "bo ruot", "father", "bo de", "cha de", "thay"}),
    "mother": frozenset({"me", "ma", "me ruot", "mother", "me de", "u", "bam"}),
}

# Patterns of what stands beside a name, as written. Names begin with "Ba" and "Má", too: those count only before a colon or in brackets.
FATHER, MOTHER = r"bố|cha", r"mẹ"
FATHER_MARKED, MOTHER_MARKED = r"ba", r"má"
RELATIVE = r"(?:(?:ông|bà)\s+(?:nội|ngoại)|(?:bố|cha|mẹ)\s+(?:nuôi|kế|dượng)|(?:người )?giám hộ|phụ huynh)"  # "Bà:" alone is a title
RELATIVE_IN_BRACKETS = rf"(?:{RELATIVE}|ông|bà|cô|dì|chú|bác|cậu|mợ|thím|dượng)"

IN_THE_PLACE_OF_PARENTS = r"(?:bố|cha|ba|mẹ|má)\s+(?:nuôi|kế|dượng|ghẻ|đỡ đầu)|dượng|(?:người\s+)?giám hộ"
RELATIVES = r"(?:ông|bà)\s+(?:nội|ngoại|cố|cậu)|ông bà(?:\s+(?:nội|ngoại))?|(?:anh|chị)\s+(?:trai|gái|ruột|cả|họ)|bác|cô|chú|dì|cậu|mợ|thím"
TITLES = r"ông|bà|anh|chị|phụ huynh"  # of anybody: "Bà Lê Thị Hoa" is a mother as well as a grandmother

# What stands in the place of a name where there is nobody, or nobody at home.
REMARKS = (
    r"ở (?:với|cùng|chung|nhà|xa)|sống (?:với|cùng|chung)|mồ côi|không (?:có|rõ|biết|còn|ở|cha|bố|mẹ)|chưa (?:có|rõ|biết)"
    r"|đi (?:làm|xa|nước|biển|tù|lao động|vắng|học|công tác|nơi)|đang (?:đi|ở|làm)|làm (?:xa|ăn|ruộng|nông|công|thuê|vườn|rẫy|nghề|việc)"
    r"|đã (?:mất|chết|ly|li|bỏ|đi)|(?:bố|cha|mẹ) (?:mất|chết|bỏ|ly|li|đi|đều|làm|ở)|ly (?:hôn|dị|thân)|li (?:hôn|dị|thân)|bỏ (?:đi|nhà|con)"
    r"|qua đời|xa nhà|nước ngoài|mất sớm|làng trẻ|nhà mở|\(\s*(?:mất|chết)\s*\)|^(?:mất|chết|xa)$|nội trợ|tự do|nông dân|công nhân"
)


def parent_of(text: str) -> str | None:
    """Father or mother, where a text is nothing but a word for either."""
    word = fold(text).strip(" .")
    if word == "ba" and "à" in tidy(text).lower():
        return None  # "Bà", a grandmother, folds to "ba"
    return next((relation for relation, words in PARENTS.items() if word in words), None)
