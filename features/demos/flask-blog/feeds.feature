Feature: Feeding posts
  `make seed FEED=file` reads posts from a CSV or JSON file. Rows that cannot be posts are left out, each named with its
  line and its reason. Feeding a file twice adds nothing: a post's id is made of its date, its author and its title.

  Background:
    Given the demo "flask-blog" runs

  Rule: A sound file is written whole

    Scenario: Five posts, fed twice
      Given somebody feeds it the file posts.csv
      When somebody feeds it the file posts.csv
      Then it succeeds
      When a program asks for /api/posts?tag=history
      Then one of its `items` has the `title` "A moth in relay seventy"

  Rule: A broken row is rejected with its line and its reason, and the others are written

    Scenario: Five of six rows are broken
      When somebody feeds it the file posts-broken.csv
      Then these rows are rejected
        | line | reason                                                                         |
        | 3    | date: Input should be a date such as 2026-06-30, or a date and time            |
        | 4    | tags: “c++” is no tag: use letters from a to z, digits and hyphens, at most 30 |
        | 5    | title: String should have at least 1 character                                 |
        | 6    | body: missing                                                                  |
        | 7    | body: String should have at least 1 character                                  |
      When a program asks for /api/posts?tag=history
      Then one of its `items` has the `title` "A moth in relay seventy"
