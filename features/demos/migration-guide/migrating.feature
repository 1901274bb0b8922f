Feature: Leaving cqlengine
  Four steps, each of which can be looked at before the next. coodie's models are held against the tables that cqlengine
  made: an empty plan proves that they are alike. Every row is copied by coodie into a table beside its own, each cell
  with its write time and time to live. Every row is compared: the original read by cqlengine, the copy by coodie. Then
  the schema goes on, and the old program does not notice.

  A copy is not needed for leaving: the tables can stay. It is how one finds out, with one's own rows, whether anything
  would be lost on the way through the new program.

  Background:
    Given the demo "migration-guide" runs

  Rule: coodie's models equal the tables that cqlengine made

    Scenario: Nothing would be sent
      When a program asks for /api/parity
      Then every one of them has
        | part       | value |
        | statements | []    |

  Rule: Step by step, by one command

    Scenario: migrate.py
      When somebody runs `python migrate.py --count 8`
      Then it ends with 0
      And its words hold "1 cqlengine has made its tables and written 40 rows."
      And its words hold "2 coodie would send 0 statements: 4 of 4 tables fit."
      And its words hold "3 coodie has copied"
      And its words hold "4 The schema has gone on"
      When somebody runs `python migrate.py --count 8`
      Then its words hold "4 The schema has gone on: 0 statements were sent."
      When a program asks for /api/parity
      Then every one of them has
        | part       | value |
        | statements | []    |
      When a program asks for /api/loans?branch=north&day=2026-03-12
      Then it holds
        | part  | value |
        | equal | true  |

  Rule: Every row is compared, in value, type, write time and time to live

    Scenario: A sound copy
      Given the rows are copied
      When somebody runs `python verify.py`
      Then it ends with 0
      And its words hold "reader: "
      And its words hold "rows, 0 differences"
      When a program asks for /api/verification
      Then it holds
        | part                 | value |
        | equal                | true  |
        | tables.0.table       | reader |
        | tables.0.differences | 0     |
        | tables.1.differences | 0     |
        | tables.2.differences | 0     |
        | tables.3.differences | 0     |
      And its `tables.0.rows` is between 50 and 500

    Scenario: A copy that was damaged in four places
      Given the rows are copied
      When somebody runs `python corrupt.py value`
      And somebody runs `python corrupt.py writetime`
      And somebody runs `python corrupt.py ttl`
      And somebody runs `python corrupt.py row`
      And somebody runs `python verify.py`
      Then it ends with 1
      When a program asks for /api/verification
      Then it has found the damage, and nothing else
        | table  | column | what      |
        | reader | name   | value     |
        | loan   | title  | writetime |
        | hold   | branch | ttl       |
        | item   |        | row       |

    Scenario: Rows that were written anew after they were copied
      Given the rows are copied
      When somebody feeds it the file readers.csv
      And a program asks for /api/verification
      Then it holds
        | part   | value |
        | copied | false |
        | tables | []    |

  Rule: What was interrupted goes on where it was

    Scenario: Killed half way
      Given the rows are copied
      When somebody runs `python verify.py --again`
      And a program asks for /api/verification
      And we remember its `tables.0.rows` as readers
      And we remember its `tables.1.rows` as loans
      And somebody runs `python verify.py --pace 25` and kills it half way
      And somebody runs `python verify.py`
      Then it ends with 0
      And its words hold "Going on with"
      When a program asks for /api/verification
      Then it holds
        | part  | value |
        | equal | true  |
      And its `tables.0.rows` is still {readers}
      And its `tables.1.rows` is still {loans}

  Rule: The schema goes on, once

    Scenario: A column and an index that cqlengine never knew
      Given a program puts /api/evolution
      When a program puts /api/evolution
      Then it holds
        | part | value |
        | sent | []    |
      When a program posts /api/loans
        """json
        {"branch": "north", "day": "2026-03-14", "title": "Still here", "by": "cqlengine"}
        """
      Then the answer is 201

  Rule: What cannot be done yet is said

    Scenario: Nothing is copied
      Given the demo "migration-guide" runs with COUNT=0
      When a program puts /api/verification
      Then the answer is 409
      And it says of its `detail`
        """
        Nothing is copied yet. Copy the tables first, then compare them.
        """
      When a program posts /api/corruption
        """json
        {"kind": "value"}
        """
      Then the answer is 409
      When somebody runs `python verify.py`
      Then it ends with 2
      And its words hold "Nothing is copied yet"
      When somebody runs `python corrupt.py everything`
      Then it ends with 2
