from ..refs import document, image, purpose

GUIDE = {
    "title": "Guide",
    "slug": "guide",
    "heading": "Old walls, warm rooms",
    "seo_title": "Old walls, warm rooms: the guide to insulating from the inside",
    "search_description": (
        "A free PDF guide to insulating an old house from the inside with wood fibre."
    ),
    "intro": (
        "How to insulate an old house from the inside and sleep well afterwards: "
        "our guide for owners, in six pages."
    ),
    "body": [
        (
            "form",
            {
                "heading": "Where may we send it?",
                "intro": (
                    "<p>You get one e-mail with a link. One click on it, and the "
                    "guide is yours.</p>"
                ),
                "fields": [
                    (
                        "singleline",
                        {
                            "label": "What should we call you?",
                            "help_text": "If you like. It only stands in our notes.",
                            "required": False,
                            "name": "name",
                            "autocomplete": "given-name",
                        },
                    ),
                ],
                "boxes": [{"purpose": purpose("newsletter"), "condition": ""}],
                "promise": {"document": document("guide-en")},
                "button": "Send me the guide",
                "sent_text": (
                    "<p>We have just sent you an e-mail. Please open it and confirm "
                    "that the address is yours. The guide follows at once.</p>"
                ),
                "confirm_text": (
                    "<p>One click, and we know that the guide has reached the right "
                    "letterbox.</p>"
                ),
                "done_text": "<p>Make some tea, here is your guide.</p>",
            },
        ),
        (
            "paragraph",
            "<h2>What is in it</h2>"
            "<ul>"
            "<li>What your wall is made of, and how to find out without drilling</li>"
            "<li>Where the moisture goes, in one drawing</li>"
            "<li>The right thickness: a table instead of a sales talk</li>"
            "<li>Beam ends, window reveals, party walls: the details that decide</li>"
            "<li>Seven mistakes that we see again and again</li>"
            "<li>A checklist for the talk with your builder</li>"
            "</ul>",
        ),
        (
            "image",
            {
                "image": image("cover-en"),
                "alt_text": (
                    "Cover of the guide: a small house with lit windows between spruces"
                ),
            },
        ),
        (
            "paragraph",
            "<h2>Who wrote it</h2>"
            "<p>Jana Hölzl has looked after building sites for us since 2009 and has "
            "seen more beam ends than anybody should. Everything in the guide holds "
            "for boards from other makers, too.</p>",
        ),
    ],
}
