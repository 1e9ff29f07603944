"""What the video platforms say of the demo's films, so that loading it asks nobody."""

EMBEDS = {
    "https://vimeo.com/1084537": {
        "title": "Big Buck Bunny",
        "author_name": "Blender Foundation",
        "provider_name": "Vimeo",
        "html": (
            '<iframe width="1280" height="720" title="Big Buck Bunny" '
            'src="https://player.vimeo.com/video/1084537?dnt=1" '
            'allow="fullscreen; picture-in-picture" allowfullscreen></iframe>'
        ),
    },
    "https://www.youtube.com/watch?v=eRsGyueVLvQ": {
        "title": "Sintel",
        "author_name": "Blender Foundation",
        "provider_name": "YouTube",
        "html": (
            '<iframe width="1280" height="544" title="Sintel" '
            'src="https://www.youtube-nocookie.com/embed/eRsGyueVLvQ" '
            'allow="fullscreen; picture-in-picture" allowfullscreen></iframe>'
        ),
    },
}
