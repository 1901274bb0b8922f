Feature: Documents that are not whole
  A list of articles shows a name and a price; there is no need to read the rest. `only()` names the columns to read,
  `defer()` those to leave out; the key is always read. What comes back are documents, not dictionaries: they have the
  model's methods, and can be updated and deleted.

      Article.find(brand="Lux").only("name", "price")

  What was left out is not there, and is never made up: reading it is an `AttributeError` that says why, and `save()`,
  which writes the whole row, refuses. `update()` writes what is named, and `refresh()` reads all of it.

  Background:
    Given the model Article
    And these Article documents are saved
      | number | name | brand | price | stock | tags           |
      | 7      | lamp | Lux   | 19.90 | 3     | {"old", "red"} |

  Rule: Only what is asked for is read, and the key

    Scenario: Named columns
      When we read a name
        """python
        lamp = Article.find(number=7).only("name").first()
        """
      Then `(lamp.number, lamp.name)` is `(7, "lamp")`
      And `lamp.model_fields_set` is `{"number", "name"}`

    Scenario: All but some
      When we leave two columns out
        """python
        lamp = Article.find(number=7).defer("tags", "notes").get()
        """
      Then `(lamp.number, lamp.name, lamp.price, lamp.stock)` is `(7, "lamp", Decimal("19.90"), 3)`
      And `hasattr(lamp, "tags")` does not hold

    Scenario Outline: The statement of <query>
      When we explain it
        """python
        plan = Article.find(number=7).<query>.explain()
        """
      Then the CQL of `plan` is
        """
        SELECT <columns> FROM "article" WHERE "number" = ?
        """

      Examples:
        | query                            | columns                                                           |
        | only("name")                     | "number", "name"                                                  |
        | only("name", "number")           | "number", "name"                                                  |
        | only()                           | "number"                                                          |
        | defer("tags", "notes", "sizes")  | "number", "name", "brand", "price", "stock"                       |
        | defer("number", "name")          | "number", "brand", "price", "stock", "tags", "notes", "sizes"     |

    Scenario: In a loop, page by page
      When we loop over partial documents
        """python
        names = [article.name for article in Article.find().only("name")]
        """
      Then `names` is `["lamp"]`

  Rule: What was left out is not made up

    Background:
      Given we have read a name
        """python
        lamp = Article.find(number=7).only("name").first()
        """

    Scenario: Reading it
      When we read what was left out
        """python
        lamp.stock
        """
      Then it is refused with AttributeError, before anything is sent
        """
        Article.stock was not loaded: the query left it out with only() or defer(); refresh() reads the whole row
        """

    Scenario Outline: A partial document: <call> would write the whole row
      When we call it
        """python
        lamp.<call>
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        this Article was loaded without 'brand', so it cannot be written whole: use update()
        """
      And nothing was sent
      And the Article table holds
        | number | name | brand | price | stock | tags           |
        | 7      | lamp | Lux   | 19.90 | 3     | {"old", "red"} |

      Examples:
        | call     |
        | save()   |
        | insert() |

    Scenario: Updating it
      When we update a column that was read, and one that was not
        """python
        lamp.update(name="lantern", stock=2)
        """
      Then `(lamp.name, lamp.stock)` is `("lantern", 2)`
      And the Article table holds
        | number | name    | brand | price | stock | tags           |
        | 7      | lantern | Lux   | 19.90 | 2     | {"old", "red"} |

    Scenario: Reading the rest
      When we refresh it
        """python
        lamp.refresh()
        """
      Then `lamp` is `Article.get(number=7)`
      And `lamp.stock` is `3`

    Scenario: Deleting it
      When we delete it
        """python
        lamp.delete()
        """
      Then the Article table is empty

    Scenario: It can be printed and turned into a dictionary
      When we print it
        """python
        text = repr(lamp)
        plain = lamp.model_dump()
        """
      Then `text` is `"Article(number=7, name='lamp')"`
      And `plain` is `{"number": 7, "name": "lamp"}`

  Rule: A misspelt column never reaches the server

    Scenario Outline: A misspelt column in <query>
      When we misspell a column
        """python
        Article.find(number=7).<query>("nmae")
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Article has no column 'nmae'; did you mean 'name'?
        """

      Examples:
        | query |
        | only  |
        | defer |
