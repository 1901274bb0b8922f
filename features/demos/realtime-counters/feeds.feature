Feature: Feeding pages with their counts
  `make seed FEED=file` reads pages with what was counted on them this hour. Rows that cannot be are left out, each named
  with its line and its reason. A page that is there already is left alone, so feeding a file twice counts nothing twice.

  Background:
    Given the demo "realtime-counters" runs

  Rule: A sound file is counted once

    Scenario: Five pages, twice
      Given somebody feeds it the file pages.csv
      When somebody feeds it the file pages.csv
      Then it succeeds
      When a program asks for /api/pages/phases-of-the-moon-b3df
      Then it holds
        | part  | value |
        | views | 311   |
        | up    | 28    |
        | down  | 3     |

  Rule: A broken row is rejected with its line and its reason, and the others are counted

    Scenario: Four of six rows are broken
      When somebody feeds it the file pages-broken.csv
      Then these rows are rejected
        | line | reason                                                                                 |
        | 3    | views: Input should be a valid integer, unable to parse string as an integer           |
        | 4    | views: Input should be greater than or equal to 0                                      |
        | 5    | title: String should have at least 1 character                                         |
        | 6    | down: missing                                                                          |
      When a program asks for /api/pages/market-days-06cb
      Then it holds
        | part  | value |
        | views | 25    |
