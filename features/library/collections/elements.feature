Feature: Elements of collections
  A list, a set or a map in a row can be changed element by element, in one statement, without reading it and without
  knowing the other elements. What is done stands behind or before the name of the column, whichever reads better:

      recipe.update(tags__add={"quick"})
      recipe.update(add__tags={"quick"})

  Sets and maps are made for this: two programs that change different elements never harm each other, and sending a
  change twice does no more than once. Lists are not. Appending twice appends two elements, and a position makes the
  server read the list before it writes. Prefer a set or a map where the order does not matter.

  Background:
    Given the model Recipe
    And these Recipe documents are saved
      | name  | steps           | tags            | grams                      | minutes                  | pans    |
      | bread | ["mix", "bake"] | {"old", "easy"} | {"flour": 500, "salt": 10} | {"bake": 40, "rest": 90} | ["tin"] |
    And we have read the recipe
      """python
      bread = Recipe.get(name="bread")
      """

  Rule: An operator changes elements, behind the name or before it

    Scenario Outline: An operator: <operator> on a <kind>, spelt <spelling>
      When we change elements
        """python
        bread.update(<change>)
        """
      Then 1 statement was sent
      And `bread.<field>` is `<after>`
      And `Recipe.get(name="bread").<field>` is `<after>`

      Examples: A set
        | operator | kind | spelling | field | change               | after                    |
        | add      | set  | behind   | tags  | tags__add={"new"}    | {"old", "easy", "new"}   |
        | add      | set  | before   | tags  | add__tags={"new"}    | {"old", "easy", "new"}   |
        | update   | set  | behind   | tags  | tags__update={"new"} | {"old", "easy", "new"}   |
        | update   | set  | before   | tags  | update__tags={"new"} | {"old", "easy", "new"}   |
        | remove   | set  | behind   | tags  | tags__remove={"old"} | {"easy"}                 |
        | remove   | set  | before   | tags  | remove__tags={"old"} | {"easy"}                 |

      Examples: A list
        | operator | kind | spelling | field | change                      | after                   |
        | append   | list | behind   | steps | steps__append=["eat"]       | ["mix", "bake", "eat"]  |
        | append   | list | before   | steps | append__steps=["eat"]       | ["mix", "bake", "eat"]  |
        | add      | list | behind   | steps | steps__add=["eat"]          | ["mix", "bake", "eat"]  |
        | add      | list | before   | steps | add__steps=["eat"]          | ["mix", "bake", "eat"]  |
        | update   | list | behind   | steps | steps__update=["eat"]       | ["mix", "bake", "eat"]  |
        | update   | list | before   | steps | update__steps=["eat"]       | ["mix", "bake", "eat"]  |
        | prepend  | list | behind   | steps | steps__prepend=["buy", "weigh"] | ["buy", "weigh", "mix", "bake"] |
        | prepend  | list | before   | steps | prepend__steps=["buy", "weigh"] | ["buy", "weigh", "mix", "bake"] |
        | remove   | list | behind   | steps | steps__remove=["mix"]       | ["bake"]                |
        | remove   | list | before   | steps | remove__steps=["mix"]       | ["bake"]                |
        | setindex | list | behind   | steps | steps__setindex=(0, "stir") | ["stir", "bake"]        |
        | setindex | list | before   | steps | setindex__steps=(0, "stir") | ["stir", "bake"]        |

      Examples: A map
        | operator | kind | spelling | field | change                     | after                                    |
        | add      | map  | behind   | grams | grams__add={"yeast": 7}    | {"flour": 500, "salt": 10, "yeast": 7}   |
        | add      | map  | before   | grams | add__grams={"yeast": 7}    | {"flour": 500, "salt": 10, "yeast": 7}   |
        | update   | map  | behind   | grams | grams__update={"salt": 12} | {"flour": 500, "salt": 12}               |
        | update   | map  | before   | grams | update__grams={"salt": 12} | {"flour": 500, "salt": 12}               |
        | put      | map  | behind   | grams | grams__put=("salt", 12)    | {"flour": 500, "salt": 12}               |
        | put      | map  | before   | grams | put__grams=("salt", 12)    | {"flour": 500, "salt": 12}               |
        | remove   | map  | behind   | grams | grams__remove={"salt"}     | {"flour": 500}                           |
        | remove   | map  | before   | grams | remove__grams={"salt"}     | {"flour": 500}                           |

    Scenario: Several columns in one statement
      When we change three collections
        """python
        bread.update(tags__add={"new"}, steps__append=["eat"], grams__put=("yeast", 7))
        """
      Then 1 statement was sent
      And `Recipe.get(name="bread")` is `bread`

    Scenario: By key, without a document
      When we change elements of a row that we have not read
        """python
        Recipe.find(name="bread").update(tags__remove={"old"}, grams__put=("salt", 12), steps__setindex=(1, "burn"))
        """
      Then 1 statement was sent
      And the Recipe table holds
        | name  | steps           | tags     | grams                      |
        | bread | ["mix", "burn"] | {"easy"} | {"flour": 500, "salt": 12} |

    Scenario: An element may live for a while
      When we add a tag for an hour
        """python
        bread.update(tags__add={"today"}, ttl=3600)
        """
      Then the Recipe table holds
        | name  | tags                     |
        | bread | {"old", "easy", "today"} |

    Scenario: Null in the place of an element removes it
      When we put null
        """python
        bread.update(grams__put=("salt", None), steps__setindex=(0, None))
        """
      Then `(bread.grams, bread.steps)` is `({"flour": 500}, ["bake"])`
      And `Recipe.get(name="bread")` is `bread`

    Scenario: Removing the last element leaves an empty collection
      When we remove them all
        """python
        bread.update(tags__remove={"old", "easy"})
        """
      Then `bread.tags` is `set()`
      And `Recipe.get(name="bread").tags` is `set()`

  Rule: Columns and elements can be deleted

    Scenario: A column
      When we delete a column
        """python
        bread.delete_columns("pans", "tags")
        """
      Then 1 statement was sent
      And `(bread.pans, bread.tags)` is `([], set())`
      And `Recipe.get(name="bread")` is `bread`

    Scenario: Keys of a map, positions of a list
      When we delete elements of two collections
        """python
        bread.delete_columns(collection_elements={"grams": ["salt"], "minutes": ["bake", "rest"], "steps": [0]})
        """
      Then 1 statement was sent
      And `(bread.grams, bread.minutes, bread.steps)` is `({"flour": 500}, {}, ["bake"])`
      And `Recipe.get(name="bread")` is `bread`

    Scenario: Only if
      When we delete an element on a condition that does not hold
        """python
        bread.delete_columns(collection_elements={"grams": ["salt"]}, if_conditions={"pans": ["pot"]})
        """
      Then `result.applied` is `False`
      And `result.existing` is `{"pans": ["tin"]}`
      And `bread.grams` is `{"flour": 500, "salt": 10}`

    Scenario Outline: Deleting <what> is refused
      When we try
        """python
        bread.delete_columns(<arguments>)
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        <reason>
        """
      And nothing was sent

      Examples:
        | what                        | arguments                               | reason                                                                             |
        | the key                     | "name"                                  | Recipe.name is part of the primary key: delete() removes the row                   |
        | an element of a set         | collection_elements={"tags": ["old"]}   | Recipe.tags is set<text>: …for a set use update(...__remove=)                      |
        | an element of a frozen list | collection_elements={"pans": [0]}       | Recipe.pans is frozen<list<text>>: single elements are deleted from a map or a list that is not frozen… |
        | a position below zero       | collection_elements={"steps": [-1]}     | Recipe.steps[-1]: a position in a list is an integer of at least 0                 |
        | the letters of a text       | collection_elements={"grams": "salt"}   | Recipe.grams: give the keys as a list, not 'salt'                                  |
        | nothing                     |                                         | delete_columns() of Recipe was given no column                                     |

  Rule: What an operator does not fit is refused, with the one that does

    Scenario Outline: <what> is refused
      When we try
        """python
        bread.update(<change>)
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        <reason>
        """
      And nothing was sent

      Examples:
        | what                                  | change                                | reason                                                                           |
        | Appending to a set                    | tags__append=["new"]                  | Recipe.tags is set<text>: __append fits a list                                   |
        | Prepending to a map                   | grams__prepend=["salt"]               | Recipe.grams is map<text, int>: __prepend fits a list                            |
        | Putting into a list                   | steps__put=(0, "stir")                | Recipe.steps is list<text>: __put fits a map                                     |
        | A position in a map                   | grams__setindex=(0, 1)                | Recipe.grams is map<text, int>: __setindex fits a list                           |
        | Adding to a text                      | name__add=["s"]                       | Recipe.name is part of the primary key…                                          |
        | Adding to a frozen list               | pans__append=["pot"]                  | Recipe.pans is frozen: only the whole value can be written                       |
        | A text, which is no list of its letters | tags__add="new"                     | Recipe.tags: __add takes a set or a list of elements, not 'new'                  |
        | A list for a map                      | grams__add=["salt"]                   | Recipe.grams: __add takes a dict of elements, not ['salt']                       |
        | Half a pair                           | grams__put="salt"                     | Recipe.grams: __put takes a pair (key, value), not 'salt'                        |
        | A position beyond the list            | steps__setindex=(9, "eat")            | Recipe.steps: the list steps has no position 9: it has 2 elements                |
        | A position counted from the end       | steps__setindex=(-1, "eat")           | Recipe.steps: the list steps has no position -1: it has 2 elements               |
        | One column twice                      | tags__add={"a"}, tags__remove={"b"}   | Recipe.tags is changed twice in one update (add and remove): send two            |

    Scenario: An element of another type, in a document
      A document is validated by Pydantic, which raises its own error.

      When we put a text where grams are counted
        """python
        bread.update(grams__put=("salt", "a pinch"))
        """
      Then it is refused with ValidationError, before anything is sent
        """
        1 validation error for Recipe grams.salt Input should be a valid integer, …
        """
      And `bread.grams` is `{"flour": 500, "salt": 10}`

    Scenario: An element of another type, by key
      When we put a text where grams are counted
        """python
        Recipe.find(name="bread").update(grams__put=("salt", "a pinch"))
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Recipe.grams is int, not 'a pinch': …
        """
      And nothing was sent

    Scenario: The whole of a frozen list can be written
      When we replace it
        """python
        bread.update(pans=["pot", "lid"])
        """
      Then the Recipe table holds
        | name  | pans           |
        | bread | ["pot", "lid"] |

    Scenario: The server has fewer elements than our document
      Given someone has emptied the list
        """python
        Recipe.find(name="bread").update(steps=[])
        """
      When we replace a position that we still see
        """python
        bread.update(steps__setindex=(1, "burn"))
        """
      Then it is refused with ServerRejected
        """
        …list which is null…
        """
      And `bread.steps` is `["mix", "bake"]`
