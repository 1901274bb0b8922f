Feature: Reading later, and looking deeper
  A page of rows is validated at once, in one call, because that is the cheapest way to have documents. Where few of
  the rows will be looked at, `all(lazy=True)` keeps each row as it came and validates it at the first access to one of
  its attributes. What comes out is the same document.

  When a read is slow, the server can say why: `all_traced()` asks for its own account of the statement, the nodes that
  took part and what each did when. Tracing costs the server a few writes, so it is for questions, not for every day.

  Background:
    Given the model Article
    And these Article documents are saved
      | number | name | brand | price | tags           |
      | 7      | lamp | Lux   | 19.90 | {"old", "red"} |

  Rule: A lazy row becomes a document when it is looked at

    Scenario: Nothing is validated before it is looked at
      When we read a page lazily
        """python
        page = Article.find(number=7).all(lazy=True)
        """
      Then `repr(page[0])` is `"<LazyDocument of Article: not looked at>"`
      And 1 statement was sent

    Scenario: The first look makes the document
      When we look at a name
        """python
        page = Article.find(number=7).all(lazy=True)
        name = page[0].name
        """
      Then `name` is `"lamp"`
      And `page[0].document.tags == {"old", "red"}` holds
      And 1 statement was sent

    Scenario: It equals the document that is read at once
      When we read the row both ways
        """python
        now = Article.find(number=7).all()
        later = Article.find(number=7).all(lazy=True)
        """
      Then `later[0] == now[0]` holds

  Rule: Every read is validated

    Scenario: Validation cannot be switched off
      When we ask for unvalidated rows
        """python
        Article.find(number=7).validate(False)
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        every read is validated: values_list() reads fewer columns, all(lazy=True) validates a row when it is looked at
        """

  Rule: The server tells what it did

    Scenario: A trace of one read
      When we ask how the lamp is found
        """python
        traced = Article.find(number=7).all_traced()
        """
      Then `[article.name for article in traced.data]` is `["lamp"]`
      And `traced.duration > 0` holds
      And `any("single-partition" in event.description for event in traced.events)` holds
