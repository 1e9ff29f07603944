"""Scripts and other parts of a page wait for the service that they name."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template

from tests.cookies import world
from wagtail_consent.cookies.gate import place, scripts, services

pytestmark = pytest.mark.django_db

SRC = "https://figures.example/f.js"


@pytest.fixture(autouse=True)
def fresh():
    place.forget()
    services.complain.cache_clear()


@pytest.fixture
def figures():
    world.site()
    return world.service("figures", hosts="figures.example")


def rendered(source, **context):
    return Template("{% load consent_cookies %}" + source).render(Context(context))


def script(arguments, code="", **context):
    text = f"{{% consent_script {arguments} %}}{code}{{% endconsent_script %}}"
    return rendered(text, **context)


def part(html, key="figures", **context):
    text = f'{{% consent_part "{key}" %}}{html}{{% endconsent_part %}}'
    return rendered(text, **context)


def only(html):
    (element,) = BeautifulSoup(html, "html.parser").find_all(True, recursive=False)
    return element


def test_an_external_script_is_data_until_it_is_allowed(figures):
    element = only(script(f'"figures" src="{SRC}" async=True id="f"'))
    assert element.attrs == {
        "async": "",
        "data-sc": "figures",
        "data-sc-src": SRC,
        "id": "f",
        "type": "text/plain",
    }


def test_code_waits_with_the_pages_nonce(figures):
    html = script('"figures" nonce=nonce', " run(1 < 2 && 3) ", nonce="a'b")
    element = only(html)
    assert element["nonce"] == "a'b" and element["type"] == "text/plain"
    assert element.string == "run(1 < 2 && 3)"


def test_a_module_stays_one(figures):
    element = only(script(f'"figures" src="{SRC}" type="module"'))
    assert (element["type"], element["data-sc-type"]) == ("text/plain", "module")


def test_code_cannot_end_its_element(figures):
    html = script('"figures"', "a = '</SCRIPT><img src=x><!--'")
    assert only(html).string == r"a = '\x3C/SCRIPT><img src=x>\x3C!--'"


@pytest.mark.parametrize("src", ['x" onload="evil()', "x' y='", "</script><img>"])
def test_a_hostile_address_stays_an_attribute(figures, src):
    element = only(script('"figures" src=src', src=src))
    assert element["data-sc-src"] == src and "onload" not in element.attrs


@pytest.mark.parametrize(
    "attribute",
    ["onload", "style", "data_x onload", "data_sc", "data_sc_src", "data_then"],
)
def test_an_attribute_that_scripts_lack_is_an_error(figures, attribute):
    with pytest.raises(ValueError, match="has no attribute"):
        scripts.gated("figures", place.offer(), SRC, **{attribute: "x"})


def test_a_pasted_element_is_an_error_that_says_what_to_do(figures):
    with pytest.raises(ValueError, match="without its script element"):
        script('"figures"', " <Script>run()</script>")


@pytest.mark.parametrize("way", [lambda key: script(f'"{key}"', "run()"), None])
def test_an_unknown_service_fails_closed_and_is_logged_once(figures, caplog, way):
    way = way or (lambda key: part("<img src=/x>", key))
    assert way("nobody") == way("nobody") == ""
    assert [it.message for it in caplog.records] == [
        "A template waits for a service that isn't published: nobody."
    ]


def test_a_service_that_is_switched_off_fails_closed(figures):
    figures.unpublish()
    world.offer.forget()
    assert script('"figures"', "run()") == part("<img src=/x>") == ""


def test_necessary_services_wait_for_nobody(figures):
    world.service("pay", "necessary")
    element = only(script('"pay" src="https://pay.example/p.js"'))
    assert element.attrs == {"src": "https://pay.example/p.js"}
    assert part("<img src=/x>", "pay") == "<img src=/x>"


def test_a_part_waits_in_a_template(figures):
    element = only(part('<img src="https://figures.example/1" alt="">'))
    assert element.name == "template" and element["data-sc"] == "figures"
    assert element.img["src"] == "https://figures.example/1"


def test_a_part_with_a_title_says_what_waits(figures):
    source = (
        '{% consent_part "figures" title="A map" url="https://maps.example/?a" %}'
        '<iframe src="https://figures.example/1"></iframe>{% endconsent_part %}'
    )
    element = only(rendered(source))
    assert element["data-sc-embed"] == "figures"
    assert element.strong.string == "A map"
    assert element.template.iframe["src"] == "https://figures.example/1"
    [link] = element.find_all("a", string=re.compile("maps.example"))
    assert link["href"] == "https://maps.example/?a"


def test_a_part_that_could_get_out_is_left_out(figures, caplog):
    assert part("<base href=//evil.example>") == ""
    assert "is left out" in caplog.text


def test_what_an_editor_wrote_into_a_part_is_escaped_as_ever(figures):
    html = part("<p>{{ text }}</p>", text="</p></template><script>x</script>")
    assert only(html).p.string == "</p></template><script>x</script>"


def test_a_service_that_listens_is_told_before_its_script_comes(figures):
    world.service("ads", "marketing", signal="google")
    world.service("clicks", "statistics", signal="matomo")
    element = only(script(f'"ads" src="{SRC}" async=True nonce="n"'))
    assert element["data-sc-src"].endswith("/site-choice-signals.js")
    assert element["data-signals"] == "clicks:matomo:statistics ads:google:marketing"
    assert element["nonce"] == "n"
    attributes = {"async": "", "src": SRC}
    assert json.loads(element["data-then"]) == {"attributes": attributes, "code": ""}


def test_the_code_of_a_service_that_listens_comes_after_it_too(figures):
    world.service("ads", "marketing", signal="google")
    element = only(script('"ads"', "run('</script>')"))
    assert json.loads(element["data-then"])["code"] == "run('</script>')"
    assert not element.string


def test_no_byte_depends_on_the_visitor(figures, rf):
    texts = []
    for cookie in ("", "1.00000000.x.figures..."):
        request = rf.get("/", headers={"cookie": f"site-choice={cookie}"})
        texts.append(script('"figures"', "run()", request=request))
    assert texts[0] == texts[1]
