@browser
Feature: A task board without data
  Whoever starts with nothing is told what to do first.

  Scenario: No board, no task
    Given the demo "django-taskboard" runs with COUNT=0
    When a visitor opens / on a desktop
    Then the page shows "There is no board yet"
    And nothing is wrong with the page
