PRIVACY = {
    "title": "Privacy policy",
    "slug": "privacy",
    "heading": "",
    "search_description": "What we do with your data, and what we leave alone.",
    "intro": (
        "In short: we keep what you give us for as long as we need it, hand it to "
        "nobody who sells it on, and load nothing from others before you allow it. The "
        "long version follows."
    ),
    "body": [
        (
            "paragraph",
            "<h2>Who answers for your data</h2>"
            "<p>Lohwald Holzfaser GmbH, Sägmühle 7, 87999 Lohwald, Germany, is the "
            "controller. For all questions about data, write to "
            '<a href="mailto:datenschutz@lohwald.example">'
            "datenschutz@lohwald.example</a>; Jana Hölzl reads it.</p>"
            "<h2>When you just look around</h2>"
            "<p>Your browser tells our server its IP address, the page it wants, the "
            "time and its own name. The server needs the address to answer, and "
            "keeps it for seven days to be able to fend off attacks (Art. 6(1)(f) "
            "GDPR: our interest in a site that works).</p>"
            "<p>Films, maps and statistics come from other companies, and only if "
            "you allow it (Art. 6(1)(a) GDPR). Which ones, what for and for how long "
            "stands under “Cookies and services”. A cookie of ours keeps what you "
            "decide.</p>"
            "<h2>When you ask for the guide</h2>"
            "<p>We use your e-mail address, and your name if you gave it, to send "
            "you what you asked for (Art. 6(1)(b) GDPR). First we send a link to "
            "make sure that the address is yours. If nobody confirms it, we delete "
            "the request after 30 days at the latest. The guide does not depend on "
            "the newsletter: you get it with or without that tick.</p>"
            "<h2>When you subscribe to the newsletter</h2>"
            "<p>We write to you four times a year because you allowed it "
            "(Art. 6(1)(a) GDPR, Section 7(2) of the German Unfair Competition Act). "
            "You take that permission back by the link at the end of every letter or "
            "by a line to us. Reasons are not needed; what was sent before stays "
            "lawful.</p>"
            "<p>We do not measure whether you open a letter or what you click "
            "on.</p>"
            "<h2>What we keep as proof</h2>"
            "<p>The law wants us to be able to show that you agreed (Art. 7(1) "
            "GDPR). So we record which words you read, on which page, when you sent "
            "the form and when you confirmed it. We keep this for as long as you "
            "subscribe, and until the end of the third year after, because claims "
            "may be raised that long.</p>"
            "<p>If you tell us that we must not write to you, we keep a fingerprint "
            "of your address, from which it can’t be read, so that we do not write "
            "to you by mistake.</p>"
            "<h2>Who else sees the data</h2>"
            "<p>Our website and our mail server stand at a hosting company in "
            "Germany, which works on our instructions under a contract (Art. 28 "
            "GDPR). Nobody else receives your data, and none of it leaves the "
            "European Union.</p>"
            "<h2>Your rights</h2>"
            "<p>You may ask what we hold on you (Art. 15), have it corrected (Art. "
            "16), deleted (Art. 17) or restricted (Art. 18), take it with you (Art. "
            "20) and object to our using it (Art. 21): to advertising always, at "
            "once and without a reason. A short mail will do.</p>"
            "<p>If you think that we are doing something wrong, tell us, or complain "
            "to a supervisory authority. Ours is the Bayerisches Landesamt für "
            "Datenschutzaufsicht in Ansbach.</p>"
            "<p><i>As of March 2026</i></p>",
        ),
    ],
}

IMPRINT = {
    "title": "Imprint",
    "slug": "imprint",
    "heading": "",
    "search_description": "Who runs this site.",
    "intro": "",
    "body": [
        (
            "paragraph",
            "<p>Lohwald Holzfaser GmbH<br>Sägmühle 7<br>87999 Lohwald<br>Germany</p>"
            "<p>Telephone: +49 89 99998 407<br>"
            'E-mail: <a href="mailto:post@lohwald.example">post@lohwald.example</a>'
            "</p>"
            "<h2>Represented by</h2>"
            "<p>Jana Hölzl and Korbinian Auer, managing directors</p>"
            "<h2>Register</h2>"
            "<p>The company, its people and its village were made up for this demo. "
            "A real imprint names the register court, the register number and the "
            "VAT number here.</p>"
            "<h2>Pictures</h2>"
            "<p>All illustrations were drawn for this site.</p>",
        ),
    ],
}

COOKIES = {
    "title": "Cookies and services",
    "slug": "cookies",
    "heading": "",
    "search_description": "What this site loads from others, and your choice.",
    "intro": (
        "Nothing of this loads before you allow it. Here is the whole list, and the "
        "place to change your mind."
    ),
    "body": [("services", None)],
}
