from ..refs import image, purpose

NEWSLETTER = {
    "title": "Newsletter",
    "slug": "newsletter",
    "heading": "The Growth Ring",
    "seo_title": "The Growth Ring: our newsletter",
    "search_description": "Four letters a year about old houses, wood and warmth.",
    "intro": (
        "Our letter about old houses comes four times a year, once for every season. "
        "It takes six minutes to read and never contains the word “innovative”."
    ),
    "body": [
        (
            "form",
            {
                "heading": "The Growth Ring by e-mail",
                "intro": (
                    "<p>We need an address and your tick. Afterwards we send one "
                    "e-mail to make sure that it was you who signed up.</p>"
                ),
                "fields": [],
                "boxes": [{"purpose": purpose("newsletter"), "condition": "subject"}],
                "button": "Subscribe",
                "sent_text": (
                    "<p>Please look into your mailbox: the letter starts once you "
                    "have confirmed your address there.</p>"
                ),
                "confirm_text": (
                    "<p>One click, and the next letter finds its way to you.</p>"
                ),
                "done_text": (
                    "<p>Welcome! The next letter comes with the next season. Every "
                    "letter ends with a link by which you can leave again.</p>"
                ),
            },
        ),
        (
            "paragraph",
            "<h2>What it is about</h2>"
            "<ul>"
            "<li>One house a letter: what was wrong, what was done, what it cost</li>"
            "<li>One detail, drawn so that you can show it to your carpenter</li>"
            "<li>Dates: open workshop days, courses, fairs</li>"
            "</ul>"
            "<p>What it is not about: vouchers, countdowns and webinars.</p>",
        ),
        (
            "image",
            {
                "image": image("board"),
                "alt_text": (
                    "A log with its growth rings; chips turn into a stack of boards"
                ),
            },
        ),
        (
            "quote",
            {
                "text": "The only newsletter that I print out.",
                "name": "Veit Brandl",
                "role": "carpenter, subscriber since letter 3",
            },
        ),
    ],
}
