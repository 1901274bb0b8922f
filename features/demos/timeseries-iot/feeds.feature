Feature: Feeding readings
  `make seed FEED=file` reads readings from a file, puts each into the bucket of its day and adds the day up anew. Rows that
  cannot be readings are left out, each named with its line and its reason.

  Background:
    Given the demo "timeseries-iot" runs

  Rule: A sound file is written whole, each day added up

    Scenario: Two sensors, two days
      When somebody feeds it the file readings.csv
      Then it succeeds
      When a program asks for /api/sensors/weir-01/days
      Then it holds
        | part       | value      |
        | 0.day      | 2026-07-02 |
        | 0.readings | 1          |
        | 1.day      | 2026-07-01 |
        | 1.readings | 3          |
        | 1.high     | 21.3       |

  Rule: A broken row is rejected with its line and its reason, and the others are written

    Scenario: Four of five rows are broken
      When somebody feeds it the file readings-broken.csv
      Then these rows are rejected
        | line | reason                                                                                              |
        | 3    | taken: Input should be a valid datetime or date, invalid character in year                          |
        | 4    | value: Input should be a finite number                                                              |
        | 5    | sensor: String should match pattern '^[a-z][a-z0-9-]{1,39}$'                                        |
        | 6    | kind: Input should be 'temperature', 'humidity', 'pressure' or 'flow'                               |
      When a program asks for /api/sensors/weir-02/days
      Then it holds
        | part       | value |
        | 0.readings | 1     |
