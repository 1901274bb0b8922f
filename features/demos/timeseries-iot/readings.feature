Feature: Readings in day buckets
  A sensor never stops, so its readings cannot be one partition: it would grow for ever. They are cut into **buckets**: the
  partition key is the sensor *and the day*. A day's readings lie together, newest first, and a question about a day
  is a question to one partition.

      class Reading(Document):
          sensor: Annotated[str, PrimaryKey()]
          day: Annotated[date, PrimaryKey(1)]
          taken: Annotated[datetime, ClusteringKey("DESC")]
          value: Annotated[float, Double()]

  Raw readings live for thirty days, because the table says so. What stays of a day is a row of another table: how many
  readings it had, the lowest, the mean and the highest.

  Background:
    Given the demo "timeseries-iot" runs

  Rule: The newest reading of every sensor is one statement

    Scenario: The first page of the fleet
      When a program asks for /api/sensors
      Then the answer is 200
      And there are 12 `items`
      And its `items` are in the order of their `id`
      And one of its `items` has the `taken` "2026-06-30T23:00:00Z"

    Scenario: The whole fleet, page by page
      When a program reads every page of /api/sensors
      Then every Fortnight of the sample is among its `items`, by `id`

    Scenario: A reading that is taken now is the newest
      Given a program posts /api/sensors/boiler-c2f3/readings
        """json
        {"value": 71.25}
        """
      When a program asks for /api/sensors
      Then the `value` of its `items` with the `id` "boiler-c2f3" is "71.25"

  Rule: A reading goes into the bucket of its day, in UTC

    Scenario: Shortly after midnight in Helsinki
      When a program posts /api/sensors/boiler-8ff0/readings
        """json
        {"value": 21.5, "taken": "2026-07-02T01:30:00+03:00"}
        """
      Then the answer is 201
      And it holds
        | part  | value                |
        | day   | 2026-07-01           |
        | taken | 2026-07-01T22:30:00Z |
        | value | 21.5                 |
      When a program asks for /api/sensors/boiler-8ff0/days
      Then it holds
        | part       | value      |
        | 0.day      | 2026-07-01 |
        | 0.readings | 1          |
        | 0.mean     | 21.5       |

  Rule: Any number of readings is drawn as so many points, in constant memory

    Scenario: Twenty thousand readings, at most a bucket's page at a time
      Given a program posts /api/flood
        """json
        {"readings": 20000}
        """
      Then the answer is 202
      And within 60 seconds the `running` of /api/flood is "false"
      When a program asks for /api/flood
      Then it holds
        | part    | value |
        | written | 20000 |
        | error   | null  |
      When a program asks for /api/sensors/load-generator/series?days=30&points=100
      Then it holds
        | part     | value |
        | readings | 20000 |
        | pages    | 29    |
        | held     | 690   |
      And there are 97 `mean`
      When a program reads every page of /api/sensors?site=load
      Then one of its `items` has the `id` "load-generator"

    Scenario: A day of the sample, whole
      When a program asks for /api/sensors/air-line-2935/series?days=1&last=2026-06-30&points=24
      Then there are 24 `at`

    Scenario: Days without readings
      When a program asks for /api/sensors/air-line-2935/series?days=7&last=2020-01-01
      Then it holds
        | part     | value |
        | readings | 0     |
        | at       | []    |

  Rule: What is wrong is said

    Scenario Outline: <what> is refused
      When a program posts /api/<path>
        """json
        <body>
        """
      Then the answer is <status>

      Examples:
        | what                        | path                            | body                                              | status |
        | No number                   | sensors/boiler-8ff0/readings    | {"value": "warm"}                                 | 422    |
        | More than a double should   | sensors/boiler-8ff0/readings    | {"value": 1e300}                                  | 422    |
        | A moment without its zone   | sensors/boiler-8ff0/readings    | {"value": 1, "taken": "2026-07-01T08:00:00"}      | 422    |
        | A moment that is to come    | sensors/boiler-8ff0/readings    | {"value": 1, "taken": "2999-07-01T08:00:00Z"}     | 422    |
        | A sensor that is not there  | sensors/boiler-ffff/readings    | {"value": 1}                                      | 404    |
        | An id that is none          | sensors/Boiler!/readings        | {"value": 1}                                      | 404    |
        | Two million readings        | flood                           | {"readings": 2000000}                             | 422    |

    Scenario: More days than raw readings live
      When a program asks for /api/sensors/boiler-8ff0/series?days=31
      Then the answer is 422

  Rule: Readings are there after a restart

    Scenario: Ended and started again
      Given a program posts /api/sensors/cold-store-8c0b/readings
        """json
        {"value": -18.75, "taken": "2026-07-03T10:00:00Z"}
        """
      When the demo is ended and started again
      And a program asks for /api/sensors/cold-store-8c0b/series?days=1&last=2026-07-03&points=10
      Then it holds
        | part     | value    |
        | readings | 1        |
        | mean     | [-18.75] |
