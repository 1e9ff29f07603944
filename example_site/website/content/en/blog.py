from ..refs import image, page

INDEX = {
    "title": "Blog",
    "slug": "blog",
    "search_description": "Notes from the mill: boards, houses, summers.",
    "intro": "Notes from the mill: on boards, on houses and on what we got wrong.",
}

POSTS = {
    "board": {
        "title": "A board from Tuesday’s spruce",
        "slug": "a-board-from-tuesdays-spruce",
        "search_description": "From the log to the board in fourteen hours.",
        "date": "2026-03-10",
        "author": "Korbinian Auer",
        "intro": (
            "On Tuesday at six a lorry tips chips into our yard. At eight in the "
            "evening they are a board. What happens in between."
        ),
        "image": image("board"),
        "alt": "A log with its growth rings; chips turn into a stack of boards",
        "body": [
            (
                "paragraph",
                "<p>People who visit us expect a saw. There is none. The saw stands "
                "at the mill next door, and what it leaves behind is our raw "
                "material: slabs, edgings, the outermost growth rings of trees whose "
                "middle became a roof somewhere.</p>"
                "<h2>Steam first</h2>"
                "<p>The chips go into a boiler with steam for ten minutes. Wood is "
                "held together by lignin, which softens in the heat as butter does. "
                "Two grooved discs then pull the chips apart into fibres, finer than "
                "cotton wool and far more stubborn.</p>"
                "<h2>Then pressure, then patience</h2>"
                "<p>The fibres are dried, mixed with four per cent of binder, strewn "
                "into an endless mat and pressed. Our press is eleven metres long and "
                "slow: a board takes its time, because heat has to reach the middle "
                "without burning the edge.</p>",
            ),
            (
                "quote",
                {
                    "text": "You can hear whether a board is good. It must not ring.",
                    "name": "Resi Auer",
                    "role": "at the press since 1994",
                },
            ),
            (
                "paragraph",
                "<p>What comes out is cut, stacked and left alone for a night. Only "
                "on Wednesday do we measure: thickness, weight, moisture. About one "
                "board in ninety goes back into the boiler. It does not mind.</p>",
            ),
        ],
    },
    "summer": {
        "title": "Summer heat has to queue",
        "slug": "summer-heat-has-to-queue",
        "search_description": "Phase shift, explained with a frying pan.",
        "date": "2026-05-19",
        "author": "Jana Hölzl",
        "intro": (
            "Why a room under the roof can be bearable in July: an explanation with "
            "two curves and a frying pan."
        ),
        "image": image("summer"),
        "alt": (
            "Sun over a house; a high curve for the heat outside, a flat and later "
            "one for the heat indoors"
        ),
        "body": [
            (
                "paragraph",
                "<p>Put a thin pan on the stove and a thick one beside it. The thin "
                "one is hot at once, and cold at once. The thick one keeps you "
                "waiting, then it stays warm until the dishes are done. Roofs are "
                "pans.</p>"
                "<h2>Two curves</h2>"
                "<p>Outside, the tiles reach seventy degrees at two in the afternoon. "
                "That heat now sets out inwards. In a light insulation it arrives at "
                "about five or six, just when you come home. In 200 millimetres of "
                "wood fibre it needs ten to twelve hours. It arrives in the middle of "
                "the night, when the windows are open, and much flatter than it set "
                "out.</p>"
                "<h2>What it can’t do</h2>"
                "<p>Insulation does not cool. If the sun shines through a big roof "
                "window all day, the best board is no help: then it needs a blind, "
                "and on the outside. We say so before we sell you anything, since we "
                "do not sell blinds.</p>",
            ),
        ],
    },
    "beam-end": {
        "title": "Ten centimetres that decide",
        "slug": "ten-centimetres-that-decide",
        "search_description": "Beam ends in old walls, and how they stay dry.",
        "date": "2026-09-08",
        "author": "Jana Hölzl",
        "intro": (
            "Wherever a wooden beam rests in an outer wall, insulation from the "
            "inside turns serious. What we look at before we order a single board."
        ),
        "image": image("beam-end"),
        "alt": (
            "Section through a brick wall with insulation inside; a ring marks the "
            "end of the beam in the masonry"
        ),
        "body": [
            (
                "paragraph",
                "<p>Without insulation, the wall is warm right up to the outside, and "
                "the end of the beam is warm with it. Insulate on the inside, and the "
                "masonry gets colder. Warm air from the room that creeps along the "
                "beam then meets a cold place and leaves its water there.</p>"
                "<h2>Look first</h2>"
                "<p>We open the floor at two beams: one on the weather side, one "
                "under a bathroom. A screwdriver tells more than any meter. If it "
                "sinks in, the carpenter comes first, and we come in the "
                "autumn.</p>"
                "<h2>Then close the gap</h2>"
                "<p>The joint around the beam is sealed against air, with tape and a "
                "swelling strip, never with foam alone. Just beside the beam, less "
                "insulation may be more: a little warmth is allowed to get "
                "through.</p>"
                "<h2>And keep the rain off</h2>"
                "<p>Most wet beam ends are wetted from outside. A cracked render or a "
                "leaking gutter ruins what no board can mend. That costs a morning on "
                "a ladder, and it is the best-spent morning of the whole job.</p>"
                "<p>The drawings are in our guide, on page four.</p>",
            ),
            (
                "teaser",
                {
                    "heading": "The whole story",
                    "text": "Six pages on insulating from the inside, free of charge.",
                    "image": None,
                    "page": page("guide"),
                    "button": "Get the guide",
                },
            ),
        ],
    },
    "film-evening": {
        "title": "A film evening between boards",
        "slug": "a-film-evening-between-boards",
        "search_description": "In November the warehouse turns into a cinema.",
        "date": "2026-10-27",
        "author": "Resi Auer",
        "intro": (
            "Once a year we push the stacks aside and hang a sheet between them. Two "
            "films, soup, and boards to sit on. You are invited."
        ),
        "image": image("mill"),
        "alt": "The mill by the stream, its wheel in the water",
        "body": [
            (
                "paragraph",
                "<p>It began because the projector needed a dark place for a test. "
                "Forty people came. Wood fibre swallows sound as well as heat, so the "
                "warehouse is the quietest cinema between Kempten and the Danube.</p>"
                "<h2>The first film: short, for the children</h2>"
                "<p>A rabbit has had enough of three rodents. It has no words, so "
                "everybody laughs at the same time.</p>",
            ),
            ("video", "https://vimeo.com/1084537"),
            (
                "paragraph",
                "<h2>The second film: for those who stay awake</h2>"
                "<p>A young woman looks for a dragon. It takes a quarter of an hour "
                "and several handkerchiefs.</p>",
            ),
            ("video", "https://www.youtube.com/watch?v=eRsGyueVLvQ"),
            (
                "map",
                {
                    "place": "How you find us",
                    "address": "Warehouse 2, Sägmühle 7\n87999 Lohwald",
                    "frame": "https://www.openstreetmap.org/export/embed.html"
                    "?bbox=10.30%2C47.71%2C10.33%2C47.73&layer=mapnik",
                },
            ),
            (
                "paragraph",
                "<p>27 November, doors at six. Bring a cushion; the boards are "
                "fresh.</p>",
            ),
        ],
    },
}
