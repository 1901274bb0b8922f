Feature: Feeding products
  `make seed FEED=file` reads products from a file into the table; the views follow by themselves. Rows that cannot be
  products are left out, each named with its line and its reason.

  Background:
    Given the demo "materialized-views" runs

  Rule: A sound file is written whole, and the views have it

    Scenario: Five products
      When somebody feeds it the file products.csv
      Then it succeeds
      When a program reads every page of /api/views/brand/Brightwater
      Then one of its `items` has the `name` "Harbour lantern"
      And one of its `items` has the `name` "Ferry bag"

  Rule: A broken row is rejected with its line and its reason, and the others are written

    Scenario: Four of five rows are broken
      When somebody feeds it the file products-broken.csv
      Then these rows are rejected
        | line | reason                                                                                           |
        | 3    | category: Input should be 'Lamps', 'Packs', 'Ropes', 'Stoves' or 'Tents'                         |
        | 4    | price: Input should be greater than 0                                                            |
        | 5    | brand: Input should be 'Alder & Sons', 'Brightwater', 'Cairn' or 'Fjellgard'                     |
        | 6    | stock: Input should be a valid integer, unable to parse string as an integer                     |
      When a program reads every page of /api/views/category/Lamps
      Then one of its `items` has the `name` "Moon lamp"
