@browser
Feature: The board
  A card for each session, counting down. At zero the page asks the server once more; the row is gone, and so is the
  card. The drawer shows the `INSERT … USING TTL` that started it.

  Background:
    Given the demo "ttl-sessions" runs

  Rule: A session is started, counts down and vanishes, and nobody deletes it

    Scenario: Ten seconds
      When a visitor opens /?user=barbara on a desktop
      And the visitor presses "under the hood"
      And the visitor chooses "barbara" for "Sign in as"
      And the visitor chooses "10 s" for "for"
      And the visitor presses "Start session"
      Then the page shows "barbara is signed in for 10 s."
      And the page shows "this browser"
      And this is the picture of its README
      And within 25 seconds the page no longer shows "this browser"
      And nothing is wrong with the page

  Rule: It is as good on a phone

    Scenario: The board on a phone
      When a visitor opens / on a phone
      Then the page shows "alive"
      And nothing is wrong with the page
      When the visitor presses "under the hood"
      Then under the hood stands "1 statement ·"
      And nothing is wrong with the page
