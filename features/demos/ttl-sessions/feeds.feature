Feature: Feeding sessions
  `make seed FEED=file` reads sessions from a file and starts their clocks. Rows that cannot be sessions are left out,
  each named with its line and its reason.

  Background:
    Given the demo "ttl-sessions" runs

  Rule: A sound file is written whole

    Scenario: Five sessions
      When somebody feeds it the file sessions.csv
      Then it succeeds
      When a program asks for /api/sessions?user=radia
      Then one of them has the `device` "switch in Seattle"

  Rule: A broken row is rejected with its line and its reason, and the others are written

    Scenario: Four of six rows are broken
      When somebody feeds it the file sessions-broken.csv
      Then these rows are rejected
        | line | reason                                                                                           |
        | 3    | seconds: Input should be a valid integer, unable to parse string as an integer                   |
        | 4    | user: Input should be 'ada', 'alan', 'barbara', 'edsger', 'grace', 'linus', 'margaret' or 'radia' |
        | 5    | seconds: Input should be greater than or equal to 1                                              |
        | 6    | seconds: missing                                                                                 |
      When a program asks for /api/sessions?user=radia
      Then one of them has the `device` "switch in Seattle"
