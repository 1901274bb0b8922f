Feature: Write once, two views follow
  Products are found by id in their table, by category in one view, by brand in another. The program writes to the table
  alone; the server keeps both views, some time after each write. How long that took is measured by reading the views until
  they show what was written, and told with each answer.

      class ProductByCategory(MaterializedView):
          category: Annotated[Category, PrimaryKey()]
          id: Annotated[UUID, ClusteringKey()]
          …

          class Settings:
              __base_table__ = Product

  Background:
    Given the demo "materialized-views" runs

  Rule: What is written to the table is found in both views

    Scenario: A new product
      When a program posts /api/products
        """json
        {"name": "Kite for two", "category": "Tents", "brand": "Cairn", "price": "19.00", "stock": 3}
        """
      Then the answer is 201
      And the `view` of each of its `followed.views` is category, brand
      And its `followed.views.0.ms` is between 0 and 10000
      And its `followed.views.1.ms` is between 0 and 10000
      When we remember its `product.id` as id
      And a program asks for /api/products/{id}
      Then it holds
        | part  | value        |
        | name  | Kite for two |
        | stock | 3            |
      When a program reads every page of /api/views/category/Tents
      Then one of its `items` has the `name` "Kite for two"
      When a program reads every page of /api/views/brand/Cairn
      Then one of its `items` has the `name` "Kite for two"

    Scenario: The sample, by category
      When a program reads every page of /api/views/category/Stoves
      Then every Product of the sample whose `category` is "Stoves" is among its `items`, by `id`

    Scenario: The sample, by brand
      When a program reads every page of /api/views/brand/Brightwater
      Then every Product of the sample whose `brand` is "Brightwater" is among its `items`, by `id`

  Rule: A row that changes moves in the views, and one that is deleted leaves them

    Scenario: From ropes to lamps, and gone
      Given a program posts /api/products
        """json
        {"name": "Glowing rope", "category": "Ropes", "brand": "Fjellgard", "price": "30.00"}
        """
      And we remember its `product.id` as id
      When a program puts /api/products/{id}
        """json
        {"name": "Glowing rope", "category": "Lamps", "brand": "Fjellgard", "price": "31.00"}
        """
      Then the answer is 200
      When a program reads every page of /api/views/category/Lamps
      Then one of its `items` has the `name` "Glowing rope"
      When a program reads every page of /api/views/category/Ropes
      Then none of its `items` has the `name` "Glowing rope"
      When a program deletes /api/products/{id}
      Then the answer is 200
      When a program reads every page of /api/views/category/Lamps
      Then none of its `items` has the `name` "Glowing rope"
      When a program reads every page of /api/views/brand/Fjellgard
      Then none of its `items` has the `name` "Glowing rope"
      When a program asks for /api/products/{id}
      Then the answer is 404

  Rule: A view is read-only, and says where to write

    Scenario Outline: <call> of the view by <view>
      When a program posts /api/views/<view>/attempts
        """json
        {"call": "<call>"}
        """
      Then the answer is 400
      And it holds
        | part   | value     |
        | detail | <message> |

      Examples:
        | view     | call       | message                                                                                  |
        | category | save       | ProductByCategory is a materialized view: save() goes to Product, the view follows       |
        | category | update     | ProductByCategory is a materialized view: update() goes to Product, the view follows     |
        | brand    | delete     | ProductByBrand is a materialized view: delete() goes to Product, the view follows        |
        | brand    | truncate   | ProductByBrand is a materialized view: truncate() goes to Product, the view follows      |
        | brand    | sync_table | ProductByBrand is a materialized view: call sync_view()                                  |

  Rule: What a view costs can be measured

    Scenario: Three ways to write
      When a program posts /api/measurements
        """json
        {"rows": 200}
        """
      Then the answer is 200
      And the `way` of each of its `costs` is no view, two views, two shelves by hand, in a logged batch
      And its `costs.0.rows_per_second` is between 1 and 1000000
      And its `costs.1.rows_per_second` is between 1 and 1000000
      And its `costs.2.rows_per_second` is between 1 and 1000000
      And its `lags.0.late` is between 0 and 0
      And its `lags.1.late` is between 0 and 0

    Scenario: The shop is left alone
      When a program posts /api/measurements
        """json
        {"rows": 100}
        """
      And a program reads every page of /api/views/category/Packs
      Then every Product of the sample whose `category` is "Packs" is among its `items`, by `id`
      And none of its `items` has the `name` "measured 1"

  Rule: What is wrong is said

    Scenario Outline: <what> is refused
      When a program posts <path>
        """json
        <body>
        """
      Then the answer is 422
      And it holds
        | part           | value                    |
        | title          | Some values were refused |
        | errors.0.field | <field>                  |

      Examples:
        | what              | path              | body                                                                    | field    |
        | A price of zero   | /api/products     | {"name": "T", "category": "Tents", "brand": "Cairn", "price": "0"}      | price    |
        | An unknown brand  | /api/products     | {"name": "T", "category": "Tents", "brand": "Nobody", "price": "1"}     | brand    |
        | A category of air | /api/products     | {"name": "T", "category": "Air", "brand": "Cairn", "price": "1"}        | category |
        | Too many rows     | /api/measurements | {"rows": 1000000}                                                       | rows     |

    Scenario Outline: <path> is not there
      When a program asks for <path>
      Then the answer is 404

      Examples:
        | path                                               |
        | /api/views/category/Air                            |
        | /api/views/colour/red                              |
        | /api/products/seven                                |
        | /api/products/13a51028-0000-5cb4-affd-cc096a0a2617 |

  Rule: Table and views are there after a restart

    Scenario: Ended and started again
      Given a program posts /api/products
        """json
        {"name": "Kept kettle", "category": "Stoves", "brand": "Cairn", "price": "12.00"}
        """
      And we remember its `product.id` as id
      When the demo is ended and started again
      And a program asks for /api/products/{id}
      Then it holds
        | part | value       |
        | name | Kept kettle |
      When a program reads every page of /api/views/brand/Cairn
      Then one of its `items` has the `name` "Kept kettle"
