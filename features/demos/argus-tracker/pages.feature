@browser
Feature: The pages of argus-tracker
  A release at a glance, a test with the map of its errors, a run with its events and what is said of it, errors that mean
  the same, and what somebody was told.

  Background:
    Given the demo "argus-tracker" runs

  Rule: The first screen shows what failed

    Scenario: On a desktop
      When a visitor opens / on a desktop
      Then the page shows "failover-under-load"
      And the page shows "flaky"
      And the page shows "3.2.0-rc3"
      And nothing is wrong with the page

    Scenario: On a phone, and under the hood
      When a visitor opens / on a phone
      Then the page shows "Has this failed before?"
      And nothing is wrong with the page
      When the visitor presses "under the hood"
      Then under the hood stands "PER PARTITION LIMIT"
      And under the hood stands "class DriverMatrix(TestRun):"
      And nothing is wrong with the page

    Scenario: Another release
      When a visitor opens / on a desktop
      And the visitor presses "fathom-3.1"
      Then the page shows "Fixes only"

  Rule: An error is looked for by what it means

    Scenario: From the first screen to the run
      When a visitor opens / on a desktop
      And the visitor presses the keys to "Find errors that mean the same"
      Then the page shows "no space left"
      And nothing is wrong with the page
      When the visitor types "0.99" into "Least score"
      And the visitor presses "Find"
      Then the page shows "Nothing is that near"

    Scenario: From an error to those like it, on a phone
      When a visitor opens /tests/fathom-3.2/failover-under-load on a phone
      Then the page shows "Crosses belong to smaller clusters, or to none."
      And nothing is wrong with the page
      When the visitor presses "like this"
      Then the page shows "leader election timed out"
      And nothing is wrong with the page

  Rule: A run shows what it ran on, what happened, and what is said of it

    Scenario: A comment and a reaction
      When a visitor opens /tests/fathom-3.2/mixed-read-write on a desktop
      Then the page shows "higher is better"
      And nothing is wrong with the page
      When the visitor presses "216"
      Then the page shows "Broken on purpose"
      And nothing is wrong with the page
      When the visitor presses "thanks, to jonas"
      Then the page shows "ines: thanks"
      When the visitor types "Same here, @petra." into "Comment; @name tells that person"
      And the visitor presses "Say it"
      Then the page shows "Same here, @petra."
      And nothing is wrong with the page

    Scenario: Events of another severity, on a phone
      When a visitor opens /runs/fathom-3.2/mixed-read-write/894d4800-70b9-11f1-ab1e-d3a170650839 on a phone
      And the visitor presses "normal"
      Then the page shows "the normal ones are read alone"
      And nothing is wrong with the page

    Scenario: The other kinds of runs
      When a visitor opens /tests/fathom-3.2/java-drivers on a phone
      And the visitor presses "2"
      Then the page shows "kotlin"
      And nothing is wrong with the page

  Rule: Notes are read one by one

    Scenario: Petra's
      When a visitor opens /users/petra on a phone
      Then the page shows "failover-under-load failed"
      And nothing is wrong with the page
      When the visitor presses "Mark as read: failover-under-load failed"
      Then nothing is wrong with the page

  Rule: Without runs the page says what to do

    Scenario: An empty table
      Given the demo "argus-tracker" runs with COUNT=0
      When a visitor opens / on a phone
      Then the page shows "No run has been told of yet"
      And nothing is wrong with the page
