Feature: Two programs at one desk
  A library's loans were written by cqlengine for years. The tables are those that it made; coodie reads and writes them
  as they are, so the new program can start while the old one still runs, and nobody has to move anything on a Sunday.

  What differs is what the values are in Python: cqlengine's moments have no time zone, its dates and its sets are the
  driver's own classes. What they mean is the same.

  Background:
    Given the demo "migration-guide" runs

  Rule: Both read the same rows

    Scenario: The loans of a branch on a day
      When a program asks for /api/loans?branch=south&day=2026-03-13
      Then it holds
        | part  | value |
        | equal | true  |
      And its `coodie.0.taken` holds "tzinfo=UTC"
      And its `cqlengine.0.taken` does not hold "tzinfo"

  Rule: What either writes, both read

    Scenario Outline: A loan written by <program>
      When a program posts /api/loans
        """json
        {"branch": "harbour", "day": "2026-03-14", "title": "<title>", "fee": "1.50", "by": "<program>"}
        """
      Then the answer is 201
      And it holds
        | part              | value   |
        | equal             | true    |
        | cqlengine.0.title | <title> |
        | coodie.0.title    | <title> |
        | coodie.0.days     | 28      |

      Examples:
        | program   | title   |
        | cqlengine | Orlando |
        | coodie    | Clarice |

  Rule: What cannot be is said

    Scenario: A branch that there is not, a title of blanks, a day that never was
      When a program posts /api/loans
        """json
        {"branch": "moon", "day": "2026-02-30", "title": "  ", "by": "pencil"}
        """
      Then the answer is 422
      And its `errors` are of the fields branch, day, title, by
