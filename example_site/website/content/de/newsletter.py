from ..refs import image, purpose

NEWSLETTER = {
    "title": "Newsletter",
    "slug": "newsletter",
    "heading": "Der Jahresring",
    "seo_title": "Der Jahresring: unser Newsletter",
    "search_description": "Vier Briefe im Jahr über alte Häuser, Holz und Wärme.",
    "intro": (
        "Unser Brief über alte Häuser kommt viermal im Jahr, einmal zu jeder "
        "Jahreszeit. Er liest sich in sechs Minuten, und das Wort „innovativ“ kommt "
        "nicht darin vor."
    ),
    "body": [
        (
            "form",
            {
                "heading": "Der Jahresring per E-Mail",
                "intro": (
                    "<p>Wir brauchen eine Adresse und Ihr Häkchen. Danach schicken "
                    "wir eine E-Mail, um sicher zu sein, dass Sie es waren.</p>"
                ),
                "fields": [],
                "boxes": [{"purpose": purpose("newsletter"), "condition": "subject"}],
                "button": "Abonnieren",
                "sent_text": (
                    "<p>Bitte schauen Sie in Ihr Postfach: Sobald Sie dort Ihre "
                    "Adresse bestätigt haben, geht es los.</p>"
                ),
                "confirm_text": (
                    "<p>Ein Klick, und der nächste Brief findet den Weg zu Ihnen.</p>"
                ),
                "done_text": (
                    "<p>Willkommen! Der nächste Brief kommt mit der nächsten "
                    "Jahreszeit. Am Ende jedes Briefs steht ein Link, mit dem Sie "
                    "wieder gehen können.</p>"
                ),
            },
        ),
        (
            "paragraph",
            "<h2>Worum es geht</h2>"
            "<ul>"
            "<li>In jedem Brief ein Haus: was im Argen lag, was getan wurde, was es "
            "gekostet hat</li>"
            "<li>Eine Stelle am Bau, so gezeichnet, dass Ihre Zimmerei sie versteht"
            "</li>"
            "<li>Termine: offene Werkhalle, Kurse, Messen</li>"
            "</ul>"
            "<p>Worum es nicht geht: Gutscheine, Countdowns und Webinare.</p>",
        ),
        (
            "image",
            {
                "image": image("board"),
                "alt_text": (
                    "Ein Stamm mit Jahresringen; aus Spänen wird ein Stapel Platten"
                ),
            },
        ),
        (
            "quote",
            {
                "text": "Der einzige Newsletter, den ich mir ausdrucke.",
                "name": "Veit Brandl",
                "role": "Zimmermann, dabei seit dem dritten Brief",
            },
        ),
    ],
}
