Feature: Conditional writes
  A condition lets a write depend on what is there: `insert()` on that nothing is, `update()` and `delete()` on values
  or on the row's being there at all. The replicas of the partition agree on the outcome (a *lightweight transaction*),
  so that of several who try at once exactly one succeeds.

  The answer is an `LWTResult`: `applied` tells whether it was written, `existing` the values that stood in the way; it
  is true in an `if` when it was applied. An unmet condition is an answer, not an error.

      if not account.update(balance=70, if_conditions={"balance": 100}):
          ...  # somebody was faster: read again, decide again

  A condition costs about four times what a plain write does, and a column that is written with conditions should
  never be written without: the two do not wait for each other.

  Rule: Of several who insert one key, one succeeds

    Background:
      Given the model Reservation

    Scenario: The first one
      When we reserve
        """python
        Reservation(showing="Metropolis", seat=12, guest="ada").insert()
        """
      Then `result` is `LWTResult(applied=True)`
      And `bool(result)` holds

    Scenario: The second one learns who was first
      Given these Reservation documents are saved
        | showing    | seat | guest |
        | Metropolis | 12   | ada   |
      When we reserve the same seat
        """python
        Reservation(showing="Metropolis", seat=12, guest="linus").insert()
        """
      Then `bool(result)` does not hold
      And `result.existing["guest"]` is `"ada"`

    Scenario: Building and inserting in one call
      When we create the same seat twice from a query
        """python
        new = Reservation.find().if_not_exists()
        first = new.create(showing="Metropolis", seat=12, guest="ada")
        second = new.ttl(60).create(showing="Metropolis", seat=12, guest="linus")
        """
      Then `first` is `LWTResult(applied=True)`
      And `(second.applied, second.existing["guest"])` is `(False, "ada")`

    Scenario: A reservation that lapses
      When we reserve for a minute
        """python
        Reservation(showing="Metropolis", seat=12, guest="ada").insert(ttl=60)
        left = Reservation.find(showing="Metropolis").column_ttl("guest")
        """
      Then `50 < left[0] <= 60` holds

  Rule: An update may depend on any column that is not part of the key

    Background:
      Given the model Article
      And these Article documents are saved
        | number | name | brand | stock | tags    | notes      | sizes    |
        | 7      | lamp | Lux   | 3     | {"red"} | ["a", "b"] | {"S": 1} |
      And we have read the lamp
        """python
        lamp = Article.get(number=7)
        """

    Scenario Outline: The condition <condition> is met
      When we update on it
        """python
        lamp.update(name="lantern", if_conditions=<condition>)
        """
      Then `result.applied` is `True`
      And 1 statement was sent
      And `lamp.name` is `"lantern"`
      And `Article.get(number=7).name` is `"lantern"`

      Examples:
        | condition                        |
        | {"stock": 3}                     |
        | {"stock__ne": 4}                 |
        | {"stock__gt": 2}                 |
        | {"stock__gte": 3}                |
        | {"stock__lt": 4}                 |
        | {"stock__lte": 3}                |
        | {"stock__in": [1, 2, 3]}         |
        | {"price": None}                  |
        | {"brand__ne": None}              |
        | {"price__in": [None, 5]}         |
        | {"tags": {"red"}}                |
        | {"stock__gt": 2, "brand": "Lux"} |
        | {"price__isnull": True}          |
        | {"brand__isnull": False}         |
        | {"sizes__key": ("S", 1)}         |
        | {"sizes__key": ("XL", None)}     |
        | {"notes__key": (1, "b")}         |

    Scenario Outline: The condition <condition> is not met
      When we update on it
        """python
        lamp.update(name="lantern", if_conditions=<condition>)
        """
      Then `result.applied` is `False`
      And `result.existing` is `<existing>`
      And `lamp.name` is `"lamp"`
      And `Article.get(number=7).name` is `"lamp"`

      Examples:
        | condition                        | existing                     |
        | {"stock": 4}                     | {"stock": 3}                 |
        | {"stock__ne": 3}                 | {"stock": 3}                 |
        | {"stock__gt": 3}                 | {"stock": 3}                 |
        | {"stock__gte": 4}                | {"stock": 3}                 |
        | {"stock__lt": 3}                 | {"stock": 3}                 |
        | {"stock__lte": 2}                | {"stock": 3}                 |
        | {"stock__in": [1, 2]}            | {"stock": 3}                 |
        | {"stock__in": []}                | {"stock": 3}                 |
        | {"brand": None}                  | {"brand": "Lux"}             |
        | {"price__ne": None}              | {"price": None}              |
        | {"tags": {"blue"}}               | {"tags": {"red"}}            |
        | {"stock__gt": 2, "brand": "Nox"} | {"stock": 3, "brand": "Lux"} |
        | {"price__isnull": False}         | {"price": None}              |
        | {"brand__isnull": True}          | {"brand": "Lux"}             |
        | {"sizes__key": ("S", 2)}         | {"sizes": {"S": 1}}          |
        | {"notes__key": (7, "b")}         | {"notes": ["a", "b"]}        |

    @cassandra_only
    Scenario Outline: The condition <condition>, which ScyllaDB does not know
      When we update on it
        """python
        lamp.update(name="lantern", if_conditions=<condition>)
        """
      Then `result.applied` is `<applied>`

      Examples:
        | condition                     | applied |
        | {"tags__contains": "red"}     | True    |
        | {"tags__contains": "blue"}    | False   |
        | {"sizes__contains": 1}        | True    |
        | {"sizes__contains_key": "S"}  | True    |
        | {"sizes__contains_key": "XL"} | False   |

    Scenario: Elements of a collection may be changed on a condition
      When we add a tag if there are articles left
        """python
        lamp.update(tags__add={"last"}, if_conditions={"stock__gt": 0})
        """
      Then `result.applied` is `True`
      And `lamp.tags` is `{"red", "last"}`

    Scenario: A row that is not there meets no condition
      When we update a row that nobody has saved
        """python
        ghost = Article(number=9, name="ghost")
        ghost.update(stock=1, if_conditions={"stock": 0})
        """
      Then `result` is `LWTResult(applied=False)`
      And `Article.find(number=9).exists()` is `False`

    Scenario: Null, and a row that is not there, look alike
      When we update on a column's being null where there is no row
        """python
        ghost = Article(number=9, name="ghost")
        ghost.update(stock=1, if_conditions={"brand": None})
        """
      Then `result.applied` is `True`
      And `Article.find(number=9).values_list("stock", flat=True).all()` is `[1]`

  Rule: A write may depend on the row alone

    Background:
      Given the model Article
      And these Article documents are saved
        | number | name | stock |
        | 7      | lamp | 3     |

    Scenario: An update of a row that is there
      When we update it, if it exists
        """python
        Article.get(number=7).update(stock=2, if_exists=True)
        """
      Then `result.applied` is `True`

    Scenario: An update of a row that is not
      When we update it, if it exists
        """python
        Article(number=9, name="ghost").update(stock=2, if_exists=True)
        """
      Then `result` is `LWTResult(applied=False)`
      And `Article.find(number=9).exists()` is `False`

    Scenario: By key, without a document
      When we update and delete rows, if they exist
        """python
        updated = Article.find(number=7).if_exists().update(stock=2)
        missing = Article.find(number=9).if_exists().update(stock=2)
        deleted = Article.find(number=7).if_exists().delete()
        again = Article.find(number=7).if_exists().delete()
        """
      Then `[result.applied for result in (updated, missing, deleted, again)]` is `[True, False, True, False]`
      And the Article table is empty

    Scenario: A delete, once
      When we delete a row twice, if it exists
        """python
        lamp = Article.get(number=7)
        first = lamp.delete(if_exists=True)
        second = lamp.delete(if_exists=True)
        """
      Then `(first.applied, second.applied)` is `(True, False)`

    Scenario: A delete on a condition
      When we delete what is sold out, and what is not
        """python
        lamp = Article.get(number=7)
        refused = lamp.delete(if_conditions={"stock": 0})
        Article.find(number=7).update(stock=0)
        deleted = lamp.delete(if_conditions={"stock": 0})
        """
      Then `refused` is `LWTResult(applied=False, existing={"stock": 3})`
      And `deleted` is `LWTResult(applied=True)`
      And the Article table is empty

  Rule: A condition may be on what all rows of the partition share

    Background:
      Given the model Booking
      And these Booking documents are saved
        | account | number | amount | balance |
        | ada     | 1      | 100    | 100     |

    Scenario: A row is written if the partition's value is what we saw
      When we book on the balance
        """python
        booking = Booking(account="ada", number=2)
        booking.update(amount=-30, balance=70, if_conditions={"balance": 100})
        """
      Then `result.applied` is `True`
      And the Booking table holds
        | account | number | amount | balance |
        | ada     | 1      | 100    | 70      |
        | ada     | 2      | -30    | 70      |

    Scenario: The partition's value has changed
      When we book on a balance that is not there any more
        """python
        booking = Booking(account="ada", number=2)
        booking.update(amount=-30, balance=70, if_conditions={"balance__gte": 130})
        """
      Then `result` is `LWTResult(applied=False, existing={"balance": 100})`
      And the Booking table holds
        | account | number | amount | balance |
        | ada     | 1      | 100    | 100     |

    Scenario: Only the shared value is written
      When we change the owner of an account that has none
        """python
        Booking(account="ada", number=1).update(owner="ada", if_conditions={"owner": None})
        """
      Then `result.applied` is `True`
      And `Booking.find(account="ada").values_list("owner", flat=True).all()` is `["ada"]`

  Rule: What cannot be a condition is refused

    Background:
      Given the model Article

    Scenario Outline: <what> as a condition is refused
      When we try
        """python
        lamp = Article(number=7, name="lamp")
        lamp.<call>
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        <reason>
        """
      And nothing was sent

      Examples:
        | what                       | call                                                                | reason                                                                                |
        | A column that is not there | update(stock=1, if_conditions={"stok": 1})                          | Article has no column 'stok'; did you mean 'stock'?                                   |
        | A part of the key          | update(stock=1, if_conditions={"number": 7})                        | number: a condition cannot be on number, which is part of the key                     |
        | An operator of filters     | update(stock=1, if_conditions={"stock__token__gt": 1})              | stock__token__gt: a condition takes __ne, …, not __token__gt                          |
        | Perhaps null               | update(stock=1, if_conditions={"stock__isnull": "maybe"})           | stock__isnull is True or False, not 'maybe'                                           |
        | An element of no kind      | update(stock=1, if_conditions={"tags__key": ("red", 1)})            | tags__key: __key needs a map or a list that is not frozen, tags is set<text>          |
        | A position before the first | update(stock=1, if_conditions={"notes__key": (-1, "a")})           | Article.notes[-1]: a position in a list is an integer of at least 0                   |
        | What ScyllaDB alone knows  | update(stock=1, if_conditions={"name__like": "l%"})                 | IF ... LIKE exists on ScyllaDB only; this server is Cassandra                         |
        | A value of another type    | update(stock=1, if_conditions={"stock": "many"})                    | Article.stock is int, not 'many': …                                                   |
        | A text for a list          | update(stock=1, if_conditions={"brand__in": "Lux"})                 | Article.brand: __in takes a list of values, not 'Lux'                                 |
        | Both kinds                 | update(stock=1, if_exists=True, if_conditions={"stock": 1})         | if_exists and if_conditions exclude each other: a condition implies that the row exists |
        | A timestamp                | update(stock=1, timestamp=1, if_conditions={"stock": 1})            | a conditional write cannot have a timestamp: the server chooses it                    |
        | A delete with a timestamp  | delete(if_exists=True, timestamp=1)                                 | a conditional write cannot have a timestamp: the server chooses it                    |
