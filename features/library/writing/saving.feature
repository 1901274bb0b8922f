Feature: Saving
  `save()` writes the whole document, one statement, whether or not the row was there: the server does not look
  before it writes, which is why a write costs less than a read. `create()` is building and saving in one call.

  Where "the row must be new" is meant, `insert()` says so. The replicas then agree among themselves first, which
  takes four round trips where a plain write takes one, so keep it for what needs it: a user name, a seat, a lock.
  Its answer tells whether it was applied, and if not, which row stood in the way.

  Rule: Saving writes the row and returns the document

    Background:
      Given the model Article

    Scenario: A new article
      When we save it
        """python
        lamp = Article(number=7, name="lamp", price=Decimal("19.90"))
        lamp.save()
        """
      Then the Article table holds
        | number | name | price | stock |
        | 7      | lamp | 19.90 | 0     |

    Scenario: One statement
      When we save it
        """python
        Article(number=7, name="lamp").save()
        """
      Then 1 statement was sent

    Scenario: The row is replaced
      Given these Article documents are saved
        | number | name | stock |
        | 7      | lamp | 3     |
      When we save another document with its key
        """python
        Article(number=7, name="desk", stock=1).save()
        """
      Then the Article table holds
        | number | name | stock |
        | 7      | desk | 1     |

    Scenario: Building and saving in one call
      When we create it
        """python
        Article.create(number=7, name="lamp")
        """
      Then these come back
        | number | name |
        | 7      | lamp |
      And the Article table holds
        | number | name |
        | 7      | lamp |

  Rule: Of several who insert, one wins, and the others learn who it was

    Background:
      Given the model Reservation

    Scenario: The seat is free
      When we take it
        """python
        Reservation(showing="Metropolis", seat=12, guest="ada").insert()
        """
      Then `result.applied` is `True`
      And the Reservation table holds
        | showing    | seat | guest |
        | Metropolis | 12   | ada   |

    Scenario: The seat is taken
      Given these Reservation documents are saved
        | showing    | seat | guest |
        | Metropolis | 12   | ada   |
      When we take it too
        """python
        Reservation(showing="Metropolis", seat=12, guest="linus").insert()
        """
      Then `result.applied` is `False`
      And `result.existing` is `{"showing": "Metropolis", "seat": 12, "guest": "ada"}`
      And the Reservation table holds
        | showing    | seat | guest |
        | Metropolis | 12   | ada   |

  Rule: The later timestamp wins, whatever arrives last

    Every value carries the time of its write, in microseconds; of two, the later one is read. Programs seldom say
    it, but an import that must not overwrite newer data, or a replay, can.

    Scenario: An import does not overwrite what is newer
      Given the model Article
      And these Article documents are saved
        | number | name |
        | 7      | lamp |
      When we import a row from the year 2001
        """python
        Article(number=7, name="candle").save(timestamp=1_000_000_000_000_000)
        """
      Then the Article table holds
        | number | name |
        | 7      | lamp |

    Scenario: The time of a write can be read
      Given the model Article
      When we save with a timestamp and ask for it
        """python
        Article(number=7, name="lamp").save(timestamp=1_900_000_000_000_000)
        Article.find(number=7).writetime("name")
        """
      Then the result is `[1_900_000_000_000_000]`

  Rule: How sure a write must be is a choice of each write

    The consistency level says how many replicas must have answered: `ONE`, `QUORUM`, `ALL`, or those of the own
    datacenter, such as `LOCAL_QUORUM`. What is written and read with a quorum is never read older than it is.

    Scenario: A write for a quorum
      Given the model Article
      When we save with a level
        """python
        Article(number=7, name="lamp").save(consistency="QUORUM")
        """
      Then the last statement was sent with the consistency QUORUM

    Scenario: A level that does not exist
      Given the model Article
      When we save with a misspelt level
        """python
        Article(number=7, name="lamp").save(consistency="QUORAM")
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        consistency must be one of …, QUORUM, …, not 'QUORAM'
        """
      And nothing was sent
