from ..refs import image, page

INDEX = {
    "title": "Blog",
    "slug": "blog",
    "search_description": "Notizen aus dem Werk: Platten, Häuser, Sommer.",
    "intro": (
        "Notizen aus dem Werk: über Platten, über Häuser und über das, was uns "
        "misslungen ist."
    ),
}

POSTS = {
    "board": {
        "title": "Eine Platte aus der Fichte vom Dienstag",
        "slug": "eine-platte-aus-der-fichte-vom-dienstag",
        "search_description": "Vom Stamm zur Platte in vierzehn Stunden.",
        "date": "2026-03-10",
        "author": "Korbinian Auer",
        "intro": (
            "Dienstags um sechs kippt ein Lastwagen Hackschnitzel auf unseren Hof. "
            "Abends um acht sind sie eine Platte. Was dazwischen geschieht."
        ),
        "image": image("board"),
        "alt": "Ein Stamm mit Jahresringen; aus Spänen wird ein Stapel Platten",
        "body": [
            (
                "paragraph",
                "<p>Wer uns besucht, erwartet eine Säge. Es gibt keine. Die steht im "
                "Sägewerk nebenan, und was sie übrig lässt, ist unser Rohstoff: "
                "Schwarten, Spreißel, die äußersten Jahresringe von Bäumen, aus deren "
                "Mitte irgendwo ein Dachstuhl wurde.</p>"
                "<h2>Erst der Dampf</h2>"
                "<p>Die Schnitzel kommen für zehn Minuten in einen Kessel mit Dampf. "
                "Holz wird von Lignin zusammengehalten, und das wird in der Hitze "
                "weich wie Butter. Danach ziehen zwei geriffelte Scheiben die "
                "Schnitzel zu Fasern auseinander, feiner als Watte und weitaus "
                "störrischer.</p>"
                "<h2>Dann Druck, dann Geduld</h2>"
                "<p>Die Fasern werden getrocknet, mit vier Prozent Bindemittel "
                "gemischt, zu einer endlosen Matte gestreut und gepresst. Unsere "
                "Presse ist elf Meter lang und langsam: Eine Platte braucht ihre "
                "Zeit, weil die Wärme bis in die Mitte muss, ohne den Rand zu "
                "verbrennen.</p>",
            ),
            (
                "quote",
                {
                    "text": (
                        "Ob eine Platte gut ist, hört man. Klingen darf sie nicht."
                    ),
                    "name": "Resi Auer",
                    "role": "seit 1994 an der Presse",
                },
            ),
            (
                "paragraph",
                "<p>Was herauskommt, wird gesägt, gestapelt und eine Nacht in Ruhe "
                "gelassen. Gemessen wird erst am Mittwoch: Dicke, Gewicht, Feuchte. "
                "Etwa eine von neunzig Platten wandert zurück in den Kessel. Es macht "
                "ihr nichts aus.</p>",
            ),
        ],
    },
    "summer": {
        "title": "Die Sommerhitze muss sich anstellen",
        "slug": "die-sommerhitze-muss-sich-anstellen",
        "search_description": "Phasenverschiebung, erklärt mit einer Pfanne.",
        "date": "2026-05-19",
        "author": "Jana Hölzl",
        "intro": (
            "Warum es unterm Dach auch im Juli erträglich sein kann: eine Erklärung "
            "mit zwei Kurven und einer Bratpfanne."
        ),
        "image": image("summer"),
        "alt": (
            "Sonne über einem Haus; eine hohe Kurve für die Hitze draußen, eine "
            "flache, spätere für die Wärme drinnen"
        ),
        "body": [
            (
                "paragraph",
                "<p>Stellen Sie eine dünne Pfanne auf den Herd und eine dicke "
                "daneben. Die dünne ist sofort heiß und sofort wieder kalt. Die dicke "
                "lässt Sie warten, dann bleibt sie warm, bis der Abwasch gemacht ist. "
                "Dächer sind Pfannen.</p>"
                "<h2>Zwei Kurven</h2>"
                "<p>Draußen haben die Ziegel nachmittags um zwei siebzig Grad. Diese "
                "Hitze macht sich nun auf den Weg nach innen. Durch einen leichten "
                "Dämmstoff kommt sie gegen fünf oder sechs an, genau dann, wenn Sie "
                "nach Hause kommen. Durch 200 Millimeter Holzfaser braucht sie zehn "
                "bis zwölf Stunden. Sie kommt mitten in der Nacht, wenn die Fenster "
                "offen stehen, und viel flacher, als sie losgegangen ist.</p>"
                "<h2>Was sie nicht kann</h2>"
                "<p>Dämmung kühlt nicht. Wenn den ganzen Tag die Sonne durch ein "
                "großes Dachfenster scheint, hilft die beste Platte nichts: Dann "
                "braucht es einen Rollladen, und zwar außen. Das sagen wir, bevor wir "
                "Ihnen etwas verkaufen, denn Rollläden verkaufen wir keine.</p>",
            ),
        ],
    },
    "beam-end": {
        "title": "Zehn Zentimeter, an denen es sich entscheidet",
        "slug": "zehn-zentimeter",
        "search_description": "Balkenköpfe in alten Wänden, und was sie trocken hält.",
        "date": "2026-09-08",
        "author": "Jana Hölzl",
        "intro": (
            "Wo ein Holzbalken in der Außenwand liegt, wird Innendämmung ernst. Was "
            "wir uns ansehen, bevor wir auch nur eine Platte bestellen."
        ),
        "image": image("beam-end"),
        "alt": (
            "Schnitt durch eine Ziegelwand mit Innendämmung; ein Ring markiert den "
            "Balkenkopf im Mauerwerk"
        ),
        "body": [
            (
                "paragraph",
                "<p>Ohne Dämmung ist die Wand bis weit nach außen warm, und der "
                "Balkenkopf mit ihr. Dämmt man innen, wird das Mauerwerk kälter. Warme "
                "Raumluft, die am Balken entlangkriecht, trifft dann auf eine kalte "
                "Stelle und lässt dort ihr Wasser zurück.</p>"
                "<h2>Erst nachsehen</h2>"
                "<p>Wir öffnen den Boden an zwei Balken: einem auf der Wetterseite, "
                "einem unter einem Bad. Ein Schraubendreher verrät mehr als jedes "
                "Messgerät. Sinkt er ein, kommt zuerst die Zimmerei und im Herbst "
                "kommen wir.</p>"
                "<h2>Dann die Fuge schließen</h2>"
                "<p>Rings um den Balken wird luftdicht abgeschlossen, mit Klebeband "
                "und Quellband, nie mit Schaum allein. Direkt neben dem Balken darf "
                "weniger Dämmung mehr sein: Ein wenig Wärme soll dort durch.</p>"
                "<h2>Und den Regen abhalten</h2>"
                "<p>Die meisten nassen Balkenköpfe werden von außen nass. Ein Riss im "
                "Putz oder eine undichte Rinne verdirbt, was keine Platte mehr "
                "richten kann. Das kostet einen Vormittag auf der Leiter, und es ist "
                "der beste Vormittag der ganzen Baustelle.</p>"
                "<p>Die Zeichnungen stehen in unserem Ratgeber, auf Seite vier.</p>",
            ),
            (
                "teaser",
                {
                    "heading": "Die ganze Geschichte",
                    "text": "Sechs Seiten zur Innendämmung, kostenlos.",
                    "image": None,
                    "page": page("guide"),
                    "button": "Zum Ratgeber",
                },
            ),
        ],
    },
    "film-evening": {
        "title": "Kino zwischen Platten",
        "slug": "kino-zwischen-platten",
        "search_description": "Im November wird das Lager zum Kino.",
        "date": "2026-10-27",
        "author": "Resi Auer",
        "intro": (
            "Einmal im Jahr schieben wir die Stapel zur Seite und hängen ein Laken "
            "dazwischen. Zwei Filme, Suppe und Platten zum Sitzen. Sie sind eingeladen."
        ),
        "image": image("mill"),
        "alt": "Die Mühle am Bach, ihr Rad im Wasser",
        "body": [
            (
                "paragraph",
                "<p>Angefangen hat es, weil der Beamer zum Testen einen dunklen Platz "
                "brauchte. Vierzig Leute kamen. Holzfaser schluckt Schall so gut wie "
                "Hitze, also ist das Lager das leiseste Kino zwischen Kempten und der "
                "Donau.</p>"
                "<h2>Der erste Film: kurz, für die Kinder</h2>"
                "<p>Ein Hase hat genug von drei Nagetieren. Gesprochen wird nicht, "
                "darum lachen alle gleichzeitig.</p>",
            ),
            ("video", "https://vimeo.com/1084537"),
            (
                "paragraph",
                "<h2>Der zweite Film: für alle, die wach bleiben</h2>"
                "<p>Eine junge Frau sucht einen Drachen. Das dauert eine Viertelstunde "
                "und braucht mehrere Taschentücher.</p>",
            ),
            ("video", "https://www.youtube.com/watch?v=eRsGyueVLvQ"),
            (
                "map",
                {
                    "place": "So finden Sie uns",
                    "address": "Lager 2, Sägmühle 7\n87999 Lohwald",
                    "frame": "https://www.openstreetmap.org/export/embed.html"
                    "?bbox=10.30%2C47.71%2C10.33%2C47.73&layer=mapnik",
                },
            ),
            (
                "paragraph",
                "<p>27. November, Einlass um sechs. Bringen Sie ein Kissen mit, die "
                "Platten sind frisch.</p>",
            ),
        ],
    },
}
