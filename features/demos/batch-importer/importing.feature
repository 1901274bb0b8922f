Feature: An import that can be killed
  A file is imported a thousand rows at a time. A row's key is made of the row alone, so writing it twice is writing it
  once; when a thousand are acknowledged, one row of the table `import` says how far the file is. Whatever happens in
  between, the next start goes on there: the last thousand may be written again, and nothing is lost or doubled.

  Rows that cannot be trips go into a file of their own, each with its line and its reason.

  Background:
    Given the demo "batch-importer" runs

  Rule: Nothing is lost or doubled when it is killed

    @slow
    Scenario: The command is killed, and started again
      When somebody runs importer.py --generate 20000 --mode plain and kills it half way
      And somebody runs importer.py --generate 20000 --mode plain
      Then its words hold "Going on at row"
      And its words hold "19,980 rows are in"
      And its words hold "20 rows were rejected"
      And it ends with 3
      When a program asks for /api/imports/generated-20000.csv/plain
      Then it holds
        | part     | value |
        | state    | done  |
        | rows     | 20000 |
        | rejected | 20    |
        | runs     | 2     |
      When a program asks for /api/imports/generated-20000.csv/count
      Then it holds
        | part  | value |
        | trips | 19980 |
      When a program asks for /api/imports/generated-20000.csv/plain/rejected
      Then the answer is a table of 20 rows, each of another line

    @slow
    Scenario: The whole app is killed, and goes on when asked to
      Given a program posts /api/imports
        """json
        {"rows": 15000, "modes": ["logged"]}
        """
      When the demo is killed while /api/imports/generated-15000.csv/logged grows, and started again
      And a program asks for /api/imports/generated-15000.csv/logged
      Then it holds
        | part  | value      |
        | state | unfinished |
        | total | 15000      |
      When a program puts /api/imports/generated-15000.csv/logged/resume
      Then the answer is 202
      And within 150 seconds the `state` of /api/imports/generated-15000.csv/logged is "done"
      When a program asks for /api/imports/generated-15000.csv/count
      Then it holds
        | part  | value |
        | trips | 14985 |
      When a program asks for /api/imports/generated-15000.csv/logged/rejected
      Then the answer is a table of 15 rows, each of another line

  Rule: Three ways to write the same rows, each with its speed and its warnings

    Scenario: Four thousand rows in each
      Given a program posts /api/imports
        """json
        {"rows": 4000}
        """
      Then the answer is 202
      And within 150 seconds the `state` of /api/imports/generated-4000.csv/logged is "done"
      When a program asks for /api/imports/generated-4000.csv/plain
      Then its `rows_per_second` is between 1 and 1000000
      And it holds
        | part     | value |
        | warnings | {}    |
      When a program asks for /api/imports/generated-4000.csv/unlogged
      Then it warned of
        | who    | words                                  |
        | server | of size                                |
        | server | Unlogged batch covering                |
        | coodie | above the 5120 at which Cassandra warns |
      When a program asks for /api/imports/generated-4000.csv/logged
      Then it warned of
        | who    | words                                  |
        | server | of size                                |
        | coodie | above the 5120 at which Cassandra warns |
      When a program asks for /api/imports/generated-4000.csv/count
      Then it holds
        | part  | value |
        | trips | 3996  |

  Rule: A file of one's own says which column is which

    Scenario: With the columns named
      When somebody runs importer.py own-trips.csv with
        | text                                                     |
        | ride,from,started_at,duration,subscriber                 |
        | r1,Harbour north,2026-05-06T07:00:00Z,12,true            |
        | r2,Harbour north,2026-05-06T07:05:00Z,nine,true          |
        | r3,Harbour south,2026-05-06T07:09:00Z,21,false           |
      Then it is told "own-trips.csv has no column for id, station, started, minutes, member. It has ride, from, started_at, duration, subscriber"
      When somebody runs it again with --map id=ride --map station=from --map started=started_at --map minutes=duration --map member=subscriber
      Then its words hold "2 rows are in"
      And its words hold "1 rows were rejected"
      When a program asks for /api/imports/own-trips.csv/count
      Then it holds
        | part  | value |
        | trips | 2     |

  Rule: What is wrong is said

    Scenario: Ten rows, ten million rows, a way that there is not
      When a program posts /api/imports
        """json
        {"rows": 10, "modes": ["quick"]}
        """
      Then the answer is 422
      And it holds
        | part           | value   |
        | errors.0.field | rows    |
        | errors.1.field | modes.0 |

    Scenario Outline: <arguments> is refused
      When somebody runs importer.py <arguments>
      Then it ends with <status>
      And its words hold "<words>"

      Examples:
        | arguments                       | status | words                                              |
        | --generate 1000 --map colour=x  | 2      | is not FIELD=COLUMN with one of id, station        |
        | README.md                       | 1      | README.md ends in '.md'. Choose a .csv or a .json  |
        | nowhere.csv                     | 2      | does not exist                                     |

    Scenario: An import that never was
      When a program asks for /api/imports/nowhere.csv/plain
      Then the answer is 404
