WORDING = {
    "name": "Der Jahresring, unser Newsletter",
    "statement": (
        "<p>Ja, {company} darf mir viermal im Jahr den <b>Jahresring</b> per "
        "{channel} schicken: Neues zur Holzfaserdämmung, Termine in der Werkhalle "
        "und eigene Produkte. Ich kann das jederzeit beenden, mit einem Klick in "
        "jedem Brief.</p>"
    ),
}

LETTERS = {
    "optin.confirm": {
        "subject": "Bitte bestätigen Sie Ihre Adresse",
        "body": (
            "<p>Guten Tag,</p>"
            "<p>diese Adresse wurde auf unserer Website für „{title}“ angegeben. "
            "Wenn Sie das waren, bestätigen Sie sie bitte über die Schaltfläche. "
            "Dafür haben Sie {days} Tage Zeit.</p>"
        ),
        "button": "Adresse bestätigen",
        "closing": (
            "<p>Waren Sie es nicht, müssen Sie nichts tun: Ohne Bestätigung löschen "
            "wir die Adresse wieder.</p>"
        ),
    },
    "optin.deliver": {
        "subject": "Ihre Anforderung",
        "body": (
            "<p>Guten Tag,</p>"
            "<p>„{title}“ liegt für Sie bereit. Der Link gilt {days} Tage.</p>"
        ),
        "button": "Öffnen",
        "closing": "<p>Freundliche Grüße von {company}</p>",
    },
}
