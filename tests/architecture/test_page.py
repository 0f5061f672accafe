"""The checker that every answer of the program passes (tests/page.py) sees what it should, and nothing else."""

from __future__ import annotations

import pytest

from tests.page import Form, Page

SOUND = """<!doctype html><html lang="vi"><head><title>Lớp 6A1</title></head><body>
<h1>Lớp 6A1</h1>
<form method="post" action="/classes">
  <input type="hidden" name="revision" value="7">
  <label for="name">Tên</label> <input id="name" name="name" value="An">
  <label>Ghi chú <textarea name="note">Có</textarea></label>
  <select name="state" aria-label="Trạng thái">
    <option value="declared">Đã khai</option><option value="granted" selected>Đã cấp</option>
  </select>
  <fieldset><legend>Khối</legend>
    <label><input type="checkbox" name="grade" value="6" checked>6</label>
    <label><input type="checkbox" name="grade" value="7" checked>7</label>
    <label><input type="checkbox" name="grade" value="8">8</label>
  </fieldset>
  <button>Lưu</button>
</form>
<table><tr><th>Họ tên</th></tr><tr><td>Trần  Thị <b>Bình</b></td></tr></table>
<a href="/people">Người tham gia</a> <a href="#name">Tên</a>
</body></html>"""


def test_sound_html_has_no_problems():
    assert Page(SOUND).problems() == []


@pytest.mark.parametrize(
    ("sound", "unsound", "problem"),
    [
        ('<html lang="vi">', "<html>", "<html> has no lang"),
        ("<title>Lớp 6A1</title>", "<title></title>", "there should be one title with text"),
        ("<h1>Lớp 6A1</h1>", "", "there should be one h1 with text"),
        ("<h1>Lớp 6A1</h1>", "<h1>Một</h1><h1>Hai</h1>", "there should be one h1 with text"),
        ('<label for="name">Tên</label>', "", "a field has no label"),
        ('<label for="name">Tên</label>', '<label for="name"></label>', "a field has no label"),
        (' aria-label="Trạng thái"', "", "a field has no label"),
        ("<b>Bình</b>", '<b id="name">Bình</b>', "the id «name» is used 2 times"),
        ("<b>Bình</b>", "<b>Bình", "line 17"),
        ("<b>Bình</b>", '<img src="/x.png">', "a picture has no alt"),
        ("<b>Bình</b>", '<button type="button"><img src="/x.png" alt=""></button>', "a button has no text"),
        (">Người tham gia</a>", "></a>", "a link has no text"),
        ('href="#name"', 'href="#nowhere"', "a link leads to no id here"),
        ('name="name"', 'name="name" aria-describedby="nowhere"', "aria-describedby names no id here"),
    ],
)
def test_each_fault_is_seen(sound: str, unsound: str, problem: str):
    assert problem in "\n".join(Page(SOUND.replace(sound, unsound, 1)).problems())


@pytest.mark.parametrize(
    "fragment", ['<tr id="row"><td>An</td></tr>', "<option>6A1</option>", '<div id="rail"><p>12</p></div>', "<li>An</li>", ""]
)
def test_a_fragment_needs_no_frame(fragment: str):
    assert Page(fragment).problems() == []


@pytest.mark.parametrize("fragment", ["<div><div></div>", "<div><span></div>", '<input name="q">', '<i id="a"></i><i id="a"></i>'])
def test_a_fragment_is_checked_too(fragment: str):
    assert Page(fragment).problems() != []


def test_a_page_can_be_read():
    page = Page(SOUND)
    assert (page.title, page.h1, page.link("Người tham gia")) == ("Lớp 6A1", "Lớp 6A1", "/people")
    assert page.rows() == [["Họ tên"], ["Trần Thị Bình"]]
    values = {"revision": "7", "name": "An", "note": "Có", "state": "granted", "grade": ["6", "7"]}
    assert page.form() == Form("/classes", "post", values)
