Feature: The first program
  The README begins with a program of a page: a model, its table, a row that is saved, changed and found. It runs as it
  stands there, in either colour, but for the name of its keyspace.

  Scenario: The README's program does what the README shows
    Given a keyspace without tables
    When somebody runs the first program of the README
    Then it prints what the README shows
