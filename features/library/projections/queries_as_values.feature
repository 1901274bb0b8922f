Feature: A query is a value
  `find()` and its builders send nothing. A query can be kept, passed on, narrowed twice in different ways, and printed:
  each builder gives a new query and leaves the old one as it was. What it sends, it sends when a terminal is called or a
  loop begins, and no more than that: a program that prints its variables in a debugger asks the server nothing.

  Background:
    Given the model Article
    And these Article documents are saved
      | number | name   | brand |
      | 7      | lamp   | Lux   |
      | 8      | desk   | Nox   |
      | 9      | candle | Lux   |

  Rule: Looking at a query sends nothing

    Scenario Outline: Looking: <expression> sends nothing
      When we look at a query
        """python
        query = Article.find(brand="Lux").limit(10)
        <expression>
        """
      Then nothing was sent

      Examples:
        | expression                |
        | bool(query)               |
        | repr(query)               |
        | str(query)                |
        | f"{query}"                |
        | query == query            |
        | query.explain()           |
        | query.filter(name="lamp") |

    Scenario: A query is true, whatever it would find
      When we test a query that finds nothing
        """python
        bool(Article.find(brand="nobody's"))
        """
      Then the result is `True`

  Rule: Reading it all sends the query, once, and nothing beside it

    Scenario Outline: Reading: <expression> sends one statement
      When we read a query
        """python
        query = Article.find(brand="Lux")
        found = <expression>
        """
      Then 1 statement was sent
      And `sorted(article.name for article in found)` is `["candle", "lamp"]`

      Examples:
        | expression                     |
        | list(query)                    |
        | [article for article in query] |
        | query.all()                    |

    Scenario: Each reading is a new one
      When we read a query twice, with a change between
        """python
        query = Article.find(brand="Nox")
        before = query.all()
        Article.get(number=8).delete()
        after = query.all()
        """
      Then `(len(before), len(after))` is `(1, 0)`

  Rule: A builder leaves the query that it was called on as it was

    Scenario: Two ways on from one query
      When we narrow a query in two ways
        """python
        query = Article.find(brand="Lux")
        lamps = query.filter(name="lamp").allow_filtering()
        one = query.limit(1)
        """
      Then `len(query.all())` is `2`
      And `len(lamps.all())` is `1`
      And `len(one.all())` is `1`

    Scenario: A query cannot be changed
      When we set what has been asked
        """python
        query = Article.find(brand="Lux")
        query.query.limit = 1
        """
      Then it is refused with AttributeError, before anything is sent
        """
        a query is immutable: use limit() and keep what it returns
        """

  Rule: What makes no sense together is an error, never dropped

    Scenario Outline: <what> is refused
      When we try
        """python
        Article.find(number=7).<query>
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        <reason>
        """
      And nothing was sent

      Examples:
        | what                            | query                                 | reason                                      |
        | A limit on counting             | limit(1).count()                      | count() makes no sense with limit           |
        | An order on existence           | order_by().fetch_size(5).exists()     | exists() makes no sense with fetch_size…    |
        | A limit on the one row          | limit(1).one()                        | one() makes no sense with limit             |
        | A time to live on reading       | ttl(5).all()                          | all() makes no sense with ttl               |
        | A timestamp on reading          | timestamp(5).first()                  | …makes no sense with timestamp              |
        | A time to live on deleting      | ttl(5).delete()                       | delete() makes no sense with ttl            |
        | Filtering on updating           | allow_filtering().update(stock=1)     | update() makes no sense with allow_filtering |
        | Values on updating              | values("name").update(stock=1)        | update() makes no sense with values         |
        | A condition on reading          | if_exists().all()                     | all() makes no sense with if_exists         |
        | Distinct rows on aggregating    | distinct().aggregate(n="count(*)")    | aggregate() makes no sense with distinct    |
