"""What the sample content is made of."""

SUBJECTS = {
    "cities": (
        "night trams",
        "a market hall",
        "the last telephone box",
        "roof gardens",
        "a bridge that opens",
    ),
    "craft": ("bookbinding", "a bow of ash", "blue glazes", "mending nets", "dry stone walls"),
    "sea": ("the harbour at four", "lighthouse keepers", "a chart of currents", "kelp", "the pilot boat"),
    "sound": ("church bells", "a hall without echo", "street organs", "birds before dawn", "old tape"),
}
LEADS = ("A morning with", "What we know of", "The people behind", "Twelve notes on", "In praise of")
SENTENCES = (
    "Nobody hurries at this hour, and that is the point.",
    "The first thing one notices is the quiet.",
    "Ask three people how it is done, and hear four answers.",
    "It was meant to last ten years; that was in 1931.",
    "What looks like habit is mostly care.",
    "The drawings are lost, so the thing itself is the drawing.",
    "By noon it is all over, and they start again.",
)
