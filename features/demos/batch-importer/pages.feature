@browser
Feature: The page of batch-importer
  Start a file in three ways, watch the bars, compare the rows a second, and go on with what was interrupted.

  Background:
    Given the demo "batch-importer" runs

  Rule: The first screen offers an import, and shows trips

    Scenario: On a desktop
      When a visitor opens / on a desktop
      Then the page shows "Import a generated file"
      And the page shows "Trips, as they lie in the table"
      And nothing is wrong with the page

    Scenario: On a phone
      When a visitor opens / on a phone
      Then the page shows "Or a file of yours"
      And nothing is wrong with the page
      When the visitor presses "under the hood"
      Then under the hood stands "2 statements ·"
      And under the hood stands "class Trip(Document):"
      And nothing is wrong with the page

  Rule: An import is watched, and what it wrote is counted

    @slow
    Scenario: Twenty thousand rows at the press of a button
      When a visitor opens / on a desktop
      And the visitor chooses "unlogged" for "How"
      And the visitor presses "Start"
      Then the page shows "An import is under way."
      And within 150 seconds the page no longer shows "An import is under way."
      And the page shows "Rows a second, side by side"
      And the page shows "3 kinds of warnings"
      And nothing is wrong with the page
      When the visitor presses "Count what is in the table"
      Then the page shows "are in the table"

  Rule: What was interrupted goes on at the press of a button

    @slow
    Scenario: Killed on the command line, finished on the page
      When somebody runs importer.py --generate 12000 --mode unlogged and kills it half way
      And a visitor opens / on a phone
      Then the page shows "unfinished"
      And nothing is wrong with the page
      When the visitor presses the keys to what begins "Go on at row"
      Then within 100 seconds the page no longer shows "unfinished"
      And within 100 seconds the page no longer shows "An import is under way."
      And the page shows "12 rejected rows, with reasons"
      And nothing is wrong with the page

  Rule: A file of the visitor's own is mapped to the columns of a trip

    Scenario: A JSON file
      When a visitor opens / on a desktop
      And the visitor gives the file "rides.json" to "CSV or JSON, of any size"
        """json
        [{"ride_id": "x1", "place": "Park north", "time": "2026-06-01T08:00:00Z", "duration": 8, "is_member": true}]
        """
      And the visitor presses "Choose its columns"
      Then the page shows "Which column is which?"
      And nothing is wrong with the page
      When the visitor presses "Import"
      Then the page shows "1 of 1 rows"

    Scenario: A picture is no file of trips
      When a visitor opens / on a desktop
      And the visitor gives the file "map.png" to "CSV or JSON, of any size"
        """
        none
        """
      And the visitor presses "Choose its columns"
      Then the page shows "map.png cannot be read. Choose a .csv or a .json file."

  Rule: Without imports the page says what to do

    Scenario: An empty table
      Given the demo "batch-importer" runs with COUNT=0
      When a visitor opens / on a phone
      Then the page shows "Nothing was imported yet"
      And nothing is wrong with the page
