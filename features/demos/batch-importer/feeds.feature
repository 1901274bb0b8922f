Feature: Feeding trips
  `make seed FEED=file` reads a small file of trips as every demo does. Rows that cannot be trips are left out, each named
  with its line and its reason. For large files there is `importer.py`.

  Background:
    Given the demo "batch-importer" runs

  Rule: A sound file is written whole

    Scenario: Five trips
      When somebody feeds it the file trips.csv
      Then it succeeds
      When a program asks for /api/imports/feed/count
      Then its `trips` is between 5 and 6

  Rule: A broken row is rejected with its line and its reason, and the others are written

    Scenario: Four of five rows are broken
      When somebody feeds it the file trips-broken.csv
      Then these rows are rejected
        | line | reason                                                                                  |
        | 3    | minutes: Input should be a valid integer, unable to parse string as an integer          |
        | 4    | started: Input should be a valid datetime or date, input is too short                   |
        | 5    | minutes: Input should be greater than or equal to 0                                     |
        | 6    | member: Input should be a valid boolean, unable to interpret input                      |
