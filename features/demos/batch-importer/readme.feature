Feature: The README of batch-importer
  What a README tells to type should work, word for word. Here its examples are run against the demo, in their order,
  and its code and its CQL are compared with the demo's own.

  Background:
    Given the demo "batch-importer" runs

  Scenario: Its curl examples work
    When somebody runs the curl examples of its README, one after the other
    Then they answer
      | request                                     | status |
      | POST /api/imports                           | 202    |
      | GET /api/imports                            | 200    |
      | GET /api/imports/generated-2000.csv/count   | 200    |
    And the CQL in its README was sent

  Scenario: Its model is the demo's
    Then the Python in its README stands in its source
    And the links in its README lead somewhere
