from ..refs import image, page

HOME = {
    "title": "Lohwald",
    "seo_title": "Lohwald: wood-fibre insulation for old houses",
    "search_description": (
        "Insulation boards from spruce that grew within forty kilometres of our mill."
    ),
    "heading": "Insulation that grew up next door",
    "intro": (
        "We turn the off-cuts of a small sawmill into boards that keep old houses "
        "warm in January, cool in July and dry all year round."
    ),
    "image": image("forest-house"),
    "body": [
        (
            "facts",
            [
                {"number": "40 km", "label": "is the longest way a log travels to us"},
                {"number": "1987", "label": "the year the first board left the press"},
                {"number": "23", "label": "people, three shifts, one dog"},
            ],
        ),
        (
            "features",
            {
                "heading": "Three things wood fibre does well",
                "features": [
                    {
                        "icon": "drop",
                        "title": "It drinks and dries",
                        "text": (
                            "Fibres take up moisture from the wall and hand it back "
                            "to the room. Nothing is sealed in, so nothing rots."
                        ),
                    },
                    {
                        "icon": "sun",
                        "title": "It keeps you waiting",
                        "text": (
                            "Heat needs half a day to cross a thick board. By the "
                            "time it arrives, the evening is cool again."
                        ),
                    },
                    {
                        "icon": "tree",
                        "title": "It was a tree",
                        "text": (
                            "Spruce, steam and pressure. What is left over at the "
                            "building site can go back into the press."
                        ),
                    },
                ],
            },
        ),
        (
            "teaser",
            {
                "heading": "Old walls, warm rooms",
                "text": (
                    "Our guide to insulating an old house from the inside: which "
                    "thickness, which details, which mistakes. Six pages, free of "
                    "charge and free of sales talk."
                ),
                "image": image("cover-en"),
                "page": page("guide"),
                "button": "Get the guide",
            },
        ),
        (
            "picture_text",
            {
                "heading": "A mill with a view",
                "text": (
                    "<p>The stream behind the hall turned a saw blade as early as "
                    "1912. Today it makes the electricity for the press, at least "
                    "from October to May. In summer the roof takes over.</p>"
                    "<p>You are welcome to look round: on the first Friday of every "
                    "month we open the hall, and somebody who knows the machines "
                    "will show you what they do.</p>"
                ),
                "image": image("mill"),
            },
        ),
        (
            "quote",
            {
                "text": (
                    "They talked me out of the thicker board. That was the moment I "
                    "decided to buy from them."
                ),
                "name": "Magda Ostrowski",
                "role": "owner of a farmhouse from 1884",
            },
        ),
    ],
}
