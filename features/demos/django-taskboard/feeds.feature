Feature: Feeding tasks
  `make seed FEED=file` reads tasks from a CSV or JSON file: a row in SQLite for each, and its first event in Cassandra.
  Rows that cannot be tasks are left out, each named with its line and its reason. Feeding a file twice adds nothing and
  counts nothing twice.

  Background:
    Given the demo "django-taskboard" runs

  Rule: A sound file is written whole

    Scenario: Five tasks, fed twice
      Given somebody feeds it the file tasks.csv
      And a program asks for /api/boards/compiler
      And we remember its `arrived.done` as arrivals
      When somebody feeds it the file tasks.csv
      Then it succeeds
      When a program asks for /api/boards/compiler
      Then one of its `tasks` has the `title` "Write down the grammar"
      And its `arrived.done` is still {arrivals}

  Rule: A broken row is rejected with its line and its reason, and the others are written

    Scenario: Five of six rows are broken
      When somebody feeds it the file tasks-broken.csv
      Then these rows are rejected
        | line | reason                                                        |
        | 3    | status: Input should be 'todo', 'doing' or 'done'             |
        | 4    | title: String should have at least 1 character                |
        | 5    | board: Input should be 'compiler', 'engine' or 'network'      |
        | 6    | owner: Input should be 'ada', 'grace' or 'linus'              |
        | 7    | status, owner: missing                                        |
      When a program asks for /api/boards/engine
      Then one of its `tasks` has the `title` "Grease the mill"
