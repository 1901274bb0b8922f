"""What the sample consists of: trees, and what a field guide has to say of them."""

TREES = {
    "Alder": "Alnus glutinosa", "Ash": "Fraxinus excelsior", "Aspen": "Populus tremula", "Beech": "Fagus sylvatica",
    "Birch": "Betula pendula", "Elder": "Sambucus nigra", "Hawthorn": "Crataegus monogyna", "Hazel": "Corylus avellana",
    "Holly": "Ilex aquifolium", "Hornbeam": "Carpinus betulus", "Juniper": "Juniperus communis",
    "Larch": "Larix decidua", "Lime": "Tilia cordata", "Oak": "Quercus robur", "Pine": "Pinus sylvestris",
    "Rowan": "Sorbus aucuparia", "Spruce": "Picea abies", "Willow": "Salix alba", "Yew": "Taxus baccata",
}  # fmt: skip
TOPICS = ("in winter", "by the water", "in a hedge", "as timber", "for bees")
TAGS = (
    "bark", "berries", "autumn", "winter", "hedge", "medicine", "nectar", "pioneer", "riverside", "shade",
    "timber", "upland", "wind",
)  # fmt: skip
SECTIONS = (
    "How to tell it", "Where it grows", "Through the year", "Who lives on it", "What its wood is for",
    "How to plant it",
)  # fmt: skip
PLACES = (
    ("Uppsala", "Sweden"), ("Leiden", "Netherlands"), ("Paris", "France"), ("Kew", "England"),
    ("Geneva", "Switzerland"), ("Berlin", "Germany"), ("Edinburgh", "Scotland"),
)  # fmt: skip
HEIGHTS = ("3 m", "8 m", "15 m", "20 m", "30 m", "40 m")
