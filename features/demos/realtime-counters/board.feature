@browser
Feature: The board of counters
  A card for each page: what was counted in its newest hours, a line through them, a button to count and two to vote.
  The numbers follow the table, whoever counts.

  Background:
    Given the demo "realtime-counters" runs

  Rule: What one window counts, the other shows

    Scenario: A vote, and taken back
      When a visitor opens / on a desktop
      And another visitor opens / on a desktop
      And the visitor presses "Vote up A day to salt butter"
      Then both pages show the same of "A day to salt butter"
      When the visitor presses "Vote up A day to salt butter"
      And the other visitor presses "+1 view of A day to salt butter"
      Then both pages show the same of "A day to salt butter"
      And nothing is wrong with the page

    Scenario: Without a mouse
      When a visitor opens / on a desktop
      And the visitor presses the keys to "+1 view of A day to tie a bowline"
      Then the keyboard is at "+1 view of A day to tie a bowline"
      And nothing is wrong with the page

  Rule: A page has its hours

    Scenario: The partition of a page, on a phone
      When a visitor opens /pages/a-day-to-keep-bees-7f0a on a phone
      Then the page shows "Its partition, newest hour first"
      And nothing is wrong with the page
      When the visitor presses "under the hood"
      Then under the hood stands "SELECT … FROM page_hour WHERE page = ? LIMIT ?"
      And nothing is wrong with the page

    Scenario: Nothing has this address
      When a visitor opens /pages/nowhere on a desktop
      Then the page shows "Back to realtime-counters"

  Rule: A page can be added, and says so when it cannot

    Scenario: A new page
      When a visitor opens / on a desktop
      And the visitor types "How to sharpen a pencil" into "Title of a new page"
      And the visitor presses "Add the page"
      Then the page shows "Nothing is counted yet, so there is no row."
      When the visitor presses "+1 view of How to sharpen a pencil"
      And the visitor presses "Read again"
      Then the page shows "newest hour first"
      And nothing is wrong with the page

  Rule: Without pages it says what to do

    Scenario: No page to count on
      Given the demo "realtime-counters" runs with COUNT=0
      When a visitor opens / on a desktop
      Then the page shows "No page to count on"
      And nothing is wrong with the page
