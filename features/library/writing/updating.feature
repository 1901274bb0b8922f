Feature: Updating
  `update()` writes some columns of a row and leaves the others alone; nothing is read before. Called on a document
  it changes that too, once the server has the change. Called on a query that names the key it needs no document.

  The elements of a collection can be changed without knowing the others: two programs that add a tag each both
  succeed, where two that read, change and save would lose one. The suffix says what is done: `tags__add={"new"}`.
  Beware of positions in a list: `__setindex` makes the server read the list first; sets and maps do without.

  Background:
    Given the model Article
    And these Article documents are saved
      | number | name | brand | stock | tags           | notes          | sizes            |
      | 7      | lamp | Lux   | 3     | {"old", "red"} | ["a", "b"]     | {"S": 1, "M": 2} |

  Rule: Only the named columns are written

    Scenario: A document changes, and so does its row
      Given we have read the lamp
        """python
        lamp = Article.get(number=7)
        """
      When we update two columns
        """python
        lamp.update(stock=2, brand="Nox")
        """
      Then 1 statement was sent
      And `(lamp.stock, lamp.brand)` is `(2, "Nox")`
      And the Article table holds
        | number | name | brand | stock |
        | 7      | lamp | Nox   | 2     |

    Scenario: A row is updated without reading it
      When we update by key
        """python
        Article.find(number=7).update(stock=0)
        """
      Then 1 statement was sent
      And the Article table holds
        | number | name | stock |
        | 7      | lamp | 0     |

    Scenario: A row that is not there comes to be
      This surprises people who come from SQL: an update does not look whether there is a row. `if_exists=True`
      does, at the price of a lightweight transaction.

      When we update a number that nobody has
        """python
        Article.find(number=9).update(name="ghost")
        """
      Then the Article table holds
        | number | name  |
        | 7      | lamp  |
        | 9      | ghost |

  Rule: Elements are added and removed without reading the collection

    Scenario Outline: <what> in one statement
      Given we have read the lamp
        """python
        lamp = Article.get(number=7)
        """
      When we change elements
        """python
        lamp.update(<change>)
        """
      Then 1 statement was sent
      And `lamp.<field>` is `<after>`
      And `Article.get(number=7).<field>` is `<after>`

      Examples:
        | what                          | change                     | field | after                    |
        | A set gains an element        | tags__add={"new"}          | tags  | {"old", "red", "new"}    |
        | A set loses an element        | tags__remove={"old"}       | tags  | {"red"}                  |
        | A list grows at its end       | notes__append=["c"]        | notes | ["a", "b", "c"]          |
        | A list grows at its beginning | notes__prepend=["0"]       | notes | ["0", "a", "b"]          |
        | A list loses all equal ones   | notes__remove=["a"]        | notes | ["b"]                    |
        | A position is replaced        | notes__setindex=(1, "B")   | notes | ["a", "B"]               |
        | A map gains entries           | sizes__add={"L": 3}        | sizes | {"S": 1, "M": 2, "L": 3} |
        | A map's entry is replaced     | sizes__put=("S", 9)        | sizes | {"S": 9, "M": 2}         |
        | A map loses keys              | sizes__remove={"S"}        | sizes | {"M": 2}                 |
        | The prefix says the same      | add__tags={"new"}          | tags  | {"old", "red", "new"}    |

    Scenario: Two programs add a tag each
      Given we have read the lamp twice
        """python
        one = Article.get(number=7)
        other = Article.get(number=7)
        """
      When we add a tag to each
        """python
        one.update(tags__add={"blue"})
        other.update(tags__add={"green"})
        Article.get(number=7).tags
        """
      Then the result is `{"old", "red", "blue", "green"}`

  Rule: A condition makes the write depend on what is there

    Scenario: The stock is still what we saw
      When we sell one if there are three
        """python
        lamp = Article.get(number=7)
        lamp.update(stock=2, if_conditions={"stock": 3})
        """
      Then `result.applied` is `True`
      And the Article table holds
        | number | stock |
        | 7      | 2     |

    Scenario: Somebody was faster
      Given we have read the lamp, and somebody sold it
        """python
        lamp = Article.get(number=7)
        Article.find(number=7).update(stock=0)
        """
      When we sell one if there are three
        """python
        lamp.update(stock=2, if_conditions={"stock": 3})
        """
      Then `result.applied` is `False`
      And `result.existing` is `{"stock": 0}`
      And `lamp.stock` is `3`
      And the Article table holds
        | number | stock |
        | 7      | 0     |

    Scenario: Only a row that is there
      When we update a number that nobody has, if it exists
        """python
        Article(number=9, name="ghost").update(stock=1, if_exists=True)
        """
      Then `result.applied` is `False`
      And the Article table holds
        | number | name |
        | 7      | lamp |

  Rule: What cannot be updated is refused

    Scenario Outline: <what> is refused
      Given we have read the lamp
        """python
        lamp = Article.get(number=7)
        """
      When we try
        """python
        lamp.update(<change>)
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        <reason>
        """
      And nothing was sent

      Examples:
        | what                  | change                   | reason                                                                                  |
        | A new key             | number=8                 | Article.number is part of the primary key: a row cannot be moved, save a new one        |
        | A misspelt column     | stok=1                   | Article has no column 'stok'; did you mean 'stock'?                                     |
        | Appending to a set    | tags__append=["new"]     | Article.tags is set<text>: __append fits a list                                         |
        | A position beyond     | notes__setindex=(9, "z") | Article.notes…has no position 9: it has 2 elements                                       |
