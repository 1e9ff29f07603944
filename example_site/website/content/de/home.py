from ..refs import image, page

HOME = {
    "title": "Lohwald",
    "seo_title": "Lohwald: Holzfaserdämmung für alte Häuser",
    "search_description": (
        "Dämmplatten aus Fichtenholz, das keine vierzig Kilometer von unserem Werk "
        "gewachsen ist."
    ),
    "heading": "Dämmung, die nebenan gewachsen ist",
    "intro": (
        "Aus den Resten eines kleinen Sägewerks machen wir Platten, die alte Häuser "
        "im Januar warm, im Juli kühl und das ganze Jahr trocken halten."
    ),
    "image": image("forest-house"),
    "body": [
        (
            "facts",
            [
                {"number": "40 km", "label": "weit reist ein Stamm höchstens zu uns"},
                {"number": "1987", "label": "verließ die erste Platte unsere Presse"},
                {"number": "23", "label": "Leute, drei Schichten, ein Hund"},
            ],
        ),
        (
            "features",
            {
                "heading": "Was Holzfaser besonders gut kann",
                "features": [
                    {
                        "icon": "drop",
                        "title": "Sie trinkt und trocknet",
                        "text": (
                            "Die Fasern nehmen Feuchte aus der Wand auf und geben sie "
                            "an den Raum zurück. Was nicht eingesperrt ist, fault "
                            "auch nicht."
                        ),
                    },
                    {
                        "icon": "sun",
                        "title": "Sie lässt warten",
                        "text": (
                            "Einen halben Tag braucht die Hitze durch eine dicke "
                            "Platte. Kommt sie an, ist der Abend schon wieder kühl."
                        ),
                    },
                    {
                        "icon": "tree",
                        "title": "Sie war ein Baum",
                        "text": (
                            "Fichte, Dampf und Druck, mehr braucht es kaum. Was auf "
                            "der Baustelle übrig bleibt, darf zurück in die Presse."
                        ),
                    },
                ],
            },
        ),
        (
            "teaser",
            {
                "heading": "Alte Mauern, warme Räume",
                "text": (
                    "Unser Ratgeber zur Innendämmung im Altbau: welche Dicke, welche "
                    "Anschlüsse, welche Fehler. Sechs Seiten, kostenlos und ohne "
                    "Verkaufsgespräch."
                ),
                "image": image("cover-de"),
                "page": page("guide"),
                "button": "Zum Ratgeber",
            },
        ),
        (
            "picture_text",
            {
                "heading": "Ein Werk mit Aussicht",
                "text": (
                    "<p>Schon 1912 trieb der Bach hinter der Halle ein Sägeblatt an. "
                    "Heute macht er den Strom für die Presse, jedenfalls von Oktober "
                    "bis Mai. Im Sommer übernimmt das Dach.</p>"
                    "<p>Schauen Sie gern vorbei: Am ersten Freitag im Monat steht die "
                    "Halle offen, und wer die Maschinen kennt, zeigt Ihnen, was sie "
                    "tun.</p>"
                ),
                "image": image("mill"),
            },
        ),
        (
            "quote",
            {
                "text": (
                    "Die dickere Platte haben sie mir ausgeredet. In dem Moment "
                    "wusste ich, dass ich bei ihnen kaufe."
                ),
                "name": "Magda Ostrowski",
                "role": "Besitzerin eines Bauernhauses von 1884",
            },
        ),
    ],
}
