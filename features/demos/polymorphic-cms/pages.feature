@browser
Feature: The pages of polymorphic-cms
  The front page shows what is new in four channels, and beside it the one table: which kind has which column. Each kind
  has a form that is made of its class's own fields; each piece stands beside the row that it is.

  Background:
    Given the demo "polymorphic-cms" runs

  Rule: The first screen shows content of every kind, and the table that holds it

    Scenario: On a desktop
      When a visitor opens / on a desktop
      Then the page shows "One table, 10 columns"
      And the page shows "The newest of each channel"
      And nothing is wrong with the page
      When the visitor presses "sea"
      And the visitor presses "videos"
      Then the page shows "within it."
      And nothing is wrong with the page

    Scenario: On a phone
      When a visitor opens /?channel=sound on a phone
      Then the page shows "rows of every kind, newest first"
      And nothing is wrong with the page
      When the visitor presses "under the hood"
      Then under the hood stands "1 statement ·"
      And under the hood stands "class Podcast(Content):"
      And nothing is wrong with the page

  Rule: Three forms, each with fields of its own

    Scenario: A podcast is published, changed and deleted
      When a visitor opens /new/podcast on a desktop
      And the visitor chooses "sound" for "channel"
      And the visitor types "Bells at noon" into "title"
      And the visitor types "Mara Lindqvist" into "author"
      And the visitor types "1500" into "seconds"
      And the visitor types "3" into "episode"
      And the visitor types "Tomas Hale; Petra Novak" into "guests optional"
      And the visitor presses "Publish"
      Then the page shows "Published as a podcast."
      And the page shows "Episode 3 · 25 min · with Tomas Hale, Petra Novak"
      And the page shows "not stored: of article"
      And nothing is wrong with the page
      When the visitor types "4" into "episode"
      And the visitor presses "Save"
      Then the page shows "Its row is written anew."
      And the page shows "Episode 4"
      When the visitor presses "Delete this podcast"
      And the visitor presses "Delete “Bells at noon”"
      Then the page shows "New podcast"
      And nothing is wrong with the page

    Scenario: With the keyboard alone
      When a visitor opens / on a desktop
      And the visitor presses the keys to "New video"
      Then the page shows "How long it plays, in seconds"
      And nothing is wrong with the page

    Scenario: What is wrong is said inside the form
      When a visitor opens /new/video on a desktop
      And the visitor types " " into "title"
      And the visitor types "Ines Duarte" into "author"
      And the visitor types "60" into "seconds"
      And the visitor presses "Publish"
      Then the page shows "title: Field required"

  Rule: Without content the page says what to do

    Scenario: An empty table
      Given the demo "polymorphic-cms" runs with COUNT=0
      When a visitor opens / on a phone
      Then the page shows "Nothing here yet"
      And nothing is wrong with the page
      When the visitor presses "New article"
      Then the page shows "columns of other kinds are not written"
