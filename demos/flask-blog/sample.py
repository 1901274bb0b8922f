"""Who writes in the sample, about what, and in which words."""

AUTHORS = ("ada", "barbara", "edsger", "grace", "linus", "radia")
TAGS = ("modelling", "paging", "indexes", "operations", "python", "history")
TITLES = {
    "modelling": ("One table for each question", "A partition is a drawer, not a cabinet", "Keys first, columns later"),
    "paging": ("Nobody needs page 47", "What a page token knows", "Why counting is the slow part"),
    "indexes": ("An index is a table you did not write", "When an index is a second hop", "Two indexes are not better"),
    "operations": ("The night the disk was full", "Restart it, and read the log first", "A quiet week, and why"),
    "python": ("Types that reach the database", "Plain calls, threads and a pool", "A validator in front of a write"),
    "history": ("Notes on the first compiler", "What a bug was, once", "Letters about an engine"),
}  # fmt: skip
OPENINGS = (
    "We had argued about it for a month, and then the data settled it in an afternoon.",
    "The short version fits on a card; the long one is what happened when we ignored the card.",
    "I used to draw this on a whiteboard for every new colleague. Now I send them here.",
    "It began with a page that took four seconds and a chart that nobody believed.",
    "Everybody agreed that this would be easy. It was, the third time.",
    "There is a drawing of this above my desk, with one arrow crossed out.",
    "Somebody asked a simple question last week, and the honest answer took a page.",
)
MIDDLES = (
    "Rows that are read together should lie together. All else follows from that, also what hurts.",
    "Write the question down before the table. If it has two parts, it may want two tables, and that is cheap.",
    "Sorting is work, and the best time to do it is when the row is written: once, by the server, into its place.",
    "Measure with real numbers of rows. Ten thousand behave like ten; ten million do not.",
    "The surprise was how little code was left. Most of what we deleted had been there to hide the wrong key.",
)
ENDINGS = (
    "Try it on the smallest case that can fail, then on the largest that you own.",
    "If you remember one thing: look at the statement that was sent, not at the one you meant.",
    "Next week: the same story from the side of whoever is on call.",
)
REMARKS = (
    "This is the explanation I was looking for.", "We did the opposite for years, and paid for it.",
    "Could you show the numbers for a larger partition?", "Printed, and on the wall.",
    "The second paragraph saved my evening.", "I disagree with the ending, gladly.",
)  # fmt: skip
