@browser
Feature: The pages of timeseries-iot
  The first screen is a map of partitions: a row for each sensor, a cell for each of its days, stronger in colour the more
  readings lie in it. A cell opens its day's chart; a sensor's page draws days, weeks or the whole month, down-sampled.

  Background:
    Given the demo "timeseries-iot" runs

  Rule: The first screen shows sensors, their newest readings and their buckets

    Scenario: On a desktop
      When a visitor opens / on a desktop
      Then the page shows "Sensors, and the map of their buckets"
      And the page shows "air-line-2935"
      And nothing is wrong with the page
      When the visitor presses "Next page"
      Then the page shows "First page"

    Scenario: On a phone
      When a visitor opens / on a phone
      Then the page shows "boiler-8ff0"
      And nothing is wrong with the page
      When the visitor presses "under the hood"
      Then under the hood stands "3 statements ·"
      And under the hood stands "class Reading(Document):"
      And nothing is wrong with the page

  Rule: A sensor's readings are drawn, however many there are

    Scenario: A fortnight of hours
      When a visitor opens /sensors/boiler-de18?days=30 on a desktop
      Then the page shows "readings read in 14 pages, at most 24 in memory at once"
      And the page shows "What stays of its days"
      And nothing is wrong with the page

    Scenario: With the keyboard alone
      When a visitor opens /sensors/boiler-de18?days=7 on a phone
      And the visitor presses the keys to "a day"
      Then the page shows "read in 1 pages"
      And nothing is wrong with the page

    Scenario: Twenty thousand at the press of a button
      When a visitor opens / on a desktop
      And the visitor presses "20,000 readings"
      Then within 60 seconds the page shows "20,000 readings are written"
      When the visitor presses "Draw them all"
      Then within 30 seconds the page shows "20,000 readings read in 29 pages, at most 690 in memory at once"
      And nothing is wrong with the page

  Rule: A reading is taken, and its bucket is shown

    Scenario: Now
      When a visitor opens /sensors/boiler-e245 on a desktop
      And the visitor types "66.5" into "Value in °C"
      And the visitor presses "Write"
      Then the page shows "66.5 °C is in the bucket"
      And the page shows "lives for"
      And nothing is wrong with the page

    Scenario: A value that no sensor has
      When a visitor opens /sensors/boiler-e245 on a desktop
      And the visitor types "2000000" into "Value in °C"
      And the visitor presses "Write"
      Then the page shows "value: Input should be less than or equal to 1000000"

  Rule: Without sensors the page says what to do

    Scenario: Empty tables
      Given the demo "timeseries-iot" runs with COUNT=0
      When a visitor opens / on a phone
      Then the page shows "No sensor yet"
      And nothing is wrong with the page
      When the visitor presses "load"
      Then the page shows "No flood yet"
