from ..refs import document, image, purpose

GUIDE = {
    "title": "Ratgeber",
    "slug": "ratgeber",
    "heading": "Alte Mauern, warme Räume",
    "seo_title": "Alte Mauern, warme Räume: der Ratgeber zur Innendämmung",
    "search_description": (
        "Ein kostenloser PDF-Ratgeber zur Innendämmung alter Häuser mit Holzfaser."
    ),
    "intro": (
        "Wie man ein altes Haus von innen dämmt und danach gut schläft: unser "
        "Ratgeber für alle, denen eines gehört, auf sechs Seiten."
    ),
    "body": [
        (
            "form",
            {
                "heading": "Wohin dürfen wir ihn schicken?",
                "intro": (
                    "<p>Sie bekommen eine E-Mail mit einem Link. Ein Klick darauf, "
                    "und der Ratgeber gehört Ihnen.</p>"
                ),
                "fields": [
                    (
                        "singleline",
                        {
                            "label": "Wie dürfen wir Sie nennen?",
                            "help_text": (
                                "Wenn Sie mögen. Es steht nur in unseren Notizen."
                            ),
                            "required": False,
                            "name": "name",
                            "autocomplete": "given-name",
                        },
                    ),
                ],
                "boxes": [{"purpose": purpose("newsletter"), "condition": ""}],
                "promise": {"document": document("guide-de")},
                "button": "Ratgeber anfordern",
                "sent_text": (
                    "<p>Wir haben Ihnen gerade eine E-Mail geschickt. Bitte öffnen "
                    "Sie sie und bestätigen Sie, dass die Adresse Ihnen gehört. Der "
                    "Ratgeber folgt sofort.</p>"
                ),
                "confirm_text": (
                    "<p>Ein Klick, und wir wissen, dass der Ratgeber im richtigen "
                    "Briefkasten gelandet ist.</p>"
                ),
                "done_text": (
                    "<p>Kochen Sie sich einen Tee, hier ist Ihr Ratgeber.</p>"
                ),
            },
        ),
        (
            "paragraph",
            "<h2>Das steht drin</h2>"
            "<ul>"
            "<li>Woraus Ihre Wand besteht, und wie Sie das ohne Bohrer herausfinden"
            "</li>"
            "<li>Wohin die Feuchte geht, in einer Zeichnung</li>"
            "<li>Die richtige Dicke: eine Tabelle statt eines Verkaufsgesprächs</li>"
            "<li>Balkenköpfe, Laibungen, Trennwände: die Stellen, an denen es sich "
            "entscheidet</li>"
            "<li>Sieben Fehler, die wir immer wieder sehen</li>"
            "<li>Eine Checkliste für das Gespräch mit dem Handwerksbetrieb</li>"
            "</ul>",
        ),
        (
            "image",
            {
                "image": image("cover-de"),
                "alt_text": (
                    "Titelseite des Ratgebers: ein kleines Haus mit hellen Fenstern "
                    "zwischen Fichten"
                ),
            },
        ),
        (
            "paragraph",
            "<h2>Wer ihn geschrieben hat</h2>"
            "<p>Jana Hölzl betreut seit 2009 unsere Baustellen und hat mehr "
            "Balkenköpfe gesehen, als ein Mensch sehen sollte. Was im Ratgeber "
            "steht, gilt auch für Platten anderer Hersteller.</p>",
        ),
    ],
}
