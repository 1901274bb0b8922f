Feature: When the server refuses a statement
  A server that answers "no" has answered: it runs, and its words say what does not agree with the tables as they are.
  Whoever sent the request reads these words, with what to do about it. Only a server that does not answer is away.

  Background:
    Given the demo "fastapi-catalog" runs with COUNT=1
    And somebody else drops its table shelf_entry

  Scenario: A table is gone
    When a program asks for /api/products
    Then the answer is 409
    And it holds
      | part   | value                                                                                                       |
      | title  | Conflict                                                                                                    |
      | detail | The database refused this: table 'shelf_entry' does not exist: call sync_table() of its model first |
