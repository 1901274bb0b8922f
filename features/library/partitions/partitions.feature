Feature: Partitions, tokens and ranges
  The partition key of a row is hashed to a *token*, a number from -2⁶³ to 2⁶³-1, and the token decides which nodes keep
  it. All rows of one partition lie together, sorted by the clustering key; partitions lie in the order of their tokens,
  which means nothing to anybody. So a range within a partition is read in one piece, and a whole table is read in pieces
  by ranges of tokens, each by another worker if need be.

  Background:
    Given the model Reading
    And these Reading documents are saved
      | sensor | day        | taken    | kind | value |
      | roof   | 2030-05-01 | 06:00:00 | temp | 10.5  |
      | roof   | 2030-05-01 | 12:00:00 | temp | 22.5  |
      | roof   | 2030-05-01 | 12:00:00 | wind | 3.0   |
      | roof   | 2030-05-02 | 06:00:00 | temp | 12.0  |
      | cellar | 2030-05-01 | 06:00:00 | temp | 8.0   |
      | cellar | 2030-05-01 | 18:00:00 | temp | 9.0   |

  Rule: Ranges of tokens that cover the ring cover the table

    Scenario: A table in four pieces
      When we read the ring quarter by quarter
        """python
        edges = [-(2**63), -(2**62), 0, 2**62, 2**63 - 1]
        pieces = [
            Reading.find(sensor__token__gt=low, sensor__token__lte=high).all() for low, high in zip(edges, edges[1:])
        ]
        rows = [reading for piece in pieces for reading in piece]
        """
      Then 4 statements were sent
      And `len(rows)` is `6`
      And `sorted(map(str, rows))` is `sorted(map(str, Reading.find().all()))`

    Scenario: From one partition to the next
      When we read the token of each row, and go on behind the first partition
        """python
        tokens = Reading.find().select_token().all()
        first = min(tokens)
        behind = Reading.find(sensor__token__gt=first).select_token().all()
        upto = Reading.find(sensor__token__lte=first).select_token().all()
        """
      Then `len(set(tokens))` is `3`
      And `set(behind)` is `set(tokens) - {first}`
      And `set(upto)` is `{first}`

    Scenario: A token beside columns
      When we ask for both
        """python
        Reading.find(sensor="roof", day=date(2030, 5, 2)).values_list("sensor", "token(sensor, day)").all()
        """
      Then `result[0][0]` is `"roof"`
      And `result[0][1] in Reading.find().select_token().all()` holds

    Scenario: A range of tokens is no full scan, and no filter
      When we explain one
        """python
        plan = Reading.find(sensor__token__gte=0).explain()
        """
      Then the CQL of `plan` is
        """
        SELECT "sensor", "day", "taken", "kind", "value" FROM "reading" WHERE TOKEN("sensor", "day") >= ?
        """
      And `plan.params` is `(0,)`

    Scenario: Only a partition key has a token
      When we ask for the token of a clustering column
        """python
        Reading.find(taken__token__gt=0)
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        taken__token__gt: a token is one of the partition key (sensor, day)
        """

  Rule: A range within a partition may compare several clustering columns at once

    The clustering key sorts rows by its columns, one after the other. To go on behind a row that was read, compare the
    whole of it: "later than noon, or at noon and behind temp".

    Scenario Outline: A tuple: <op> a row
      When we compare hour and number
        """python
        class Slot(Document):
            room: Annotated[str, PrimaryKey()]
            hour: Annotated[int, ClusteringKey(clustering_key_index=0)]
            number: Annotated[int, ClusteringKey(clustering_key_index=1)]

        Slot.sync_table()
        for hour in (9, 10, 11):
            for number in (1, 2):
                Slot(room="a", hour=hour, number=number).save()
        found = Slot.find(room="a").tuple_filter(("hour", "number"), "<op>", (10, 1)).all()
        """
      Then `[(slot.hour, slot.number) for slot in found]` is `<rows>`

      Examples:
        | op  | rows                                               |
        | gt  | [(10, 2), (11, 1), (11, 2)]                        |
        | gte | [(10, 1), (10, 2), (11, 1), (11, 2)]               |
        | lt  | [(9, 1), (9, 2)]                                   |
        | lte | [(9, 1), (9, 2), (10, 1)]                          |
        | eq  | [(10, 1)]                                          |

    Scenario: One column, or a part of the key
      When we compare times alone
        """python
        day = Reading.find(sensor="roof", day=date(2030, 5, 1))
        day.tuple_filter(("taken",), "lt", (time(12),)).values_list("value", flat=True).all()
        """
      Then the result is `[10.5]`

    Scenario Outline: <what> cannot be compared
      When we compare
        """python
        Reading.find(sensor="roof", day=date(2030, 5, 1)).tuple_filter(<arguments>).all()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        <reason>
        """
      And nothing was sent

      Examples:
        | what                        | arguments                                       | reason                                                                                        |
        | Columns in another order    | ("kind", "taken"), "gt", ("a", time(6))         | tuple_filter compares neighbours in the clustering key, in its order (taken, kind)            |
        | A part of the partition key | ("day", "taken"), "gt", (date(2030, 5, 1), time(6)) | tuple_filter compares neighbours in the clustering key, in its order (taken, kind)        |
        | A column without order      | ("taken", "value"), "gt", (time(6), 1.0)        | tuple_filter compares neighbours in the clustering key, in its order (taken, kind)            |
        | Too few values              | ("taken", "kind"), "gt", (time(6),)             | tuple_filter: 2 columns, but 1 values                                                         |
        | An operator that is none    | ("taken", "kind"), "near", (time(6), "a")       | tuples are compared with eq, gt, gte, lt, lte, not 'near'                                     |
        | No operator                 | ("taken", "kind"), "", (time(6), "a")           | tuples are compared with eq, gt, gte, lt, lte, not ''                                         |
        | Null                        | ("taken", "kind"), "gt", (time(6), None)        | tuple_filter: nothing compares with null                                                      |
        | A value of another type     | ("taken", "kind"), "gt", ("noon", "a")          | Reading.taken is time, not 'noon': …                                                          |

  Rule: A limit may be for each partition

    Scenario: The two latest of each sensor and day
      When we ask for two rows of each partition
        """python
        found = Reading.find().per_partition_limit(2).all()
        """
      Then `len(found)` is `5`
      And 1 statement was sent

    Scenario: And for all of them
      When we ask for one row of each partition, two in all
        """python
        len(Reading.find().per_partition_limit(1).limit(2).all())
        """
      Then the result is `2`

  Rule: What all rows of a partition share is written once

    Background:
      Given the model Booking
      And these Booking documents are saved
        | account | number | amount | balance | owner |
        | ada     | 1      | 100    | 100     | ada   |
        | ada     | 2      | 50     |         |       |

    Scenario: Every row shows it
      Then the Booking table holds
        | account | number | balance | owner |
        | ada     | 1      | 100     | ada   |
        | ada     | 2      | 100     | ada   |

    Scenario: Changing it in one row changes it in all
      When we change a row's shared value, and read them all
        """python
        Booking.get(account="ada", number=2).update(balance=150)
        """
      Then 2 statements were sent
      And the Booking table holds
        | account | number | balance |
        | ada     | 1      | 150     |
        | ada     | 2      | 150     |

    Scenario: It is changed by the partition's key alone
      When we update the account
        """python
        Booking.find(account="ada").update(balance=7, owner="grace")
        """
      Then 1 statement was sent
      And the Booking table holds
        | account | number | balance | owner |
        | ada     | 1      | 7       | grace |
        | ada     | 2      | 7       | grace |

    Scenario: It may be there before there is any row
      When we open an account, and book later
        """python
        Booking.find(account="linus").update(balance=0, owner="linus")
        rows = Booking.find(account="linus").all()
        shared = Booking.find(account="linus").distinct().values("owner", "balance").first()
        Booking(account="linus", number=1, amount=5).save()
        booked = Booking.get(account="linus", number=1)
        """
      Then `(rows, shared)` is `([], {"owner": "linus", "balance": 0})`
      And `(booked.amount, booked.balance)` is `(5, 0)`

    Scenario: It can be deleted
      When we forget the owner
        """python
        Booking.get(account="ada", number=1).delete_columns("owner")
        """
      Then the Booking table holds
        | account | number | amount | balance | owner |
        | ada     | 1      | 100    | 100     | null  |
        | ada     | 2      | 50     | 100     | null  |

    Scenario: What is not shared needs the row
      When we change an amount by the account alone
        """python
        Booking.find(account="ada").update(amount=1)
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Booking: update() needs number= (or __in), so that it knows its rows
        """
