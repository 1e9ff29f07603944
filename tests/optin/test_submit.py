"""A visitor sends a form."""

from tests.optin import world as worlds
from tests.optin.world import World
from wagtail_consent.permission import may_contact


def test_first_lead_from_form_to_download(world: World) -> None:
    response = world.post(consent_newsletter="on", name="Ann")
    assert response.status_code == 303
    assert not may_contact("ann@example.org", "newsletter")
    [asking] = worlds.deliver()
    confirm = worlds.link_in(asking, "confirm")
    done = world.client.post(confirm)
    assert done.status_code == 303
    assert may_contact("ann@example.org", "newsletter")
    page = world.client.get(done["Location"])
    assert page.status_code == 200
    [delivered] = worlds.deliver()
    file = world.client.get(worlds.link_in(delivered, "download"))
    assert b"".join(file.streaming_content) == worlds.PDF
