Feature: Finding products
  The catalogue answers three questions, each from its own place, and shows what each costs. *By name* reads a range of
  one partition: a shelf whose entries are in the order of their names. *By brand* asks a secondary index. *By price*
  has neither, so every partition is read and most rows are thrown away.

  A shelf is a second table, written together with the product. That is the usual trade here: writes are cheap, so a
  question that is asked often gets a table in which its answer lies together.

  Background:
    Given the demo "fastapi-catalog" runs

  Rule: A search by name reads one range of one partition

    Scenario: Names that begin so
      When a program asks for /api/products?q=c
      Then the answer is 200
      And every `name` of its `items` begins with "c"
      And its `items` are in the order of their `name`

    Scenario: The whole shelf, page after page
      Twelve products a page. The token that comes with a page leads to the next, and is good for that question only.

      When a program asks for /api/products
      Then there are 12 `items`
      And its `items` are in the order of their `name`
      When we remember its `next` as token
      And a program asks for /api/products?token={token}
      Then there are 12 `items`
      And its `items` are in the order of their `name`
      When a program asks for /api/products?q=w&token={token}
      Then the answer is 400

    Scenario: A name that nothing has
      When a program asks for /api/products?q=zzz
      Then the answer is 200
      And it holds
        | part  | value |
        | items | []    |
        | next  | null  |

  Rule: A search by brand asks the index

    Scenario: All products of a brand
      When a program asks for /api/products?brand=Ostlund
      Then the answer is 200
      And every Product of the sample whose `brand` is "Ostlund" is among its `items`, by `id`

  Rule: A visitor sees what each way costs

    @browser
    Scenario: Typing narrows the list at each letter
      When a visitor opens / on a desktop
      And the visitor types "wal" into "Name begins with"
      Then the page shows "from “wal” to where names stop beginning so"
      And nothing is wrong with the page

    @browser
    Scenario: The drawer shows one partition, an index, and the red flag of a scan
      When a visitor opens / on a desktop
      And the visitor presses "under the hood"
      Then under the hood stands "1 statement ·"
      When the visitor presses "by brand"
      Then the page shows "The index on brand answers"
      And under the hood stands "SELECT … FROM product WHERE brand = ?"
      When the visitor presses "by price"
      Then under the hood stands "SELECT … FROM product WHERE price <= ? ALLOW FILTERING"
      And under the hood stands "scan"
      And this is the picture of its README
      And nothing is wrong with the page

    @browser
    Scenario: On a phone
      When a visitor opens / on a phone
      Then the page shows "One partition"
      And nothing is wrong with the page
      When the visitor presses "under the hood"
      Then under the hood stands "1 statement ·"
      And nothing is wrong with the page
