Feature: Feeding content
  `make seed FEED=file` reads content of every kind from one file, as one table would hold it: a column that a kind does
  not have is left empty. Rows that cannot be content are left out, each named with its line and its reason.

  Background:
    Given the demo "polymorphic-cms" runs

  Rule: A sound file is written whole

    Scenario: Five pieces of three kinds
      When somebody feeds it the file content.csv
      Then it succeeds
      When a program asks for /api/content?channel=sea
      Then one of its `items` has the `title` "Raising a mainsail in four minutes"

  Rule: A broken row is rejected with its line and its reason, and the others are written

    Scenario: Four of five rows are broken
      When somebody feeds it the file content-broken.csv
      Then these rows are rejected
        | line | reason                                                                                                          |
        | 3    | video.seconds: Field required                                                                                   |
        | 4    | row: Input tag 'song' found using 'kind' does not match any of the expected tags: 'article', 'video', 'podcast' |
        | 5    | published: Input should be a date such as 2026-06-30, or a date and time                                        |
        | 6    | podcast.episode: Input should be greater than or equal to 1                                                     |
      When a program asks for /api/content?channel=sea
      Then one of its `items` has the `title` "A chart without north"
