Feature: Values, functions and casts
  `values()` and `values_list()` give values in place of documents (see *Values in place of documents*). Beside a column
  may stand a function of one: when it was written, how long it lives, the token of its partition. A column can be read
  as another type, a partition once for all its rows, and a row as the JSON that the server writes.

  Background:
    Given the models Article and Booking
    And these Article documents are saved
      | number | name | brand | price | stock |
      | 7      | lamp | Lux   | 19.90 | 3     |

  Rule: Functions stand beside columns, as strings

    Scenario: When a column was written, and how long it lives
      Given we have lent a quota for an hour, at a known time
        """python
        Article.find(number=7).using(ttl=3600, timestamp=1_900_000_000_000_000).update(brand="Nox")
        """
      When we ask
        """python
        row = Article.find(number=7).values("name", "WRITETIME(brand)", left="TTL(brand)").first()
        """
      Then `row["WRITETIME(brand)"]` is `1_900_000_000_000_000`
      And `3500 < row["left"] <= 3600` holds
      And `row["name"]` is `"lamp"`

    Scenario: In lower case, and in tuples
      When we ask
        """python
        Article.find(number=7).values_list("number", "ttl(brand)", "token(number)").first()
        """
      Then `result[:2]` is `(7, None)`
      And `type(result[2]) is int` holds

    Scenario: A single function, flat
      When we ask for it in every row
        """python
        Article.find(number=7).writetime("name") == Article.find(number=7).values_list("WRITETIME(name)", flat=True).all()
        """
      Then the result is `True`

    Scenario Outline: The function <word> is refused
      When we ask for it
        """python
        Article.find(number=7).values("<word>").all()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        <reason>
        """
      And nothing was sent

      Examples:
        | word              | reason                                                                                    |
        | WRITETIME(number) | Article.number is part of the key, which has no WRITETIME: ask for another column's       |
        | TTL(tags)         | Article.tags is a collection with one TTL per element, which is not supported             |
        | WRITETIME(nmae)   | Article has no column 'nmae'; did you mean 'name'?                                        |
        | UPPER(name)       | Article has no column 'UPPER(name)'…                                                      |
        | sum(name)         | sum(name): SUM needs numbers, Article.name is text                                        |

  Rule: A column can be read as another native type

    Scenario: A number as text, a price as a number
      When we cast two columns
        """python
        Article.find(number=7).values("number", "price").cast("number", "text").cast("price", "double").first()
        """
      Then the result is `{"number": "7", "price": 19.9}`

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
        | what                             | query                                                | reason                                                                                   |
        | Casting a document               | cast("number", "text").all()                         | cast() goes with values() or values_list(): a document keeps the types of its model      |
        | Casting what is not selected     | values("name").cast("number", "text").all()          | cast(): Article.number is not among the selected columns                                 |
        | Casting to what is no type       | values("number").cast("number", "string")            | Article.number is int: it casts to …text…, not 'string'                                       |

  Rule: A partition can be read once, with what its rows share

    Background:
      Given these Booking documents are saved
        | account | number | amount | balance | owner |
        | ada     | 1      | 100    | 70      | ada   |
        | ada     | 2      | -30    |         |       |
        | grace   | 1      | 5      | 5       | grace |

    Scenario: Accounts, each once
      When we read each account once
        """python
        Booking.find().distinct().values("account", "balance").all()
        """
      Then these come back
        | account | balance |
        | ada     | 70      |
        | grace   | 5       |
      And 1 statement was sent

    Scenario: As documents that hold no more than that
      When we read an account once
        """python
        ada = Booking.find(account="ada").distinct().first()
        """
      Then `(ada.account, ada.balance, ada.owner)` is `("ada", 70, "ada")`
      And `hasattr(ada, "amount")` does not hold

    Scenario: What differs from row to row
      When we ask for it
        """python
        Booking.find().distinct().values("account", "amount").all()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        distinct() reads partitions (account, balance, owner), not Booking.amount
        """

  Rule: A row can be read, and written, as the JSON of the server

    Scenario: Some columns
      When we ask for JSON
        """python
        import json

        texts = Article.find(number=7).values("number", "name", "brand").json()
        """
      Then `[json.loads(text) for text in texts]` is `[{"number": 7, "name": "lamp", "brand": "Lux"}]`

    Scenario: The whole row
      When we ask for JSON
        """python
        import json

        [row] = [json.loads(text) for text in Article.find(number=7).json()]
        """
      Then `(row["stock"], row["price"], row["tags"])` is `(3, 19.9, None)`

    Scenario: Writing it
      `save_json()` writes the same row as `save()`, and costs the server more: it is for rows that are to be seen as
      JSON on the way.

      When we write an article as JSON, and read it as a document
        """python
        desk = Article(number=8, name="desk", price=Decimal("120.50"), tags={"oak"}, sizes={"L": 2})
        desk.save_json(ttl=3600)
        Article.get(number=8)
        """
      Then the result is `desk`
      And `3500 < Article.find(number=8).column_ttl("name")[0] <= 3600` holds

    Scenario Outline: A number that JSON does not have: <number>
      Given the model Specimen
      When we write it as JSON
        """python
        Specimen(id=1, double=float("<number>"), single=float("<number>")).save_json()
        read = Specimen.get(id=1)
        """
      Then `str(read.double)` is `"<number>"`
      And `str(read.single)` is `"<number>"`

      Examples:
        | number |
        | inf    |
        | -inf   |
        | nan    |

    Scenario: Writing it in a batch
      When we write two articles as JSON in a batch
        """python
        with BatchQuery(logged=False) as batch:
            for number in (8, 9):
                Article(number=number, name="desk").save_json(batch=batch)
        """
      Then 1 statement was sent
      And `Article.find(number__in=[8, 9]).values_list("number", flat=True).all()` is `[8, 9]`
