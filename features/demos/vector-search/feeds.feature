Feature: Feeding products
  `make seed FEED=file` reads products from a CSV or JSON file, makes the vector of each text, and writes both. A row may
  bring its vector along, as those of `products-minilm.json` do.

  Background:
    Given the demo "vector-search" runs

  Rule: A sound file is written whole

    Scenario: Five products
      When somebody feeds it the file products.csv
      Then it succeeds
      When a program asks for /api/search?q=a%20home%20for%20rabbits&k=1
      Then the `name` of each of its `hits` is Rabbit hutch

  Rule: A broken row is rejected with its line and its reason, and the others are written

    Scenario: Four of five rows are broken
      When somebody feeds it the file products-broken.csv
      Then these rows are rejected
        | line | reason                                                                                                                  |
        | 3    | category: Input should be 'Camping', 'Garden', 'Kitchen', 'Music', 'Office', 'Pets', 'Sleep' or 'Travel'                |
        | 4    | price: Input should be greater than 0                                                                                   |
        | 5    | description: String should have at least 1 character                                                                    |
        | 6    | description: String should have at most 400 characters                                                                  |
      When a program asks for /api/search?q=roast%20sausages&k=1
      Then the `name` of each of its `hits` is Campfire grill

  Rule: Vectors that come along are taken as they are, by the table that they fit

    Scenario: Vectors of MiniLM, without MiniLM
      Given the demo "vector-search" runs with EMBEDDER=recorded
      When somebody feeds it the file products-minilm.json
      Then it succeeds
      When a program asks for /api/search?q=cut%20a%20loaf&k=1
      Then the `name` of each of its `hits` is Bread knife
