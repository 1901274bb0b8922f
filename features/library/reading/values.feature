Feature: Values in place of documents
  A page that shows two columns need not read ten. `values()` gives dictionaries of the columns that are named,
  `values_list()` tuples, and with `flat=True` the bare values. They are decoded just as in a document: an `Enum` is
  its member, a set is a set. Functions of a column stand beside columns: when it was written, how long it lives.

  Background:
    Given the model Article
    And these Article documents are saved
      | number | name | brand | price | tags           |
      | 7      | lamp | Lux   | 19.90 | {"old", "red"} |

  Rule: Only the named columns are read

    Scenario: Dictionaries
      When we ask for two columns
        """python
        Article.find(number=7).values("name", "price").all()
        """
      Then the result is `[{"name": "lamp", "price": Decimal("19.90")}]`

    Scenario: Dictionaries with names of our own
      When we name a column otherwise
        """python
        Article.find(number=7).values("number", label="name").all()
        """
      Then the result is `[{"number": 7, "label": "lamp"}]`

    Scenario: Tuples
      When we ask for tuples
        """python
        Article.find(number=7).values_list("name", "tags").all()
        """
      Then the result is `[("lamp", {"old", "red"})]`

    Scenario: Bare values
      When we ask for one column, flat
        """python
        Article.find(number=7).values_list("name", flat=True).all()
        """
      Then the result is `["lamp"]`

    Scenario: A misspelt column
      When we ask for it
        """python
        Article.find(number=7).values("nmae").all()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Article has no column 'nmae'; did you mean 'name'?
        """

  Rule: A document can be read again

    Scenario: Somebody has changed the row
      Given we have read the lamp, and somebody changed it
        """python
        lamp = Article.get(number=7)
        Article.find(number=7).update(name="lantern")
        """
      When we read it again into the same document
        """python
        lamp.refresh()
        """
      Then `lamp.name` is `"lantern"`
      And 1 statement was sent

    Scenario: Somebody has deleted the row
      Given we have read the lamp, and somebody deleted it
        """python
        lamp = Article.get(number=7)
        Article.find(number=7).delete()
        """
      When we read it again
        """python
        lamp.refresh()
        """
      Then it is refused with DocumentNotFound
        """
        there is no Article with number=7
        """
