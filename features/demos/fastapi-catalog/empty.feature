@browser
Feature: A catalogue without products
  Whoever starts with nothing is told what to do first.

  Scenario: Nothing on the shelves
    Given the demo "fastapi-catalog" runs with COUNT=0
    When a visitor opens / on a phone
    Then the page shows "No product found"
    And the page shows "An empty catalogue is filled by"
    And nothing is wrong with the page
