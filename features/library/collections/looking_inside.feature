Feature: Looking inside collections
  A row can be found by what one of its collections contains: an element of a set or a list, a value of a map, a key of
  it, or an entry, key and value together. For that the column has an index of the right target; one column may have
  several, each with its own.

      grams: Annotated[dict[str, int], Indexed(target="keys"), Indexed(target="entries")] = {}

  A frozen collection is one value, and its index (`target="full"`) finds rows by the whole of it.

  Background:
    Given the model Recipe
    And these Recipe documents are saved
      | name  | steps           | tags            | grams                      | minutes                  | pans           |
      | bread | ["mix", "bake"] | {"old", "easy"} | {"flour": 500, "salt": 10} | {"bake": 40, "rest": 90} | ["tin"]        |
      | soup  | ["cut", "boil"] | {"easy"}        | {"leek": 300, "salt": 5}   | {"boil": 30}             | ["pot", "lid"] |
      | cake  | ["mix", "bake"] | {"sweet"}       | {"flour": 300}             | {"bake": 40}             | ["tin"]        |

  Rule: Each lookup uses the index of its target

    Scenario Outline: <what> finds rows by its index
      When we find recipes
        """python
        query = Recipe.find(<filters>)
        found = {recipe.name for recipe in query.all()}
        """
      Then `found` is `<names>`
      And 1 statement was sent
      And `query.explain().warnings` is `("index <index> without a partition key: every node may be asked",)`

      Examples:
        | what                 | filters                    | names             | index                    |
        | An element of a set  | tags__contains="easy"      | {"bread", "soup"} | recipe_tags_idx          |
        | A key of a map       | grams__contains_key="salt" | {"bread", "soup"} | recipe_grams_keys_idx    |
        | An entry of a map    | grams__key=("salt", 5)     | {"soup"}          | recipe_grams_entries_idx |
        | A value of a map     | minutes__contains=40       | {"bread", "cake"} | recipe_minutes_values_idx |
        | A whole frozen list  | pans=["pot", "lid"]        | {"soup"}          | recipe_pans_full_idx     |

    Scenario: In a program's words
      `__contains` takes one element; to find what has two of them, ask for the rarer and look at the rest.

      When we ask for an element and narrow by another
        """python
        Recipe.find(tags__contains="easy", grams__contains_key="leek").allow_filtering().all()
        """
      Then these come back
        | name |
        | soup |

  Rule: A lookup without an index of its target is a scan, and refused unless it is meant

    Scenario Outline: <what> is a scan
      When we ask without an index
        """python
        Recipe.find(<filters>).all()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Recipe.<field> is neither part of the key nor indexed, so finding rows by it would read the whole table:
        add an Indexed() marker, or say allow_filtering() if that is meant
        """
      And nothing was sent

      Examples:
        | what                                          | filters                      | field   |
        | A value of a map that has an index of its keys | grams__contains=10          | grams   |
        | A key of a map that has an index of its values | minutes__contains_key="bake" | minutes |
        | An entry of a map that has an index of its values | minutes__key=("bake", 40) | minutes |
        | An element of a list that has no index        | steps__contains="boil"       | steps   |
        | An element of a frozen list, indexed in full  | pans__contains="lid"         | pans    |

    Scenario Outline: <what>, where a scan is meant
      When we say that we mean it
        """python
        {recipe.name for recipe in Recipe.find(<filters>).allow_filtering().all()}
        """
      Then the result is `<names>`

      Examples:
        | what                         | filters                      | names             |
        | A value of a map             | grams__contains=10           | {"bread"}         |
        | A key of a map               | minutes__contains_key="bake" | {"bread", "cake"} |
        | An entry of a map            | minutes__key=("bake", 40)    | {"bread", "cake"} |
        | An element of a list         | steps__contains="boil"       | {"soup"}          |
        | An element of a frozen list  | pans__contains="lid"         | {"soup"}          |

  Rule: The targets of indexes are made as they are marked

    Scenario: Four targets
      When we look at the plan
        """python
        class Cellar(Document):
            id: Annotated[int, PrimaryKey()]
            wines: Annotated[set[str], Indexed()] = set()
            years: Annotated[
                dict[str, int], Indexed(target="keys"), Indexed(target="values"), Indexed(target="entries")
            ] = {}
            racks: Annotated[frozenset[int], Frozen(), Indexed(target="full")] = frozenset()

        Cellar.sync_table(dry_run=True)[1:]
        """
      Then the result is this CQL
        """
        CREATE INDEX IF NOT EXISTS "cellar_wines_idx" ON "cellar" ("wines")
        CREATE INDEX IF NOT EXISTS "cellar_years_keys_idx" ON "cellar" (keys("years"))
        CREATE INDEX IF NOT EXISTS "cellar_years_values_idx" ON "cellar" (values("years"))
        CREATE INDEX IF NOT EXISTS "cellar_years_entries_idx" ON "cellar" (entries("years"))
        CREATE INDEX IF NOT EXISTS "cellar_racks_full_idx" ON "cellar" (full("racks"))
        """

    Scenario: Syncing again finds them all
      When we sync the table that is there
        """python
        Recipe.sync_table()
        """
      Then the result is `[]`
      And `result.drift` is `()`

    Scenario: A target that does not exist
      When we misspell a target
        """python
        Indexed(target="value")
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Indexed(target) must be keys, values, entries or full, not 'value'
        """

  Rule: A lookup that does not fit its column is refused

    Scenario Outline: <what> cannot be asked for
      When we try
        """python
        Recipe.find(<filters>).all()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        <reason>
        """
      And nothing was sent

      Examples:
        | what                   | filters                   | reason                                                                   |
        | A key of a set         | tags__contains_key="old"  | tags__contains_key: __contains_key needs a map, tags is set<text>        |
        | An entry of a list     | steps__key=(0, "mix")     | steps__key: __key needs a map that is not frozen, steps is list<text>    |
        | Half an entry          | grams__key="salt"         | grams__key: __key takes a pair (key, value), not 'salt'                  |
        | Another type of value  | minutes__contains="long"  | Recipe.minutes is int, not 'long': …                                     |
        | An element of a text   | name__contains="b"        | name__contains: __contains needs a collection, name is text              |
