WORDING = {
    "name": "The Growth Ring, our newsletter",
    "statement": (
        "<p>Yes, {company} may send me <b>The Growth Ring</b> by {channel}, four "
        "times a year: news on wood-fibre insulation, workshop dates and own "
        "products. I can stop it at any time, by one click in every letter.</p>"
    ),
}

LETTERS = {
    "optin.confirm": {
        "subject": "Please confirm your address",
        "body": (
            "<p>Good day,</p>"
            "<p>somebody gave us this address on our website for “{title}”. If it "
            "was you, please confirm it with the button. It works for {days} "
            "days.</p>"
        ),
        "button": "Confirm my address",
        "closing": (
            "<p>If it wasn’t you, you need do nothing: without the confirmation we "
            "delete the address again.</p>"
        ),
    },
    "optin.deliver": {
        "subject": "Here is what you asked for",
        "body": (
            "<p>Good day,</p>"
            "<p>“{title}” is ready for you. The link works for {days} days.</p>"
        ),
        "button": "Open",
        "closing": "<p>Kind regards from {company}.</p>",
    },
}
