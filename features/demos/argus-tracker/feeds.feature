Feature: Feeding runs
  `make seed FEED=file` reads runs of unit-test suites from a CSV or JSON file, each with its test, its group, its release and
  its version. Rows that cannot be runs are left out, each named with its line and its reason. A run that is there already
  stays as it is.

  Background:
    Given the demo "argus-tracker" runs

  Rule: A sound file is written once

    Scenario: Four runs, twice
      Given somebody feeds it the file runs.csv
      When somebody feeds it the file runs.csv
      Then it succeeds
      When a program asks for /api/runs/fathom-3.2/memtable
      Then there are 2 `items`
      And the `status` of each of its `items` is failed, passed
      When a program asks for /api/releases/fathom-3.0/versions
      Then it holds
        | part     | value     |
        | versions | ["3.0.7"] |

  Rule: A broken row is rejected with its line and its reason, and the others are written

    Scenario: Four of five rows are broken
      When somebody feeds it the file runs-broken.csv
      Then these rows are rejected
        | line | reason                                                                 |
        | 3    | test: String should match pattern '^[a-z0-9][a-z0-9_.-]{0,59}$'        |
        | 4    | version: String should match pattern '^\d+\.\d+\.\d+(-\w+)?$'          |
        | 5    | started: Input should be a date such as 2026-06-30, or a date and time |
        | 6    | passed: Input should be greater than or equal to 0                     |
      When a program asks for /api/runs/fathom-3.2/bloom-filter
      Then there are 1 `items`
