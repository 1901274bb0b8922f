Feature: Feeding files
  `make seed FEED=file` reads products from a CSV or JSON file. Rows that cannot be products are left out, each named
  with its line and its reason; they are written to a file beside, to be corrected and fed again. Feeding a file twice
  adds nothing, because a row's key is made of what the row says.

  Background:
    Given the demo "fastapi-catalog" runs

  Rule: A sound file is written whole

    Scenario: Eight products from a CSV file
      When somebody feeds it the file products.csv
      Then it succeeds
      When a program asks for /api/products?q=olive
      Then it holds
        | part          | value               |
        | items.0.name  | Olive storm lantern |
        | items.0.price | "64.00"             |

    Scenario: The same file again
      Given somebody feeds it the file products.csv
      When somebody feeds it the file products.csv
      And a program asks for /api/products?q=olive
      Then there are 1 `items`

  Rule: A broken row is rejected with its line and its reason, and the others are written

    Scenario: Six of seven rows are broken
      When somebody feeds it the file products-broken.csv
      Then these rows are rejected
        | line | reason                                                                                                            |
        | 3    | price: Input should be a valid decimal                                                                            |
        | 4    | category: Input should be 'Audio', 'Garden', 'Kitchen', 'Lighting', 'Paper' or 'Travel'                           |
        | 5    | stock, description: missing                                                                                       |
        | 6    | name: String should have at least 1 character                                                                     |
        | 7    | stock: Input should be greater than or equal to 0                                                                 |
        | 8    | there is more than the columns name, brand, category, price, stock, description; quote values that contain commas |
      When a program asks for /api/products?q=olive
      Then one of its `items` has the `name` "Olive storm lantern"
