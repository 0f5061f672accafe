from tests.browser.conftest import *
from tests.browser.visits import *
@pytest.mark.parametrize("size,scheme",[(WIDE,"dark"),(NARROW,"light")])
def test_x(open_page, live_server, screenshot, size, scheme):
    page=open_page(size,scheme)
    sign_in(page, AN)
    for n,a in (("home",HOME),("people",f"{HOME}/people"),("person",f"{HOME}/people/32"),("rosters",f"{HOME}/rosters")):
        page.goto(a)
        if n=="people":
            page.locator("#people-rows input").first.check(); page.locator("#people-rows input").nth(2).check()
        screenshot(page,"z-"+n)
    page.goto(f"{HOME}/rosters"); page.locator("#workbook").set_input_files(DIRTY); page.get_by_role("button",name="Tải lên").click(); page.wait_for_url("**/rosters/*"); screenshot(page,"z-review")
    if size==NARROW:
        page.get_by_role("button",name="Mục lục").click(); page.screenshot(path="/tmp/stshots/z-menu-360-light.png")
def test_y(open_page, live_server, screenshot):
    page=open_page(); sign_in(page, DIEP); screenshot(page,"z-agency"); page.emulate_media(media="print"); screenshot(page,"z-agency-print")
    page.emulate_media(media="screen"); page.goto(f"{HOME}/people/32"); page.emulate_media(media="print"); screenshot(page,"z-person-print")
    page.emulate_media(media="screen"); page.evaluate("document.querySelector('button[name=language][value=en]').click()"); page.wait_for_url("**/people/32*"); page.goto(HOME); screenshot(page,"z-home-en")
    page.set_viewport_size(NARROW)
