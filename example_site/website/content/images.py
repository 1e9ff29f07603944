"""The illustrations, with the titles that editors see in the library."""

IMAGES = {
    "forest-house": "House between spruces",
    "mill": "The mill by the stream",
    "board": "From the log to the board",
    "summer": "Summer heat, outside and inside",
    "beam-end": "Beam end in a brick wall",
    "cover-en": "Cover of “Old walls, warm rooms”",
    "cover-de": "Cover of “Alte Mauern, warme Räume”",
}

DOCUMENTS = {
    "guide-en": "Old walls, warm rooms",
    "guide-de": "Alte Mauern, warme Räume",
}
