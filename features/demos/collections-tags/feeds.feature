Feature: Feeding articles
  `make seed FEED=file` reads articles from a file; `|` stands between the elements of a collection. Rows that cannot be
  articles are left out, each named with its line and its reason. An article that is there already stays as it is.

  Background:
    Given the demo "collections-tags" runs

  Rule: A sound file is written once

    Scenario: Four trees, twice
      Given somebody feeds it the file articles.csv
      When somebody feeds it the file articles.csv
      Then it succeeds
      When a program asks for /api/articles/a770281a-9dc6-5b1f-8257-35902b4f7cb8
      Then it holds
        | part        | value                                                       |
        | sections    | ["How to tell it", "Where it grows", "How to plant it"]    |
        | facts       | {"latin": "Acer campestre", "height": "15 m"}              |
        | origin.city | Paris                                                       |
        | editions    | []                                                          |

  Rule: A broken row is rejected with its line and its reason, and the others are written

    Scenario: Four of six rows are broken
      When somebody feeds it the file articles-broken.csv
      Then these rows are rejected
        | line | reason                                                                    |
        | 3    | tags.0: String should match pattern '^[a-z0-9]+([ -][a-z0-9]+)*$'         |
        | 4    | title: String should have at least 1 character                            |
        | 5    | facts.latin: String should have at least 1 character                      |
        | 6    | origin.city: String should have at least 1 character                      |
      When a program asks for /api/articles/7b9a4aca-59d9-5f98-ae05-18381b902eb0
      Then it holds
        | part  | value  |
        | title | Medlar |
