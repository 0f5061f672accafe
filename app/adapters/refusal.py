"""Why a file can't be taken as a picture of a paper."""

from __future__ import annotations


class Unusable(Exception):
    """The file can't be kept. `code` names why (kebab-case); `text` is an English msgid that says what to do, `params` fills it in."""

    def __init__(self, code: str, text: str, **params: str | int) -> None:
        super().__init__(text % params if params else text)
        self.code, self.text, self.params = code, text, params


def damaged() -> Unusable:
    return Unusable("damaged", "The picture is damaged or cut off. Take it again, or send it once more.")
