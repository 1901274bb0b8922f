@browser
Feature: A board without sessions
  Sooner or later every board is empty. It then says that nobody has deleted anything, and offers the sample again.

  Scenario: Nobody is signed in, and then fifty are
    Given the demo "ttl-sessions" runs with COUNT=0
    When a visitor opens / on a desktop
    Then the page shows "Every session is over"
    And nothing is wrong with the page
    When the visitor presses "Bring 50 sessions back"
    Then the page shows "laptop in Tartu"
    And nothing is wrong with the page
