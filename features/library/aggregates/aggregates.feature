Feature: Numbers of many rows
  Count, least, greatest, sum and mean can be computed by the server, so that the rows need not travel. They are still
  read there: an aggregate is as dear as the rows that it looks at are many, so name a partition. What a page shows all
  day is better counted when it is written (see *Counters*).

      Reading.find(sensor="roof", day=day).aggregate(n="count(*)", low="min(value)", high="max(value)")

  Background:
    Given the model Reading
    And these Reading documents are saved
      | sensor | day        | taken    | kind | value |
      | roof   | 2030-05-01 | 06:00:00 | temp | 10.5  |
      | roof   | 2030-05-01 | 12:00:00 | temp | 22.5  |
      | roof   | 2030-05-01 | 12:00:00 | wind | 3.0   |
      | roof   | 2030-05-02 | 06:00:00 | temp | 12.0  |
      | cellar | 2030-05-01 | 06:00:00 | temp | 8.0   |

  Rule: One function, one number

    Scenario Outline: The <function> of a day
      When we ask
        """python
        Reading.find(sensor="roof", day=date(2030, 5, 1)).<function>("value")
        """
      Then the result is `<number>`
      And 1 statement was sent

      Examples:
        | function | number |
        | sum      | 36.0   |
        | avg      | 12.0   |
        | min      | 3.0    |
        | max      | 22.5   |

    Scenario: The least and the greatest of what is no number
      When we ask for times and words
        """python
        day = Reading.find(sensor="roof", day=date(2030, 5, 1))
        [day.min("taken"), day.max("taken"), day.max("kind")]
        """
      Then the result is `[time(6), time(12), "wind"]`

    Scenario: Of no rows at all
      When we ask of a day that has none
        """python
        nothing = Reading.find(sensor="roof", day=date(1999, 1, 1))
        [nothing.count(), nothing.sum("value"), nothing.min("value"), nothing.max("value")]
        """
      Then the result is `[0, 0.0, None, None]`

    Scenario: A mean of whole numbers is a whole number
      The server computes in the type of the column; cast where that is not what is meant.

      Given the model Booking
      And these Booking documents are saved
        | account | number | amount |
        | ada     | 1      | 1      |
        | ada     | 2      | 2      |
      When we ask for the mean
        """python
        Booking.find(account="ada").avg("amount")
        """
      Then the result is `1`

  Rule: Several functions are one statement

    Scenario: A day at a glance
      When we ask for four numbers
        """python
        Reading.find(sensor="roof", day=date(2030, 5, 1)).aggregate(
            n="count(*)", low="min(value)", high="max(value)", last="max(taken)"
        )
        """
      Then the result is `{"n": 3, "low": 3.0, "high": 22.5, "last": time(12)}`
      And 1 statement was sent

    Scenario: Of a part of a partition
      When we ask for the morning
        """python
        Reading.find(sensor="roof", day=date(2030, 5, 1), taken__lt=time(12)).aggregate(n="count(*)", high="max(value)")
        """
      Then the result is `{"n": 1, "high": 10.5}`

  Rule: Groups are partitions, or what the clustering key begins with

    Scenario: Day by day
      When we group by sensor and day
        """python
        days = Reading.find(sensor="roof", day__in=[date(2030, 5, 1), date(2030, 5, 2)])
        days.group_by("sensor", "day").aggregate(n="count(*)", high="max(value)")
        """
      Then these come back
        | sensor | day        | n | high |
        | roof   | 2030-05-01 | 3 | 22.5 |
        | roof   | 2030-05-02 | 1 | 12.0 |
      And 1 statement was sent

    Scenario: The first row of each group
      When we group values
        """python
        day = Reading.find(sensor="roof", day=date(2030, 5, 1))
        day.group_by("sensor", "day", "taken").values("taken", "kind", "value").all()
        """
      Then these come back, in this order
        | taken    | kind | value |
        | 12:00:00 | temp | 22.5  |
        | 06:00:00 | temp | 10.5  |

    Scenario: By what is not the beginning of the key
      When we group by kind
        """python
        Reading.find(sensor="roof", day=date(2030, 5, 1)).group_by("kind")
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Reading: group_by takes the whole partition key, and clustering columns after it (sensor, day, taken, kind)
        """

  Rule: What the server cannot compute is refused

    Scenario Outline: <what> is refused
      When we ask
        """python
        Reading.find(sensor="roof", day=date(2030, 5, 1)).<query>
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        <reason>
        """
      And nothing was sent

      Examples:
        | what                       | query                             | reason                                                                             |
        | A sum of words             | sum("kind")                       | sum(kind): SUM needs numbers, Reading.kind is text                                 |
        | A function that is none    | aggregate(m="median(value)")      | Reading has no column 'median(value)'…                                             |
        | A column that is none      | aggregate(m="value")              | aggregate(): m is "value", which is no count, min, max, sum or avg                 |
        | Nothing                    | aggregate()                       | aggregate() was given nothing to compute: say for example n="count(*)"             |
        | A misspelt column          | max("vlaue")                      | Reading has no column 'vlaue'; did you mean 'value'?                               |

    Scenario: A filter that reads the whole table
      When we add up all that was blown
        """python
        Reading.find(kind="wind").sum("value")
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Reading.kind needs the partition key (sensor, day) beside it; …
        """
