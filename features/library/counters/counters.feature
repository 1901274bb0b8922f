Feature: Counters
  A counter is a column that many programs may add to at the same moment without losing a count, and without reading
  first. It knows two operations: `increment()` and `decrement()`. It cannot be set, it has no time to live, and once
  its row is deleted it should not be used again, for an increment that was on its way may come after.

  A table of counters holds keys and counters, nothing else: a `CounterDocument`. Beware of one thing: after a
  `Timeout` nobody knows whether an increment was applied, and sending it again may count twice. Counters are for
  visits, votes and likes; money is kept with bookings.

  Background:
    Given the model Visits

  Rule: Counting adds, whoever else is counting

    Scenario: The row comes to be with its first increment
      When we count a visit
        """python
        today = Visits(page="/", day=date(2030, 5, 1))
        today.increment(visits=1)
        """
      Then 1 statement was sent
      And the Visits table holds
        | page | day        | visits | errors |
        | /    | 2030-05-01 | 1      | 0      |

    Scenario: Several counters in one statement, by any amount
      When we count twice
        """python
        today = Visits(page="/", day=date(2030, 5, 1))
        today.increment(visits=10, errors=2)
        today.increment(visits=5)
        """
      Then 2 statements were sent
      And the Visits table holds
        | page | day        | visits | errors |
        | /    | 2030-05-01 | 15     | 2      |

    Scenario: Taking back
      Given we have counted ten visits
        """python
        today = Visits(page="/", day=date(2030, 5, 1))
        today.increment(visits=10)
        """
      When we take three back, and seven more than there were errors
        """python
        today.decrement(visits=3, errors=7)
        """
      Then the Visits table holds
        | page | day        | visits | errors |
        | /    | 2030-05-01 | 7      | -7     |

    Scenario: Two programs count at once
      When we count in two documents of one row
        """python
        one = Visits(page="/", day=date(2030, 5, 1))
        other = Visits(page="/", day=date(2030, 5, 1))
        one.increment(visits=1)
        other.increment(visits=1)
        one.increment(visits=1)
        """
      Then the Visits table holds
        | page | visits |
        | /    | 3      |

    Scenario: The document follows its own counts, and refresh tells those of others
      Given someone has counted a hundred visits
        """python
        Visits(page="/", day=date(2030, 5, 1)).increment(visits=100)
        """
      When we count one and look at our document before and after reading
        """python
        mine = Visits(page="/", day=date(2030, 5, 1))
        mine.increment(visits=1)
        before = mine.visits
        after = mine.refresh().visits
        """
      Then `(before, after)` is `(1, 101)`

  Rule: Counters are read like any other column

    Background:
      Given someone has counted on three days
        """python
        for day in (1, 2, 3):
            Visits(page="/", day=date(2030, 5, day)).increment(visits=day * 10)
        """

    Scenario: The days of a page
      When we find days
        """python
        Visits.find(page="/", day__gte=date(2030, 5, 2)).all()
        """
      Then these come back, in this order
        | day        | visits |
        | 2030-05-02 | 20     |
        | 2030-05-03 | 30     |

    Scenario: All visits of a page, added up by the server
      When we ask for the sum
        """python
        Visits.find(page="/").sum("visits")
        """
      Then the result is `60`

    Scenario: A day is deleted
      When we delete a day
        """python
        Visits.get(page="/", day=date(2030, 5, 2)).delete()
        """
      Then the Visits table holds
        | day        | visits |
        | 2030-05-01 | 10     |
        | 2030-05-03 | 30     |

  Rule: Counters go into batches of their own

    Scenario: Two pages in one batch
      When we count visits of two pages
        """python
        home = Visits(page="/", day=date(2030, 5, 1))
        shop = Visits(page="/shop", day=date(2030, 5, 1))
        with BatchQuery(batch_type="COUNTER") as batch:
            home.increment(visits=1, batch=batch)
            shop.increment(visits=2, batch=batch)
            inside = (home.visits, shop.visits)
        """
      Then 1 statement was sent
      And `inside` is `(0, 0)`
      And `(home.visits, shop.visits)` is `(1, 2)`
      And the Visits table holds
        | page  | visits |
        | /     | 1      |
        | /shop | 2      |

  Rule: Every other write is refused, and the refusal says what to call

    Scenario Outline: A write: <call> is refused
      When we try
        """python
        today = Visits(page="/", day=date(2030, 5, 1), visits=1)
        today.<call>
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        <reason>
        """
      And nothing was sent

      Examples:
        | call                    | reason                                                                              |
        | save()                  | …Visits… a table of counters: call increment() or decrement()                       |
        | insert()                | …Visits… a table of counters: call increment() or decrement()                       |
        | save(ttl=60)            | …Visits… a table of counters: call increment() or decrement()                       |
        | update(visits=5)        | Visits.visits is a counter: call increment() or decrement()                         |
        | increment()             | increment() of Visits was given no counter                                          |
        | increment(day=1)        | Visits.day is not a counter: increment() cannot change it                           |
        | increment(visit=1)      | Visits has no column 'visit'; did you mean 'visits'?                                |
        | increment(visits="one") | Visits.visits is counter, not 'one': …                                              |
        | increment(visits=2**63) | Visits.visits is counter, not 9223372036854775808: …does not fit…                   |

    Scenario Outline: A write of many: <call> is refused
      When we try
        """python
        Visits.<call>
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        <reason>
        """
      And nothing was sent

      Examples:
        | call                                                            | reason                                                        |
        | create(page="/", day=date(2030, 5, 1), visits=1)                | …Visits… a table of counters: call increment() or decrement() |
        | find(page="/", day=date(2030, 5, 1)).update(visits=5)           | Visits.visits is a counter: call increment() or decrement()   |

    Scenario: A bulk save names each refusal
      When we try to save two days
        """python
        days = [Visits(page="/", day=date(2030, 5, day)) for day in (1, 2)]
        saved = Visits.bulk_save(days)
        """
      Then `(saved.saved, len(saved.failed))` is `(0, 2)`
      And nothing was sent

  Rule: A table of counters holds nothing but counters

    Scenario: Another column
      When we declare one
        """python
        class Votes(CounterDocument):
            poll: Annotated[str, PrimaryKey()]
            yes: Annotated[int, Counter()] = 0
            title: str = ""

        Votes.table_name()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Votes.title: a table of counters holds keys and Counter() columns only
        """
