@browser
Feature: A blog without posts
  Whoever starts with nothing is told what to do first.

  Scenario: Nobody has written yet
    Given the demo "flask-blog" runs with COUNT=0
    When a visitor opens / on a phone
    Then the page shows "No post here"
    And nothing is wrong with the page
