PRIVACY = {
    "title": "Datenschutzerklärung",
    "slug": "datenschutz",
    # A soft hyphen, for narrow screens.
    "heading": "Datenschutz\u00aderklärung",
    "search_description": "Was wir mit Ihren Daten tun, und was wir lassen.",
    "intro": (
        "Kurz gesagt: Wir behalten, was Sie uns geben, so lange wir es brauchen, "
        "geben es niemandem, der es weiterverkauft, und laden nichts von anderen, "
        "bevor Sie es erlauben. Hier steht es ausführlich."
    ),
    "body": [
        (
            "paragraph",
            "<h2>Wer für Ihre Daten einsteht</h2>"
            "<p>Verantwortlich ist die Lohwald Holzfaser GmbH, Sägmühle 7, 87999 "
            "Lohwald. Fragen zu Ihren Daten beantwortet Jana Hölzl unter "
            '<a href="mailto:datenschutz@lohwald.example">'
            "datenschutz@lohwald.example</a>.</p>"
            "<h2>Wenn Sie sich nur umsehen</h2>"
            "<p>Ihr Browser nennt unserem Server seine IP-Adresse, die gewünschte "
            "Seite, die Uhrzeit und seinen eigenen Namen. Der Server braucht die "
            "Adresse, um zu antworten, und behält sie sieben Tage, damit wir "
            "Angriffe abwehren können (Art. 6 Abs. 1 Buchst. f DSGVO: unser "
            "Interesse an einer Website, die funktioniert).</p>"
            "<p>Filme, Karten und Statistik kommen von anderen Firmen, und nur, wenn "
            "Sie es erlauben (Art. 6 Abs. 1 Buchst. a DSGVO). Welche das sind, wozu "
            "und wie lange, steht unter „Cookies und Dienste“. Was Sie entscheiden, "
            "merkt sich ein Cookie von uns.</p>"
            "<h2>Wenn Sie den Ratgeber anfordern</h2>"
            "<p>Wir verwenden Ihre E-Mail-Adresse, und Ihren Namen, falls Sie ihn "
            "nennen, um Ihnen das Gewünschte zu schicken (Art. 6 Abs. 1 Buchst. b "
            "DSGVO). Zuerst schicken wir einen Link, um sicher zu sein, dass die "
            "Adresse Ihnen gehört. Bestätigt ihn niemand, löschen wir die Anfrage "
            "nach spätestens 30 Tagen. Der Ratgeber hängt nicht am Newsletter: Sie "
            "bekommen ihn mit diesem Häkchen und ohne.</p>"
            "<h2>Wenn Sie den Newsletter abonnieren</h2>"
            "<p>Wir schreiben Ihnen viermal im Jahr, weil Sie es erlaubt haben "
            "(Art. 6 Abs. 1 Buchst. a DSGVO, § 7 Abs. 2 UWG). Diese Erlaubnis nehmen "
            "Sie über den Link am Ende jedes Briefs oder mit einer Zeile an uns "
            "zurück. Gründe braucht es nicht; was vorher verschickt wurde, bleibt "
            "rechtmäßig.</p>"
            "<p>Ob Sie einen Brief öffnen oder worauf Sie klicken, messen wir "
            "nicht.</p>"
            "<h2>Was wir als Nachweis aufbewahren</h2>"
            "<p>Wir müssen zeigen können, dass Sie eingewilligt haben (Art. 7 Abs. 1 "
            "DSGVO). Darum halten wir fest, welche Worte Sie gelesen haben, auf "
            "welcher Seite, wann Sie das Formular abgeschickt und wann Sie es "
            "bestätigt haben. Das bewahren wir auf, solange Sie den Newsletter "
            "beziehen, und danach bis zum Ende des dritten Jahres, denn so lange "
            "können Ansprüche geltend gemacht werden.</p>"
            "<p>Sagen Sie uns, dass wir Ihnen nicht schreiben dürfen, behalten wir "
            "einen Fingerabdruck Ihrer Adresse, aus dem sie sich nicht ablesen "
            "lässt. So schreiben wir Ihnen auch nicht aus Versehen.</p>"
            "<h2>Wer die Daten noch sieht</h2>"
            "<p>Website und Mailserver stehen bei einem Hosting-Unternehmen in "
            "Deutschland, das vertraglich an unsere Weisungen gebunden ist (Art. 28 "
            "DSGVO). Sonst bekommt niemand Ihre Daten, und nichts davon verlässt die "
            "Europäische Union.</p>"
            "<h2>Ihre Rechte</h2>"
            "<p>Sie können Auskunft darüber verlangen, was wir über Sie gespeichert "
            "haben (Art. 15), es berichtigen (Art. 16), löschen (Art. 17) oder "
            "einschränken lassen (Art. 18), es mitnehmen (Art. 20) und der "
            "Verwendung widersprechen (Art. 21), bei Werbung jederzeit, sofort und "
            "ohne Begründung. Eine kurze E-Mail genügt.</p>"
            "<p>Wenn Sie meinen, dass wir etwas falsch machen, sagen Sie es uns, oder "
            "beschweren Sie sich bei einer Aufsichtsbehörde. Für uns zuständig ist "
            "das Bayerische Landesamt für Datenschutzaufsicht in Ansbach.</p>"
            "<p><i>Stand: März 2026</i></p>",
        ),
    ],
}

IMPRINT = {
    "title": "Impressum",
    "slug": "impressum",
    "heading": "",
    "search_description": "Wer diese Website betreibt.",
    "intro": "",
    "body": [
        (
            "paragraph",
            "<p>Lohwald Holzfaser GmbH<br>Sägmühle 7<br>87999 Lohwald</p>"
            "<p>Telefon: +49 89 99998 407<br>"
            'E-Mail: <a href="mailto:post@lohwald.example">post@lohwald.example</a>'
            "</p>"
            "<h2>Vertreten durch</h2>"
            "<p>Jana Hölzl und Korbinian Auer, Geschäftsführung</p>"
            "<h2>Register</h2>"
            "<p>Die Firma, ihre Leute und ihr Dorf sind für diese Demo erfunden. Ein "
            "echtes Impressum nennt hier das Registergericht, die Registernummer und "
            "die Umsatzsteuer-Identifikationsnummer.</p>"
            "<h2>Bilder</h2>"
            "<p>Alle Illustrationen wurden für diese Website gezeichnet.</p>",
        ),
    ],
}

COOKIES = {
    "title": "Cookies und Dienste",
    "slug": "cookies",
    "heading": "",
    "search_description": "Was diese Website von anderen lädt, und Ihre Entscheidung.",
    "intro": (
        "Nichts davon lädt, bevor Sie es erlauben. Hier steht alles, und hier können "
        "Sie es sich anders überlegen."
    ),
    "body": [("services", None)],
}
