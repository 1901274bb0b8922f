Feature: Feeding readers
  `make seed FEED=file` lets the old program write readers from a file. Rows that cannot be readers are left out, each
  named with its line and its reason.

  Background:
    Given the demo "migration-guide" runs

  Rule: A sound file is written whole

    Scenario: Five readers, whom the new program copies and compares
      When somebody feeds it the file readers.csv
      Then it succeeds
      Given the rows are copied
      When somebody runs `python verify.py --again`
      Then it ends with 0

  Rule: A broken row is rejected with its line and its reason, and the others are written

    Scenario: Four of five rows are broken
      When somebody feeds it the file readers-broken.csv
      Then these rows are rejected
        | line | reason                                                                                  |
        | 3    | born: Input should be a valid date or datetime, input is too short                      |
        | 4    | name: missing                                                                           |
        | 5    | born: Input should be a valid date or datetime, day value is outside expected range     |
        | 6    | there is more than the columns name, born, languages, street, city; quote values that contain commas |
