@browser
Feature: The pages of migration-guide
  The migration step by step, with both programs at one desk; the guide, each chapter in both programs; and the command
  that writes the right side.

  Background:
    Given the demo "migration-guide" runs

  Rule: The first screen shows the steps, and the rows as both programs read them

    Scenario: On a desktop
      When a visitor opens / on a desktop
      Then the page shows "The plan is empty"
      And the page shows "0 statements"
      And the page shows "as cqlengine reads it"
      And the page shows "the same rows"
      And nothing is wrong with the page

    Scenario: On a phone
      When a visitor opens / on a phone
      Then the page shows "Two programs at one desk"
      And nothing is wrong with the page
      When the visitor presses "under the hood"
      Then under the hood stands "class Loan(Document):"
      And nothing is wrong with the page

  Rule: What either program writes, both read

    Scenario: A loan by each
      When a visitor opens /?branch=harbour&day=2026-03-13 on a desktop
      And the visitor types "Villette" into "Title"
      And the visitor presses "Lend"
      Then the page shows "cqlengine wrote “Villette”, and both read it."
      When the visitor types "Shirley" into "Title"
      And the visitor chooses "by coodie" for "Written by"
      And the visitor presses "Lend"
      Then the page shows "coodie wrote “Shirley”, and both read it."
      And the page shows "the same rows"
      And nothing is wrong with the page

    Scenario: A title of blanks is said to be wrong, in the form
      When a visitor opens / on a phone
      And the visitor types "   " into "Title"
      And the visitor presses "Lend"
      Then the page shows "title: String should have at least 1 character"

  Rule: A damaged cell is found, and row and column are named

    Scenario: Copied, compared, damaged, compared again
      When a visitor opens / on a desktop
      And the visitor presses "Copy"
      Then within 60 seconds the page shows "Copy again"
      And within 60 seconds the page no longer shows "Copying is under way"
      When the visitor presses "Compare every row"
      Then within 60 seconds the page shows "all equal"
      And nothing is wrong with the page
      When the visitor chooses "one character" for "What to damage"
      And the visitor presses "Damage the copy"
      Then the page shows "Damaged on purpose."
      When the visitor presses "Compare every row"
      Then within 60 seconds the page shows "1 difference"
      And the page shows "What the comparison has found"
      When the visitor chooses "a write time" for "What to damage"
      And the visitor presses "Damage the copy"
      Then the page shows "column title: was written a second later."
      When the visitor presses "Compare every row"
      Then within 60 seconds the page shows "2 differences"
      And within 60 seconds the page no longer shows "Comparing is under way"
      And this is the picture of its README
      And nothing is wrong with the page

  Rule: The schema goes on at the press of a button

    Scenario: What will be sent stands on the page before
      Given the demo "migration-guide" runs with COUNT=0
      When a visitor opens / on a phone
      Then the page shows "ALTER TABLE"
      When the visitor presses "Let it go on"
      Then the page shows "2 statements were sent."
      And the page shows "evolved"
      And nothing is wrong with the page

  Rule: A chapter of the guide is executed by a button

    Scenario: Conditions
      When a visitor opens /guide on a desktop
      And the visitor presses "Run both: Conditions"
      Then the page shows "equal results"
      When the visitor presses "5 statements of coodie"
      Then the page shows "IF NOT EXISTS"
      And the browser complains of nothing

    Scenario: Polymorphism, on a phone
      When a visitor opens /guide on a phone
      And the visitor presses "Polymorphism"
      And the visitor presses "Run both: Polymorphism"
      Then the page shows "Film: Metropolis"
      And nothing is wrong with the page

  Rule: The command writes the right side whenever somebody looks

    Scenario: What it leaves to a person
      When a visitor opens /convert on a phone
      Then the page shows "4 places need a person"
      When the visitor presses "What was changed by hand in coodie_program.py"
      Then the page shows "By hand: what was decided is returned"
      And nothing is wrong with the page

  Rule: Without rows the page says what to do

    Scenario: An empty table
      Given the demo "migration-guide" runs with COUNT=0
      When a visitor opens / on a phone
      Then the page shows "Nothing was borrowed here on that day"
      And nothing is wrong with the page
