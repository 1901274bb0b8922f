Feature: The README of timeseries-iot
  What a README tells to type should work, word for word. Here its examples are run against the demo, in their order,
  and its code and its CQL are compared with the demo's own.

  Background:
    Given the demo "timeseries-iot" runs

  Scenario: Its curl examples work
    When somebody runs the curl examples of its README, one after the other
    Then they answer
      | request                                              | status |
      | GET /api/sensors                                     | 200    |
      | POST /api/sensors/boiler-8ff0/readings               | 201    |
      | GET /api/sensors/boiler-8ff0/days                    | 200    |
      | GET /api/sensors/boiler-8ff0/series?days=7&points=50 | 200    |
      | POST /api/flood                                      | 202    |
      | GET /api/flood                                       | 200    |
    And the CQL in its README was sent

  Scenario: Its model is the demo's
    Then the Python in its README stands in its source
    And the links in its README lead somewhere
