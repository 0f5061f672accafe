"""Whether a text is a name such as people in Viet Nam have."""

from __future__ import annotations

from app.domain.names import fold

# The family names that nine of ten people in Viet Nam have, folded.
_FAMILIES = frozenset(
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh trinh truong lam mai dao doan luong ha cao ta thai luu "
    "to ton chu quach kieu vuong tong la nong giang chau trieu hua phung dam bach thach".split()
)
_WORDS = range(2, 7)
_LONGEST = 60


def is_usual_name(text: str) -> bool:
    words = fold(text).split() if len(text) < _LONGEST else []
    return len(words) in _WORDS and words[0] in _FAMILIES and all(word.isalpha() for word in words)
