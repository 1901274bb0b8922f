Feature: Keeping products
  A product is written three times: under its id for its own page, on the shelf of everything, and on the shelf of its
  category. A change of price goes to all three; a review goes to the head of its product's own partition.

  Background:
    Given the demo "fastapi-catalog" runs

  Rule: A product can be added, changed and removed

    Scenario: From its first to its last day
      When a program posts /api/products
        """json
        {"name": "Zinnia wall clock", "brand": "Fennmark", "category": "Audio", "price": "49.90", "stock": 12}
        """
      Then the answer is 201
      And it holds
        | part  | value             |
        | name  | Zinnia wall clock |
        | price | "49.90"           |
        | stock | 12                |
      When we remember its `id` as product
      And a program asks for /api/products?q=zinnia&shelf=Audio
      Then it holds
        | part         | value             |
        | items.0.name | Zinnia wall clock |
      When a program puts /api/products/{product}
        """json
        {"price": "39.00", "stock": 3}
        """
      Then it holds
        | part  | value   |
        | price | "39.00" |
        | stock | 3       |
      When a program asks for /api/products?q=zinnia
      Then it holds
        | part          | value   |
        | items.0.price | "39.00" |
      When a program deletes /api/products/{product}
      Then the answer is 204
      When a program asks for /api/products/{product}
      Then the answer is 404
      When a program asks for /api/products?q=zinnia
      Then it holds
        | part  | value |
        | items | []    |

    Scenario: What was written is there after a restart
      Given a program posts /api/products
        """json
        {"name": "Quince jam jar", "brand": "Tidewell", "category": "Kitchen", "price": "7.20", "stock": 4}
        """
      And we remember its `id` as product
      When the demo is ended and started again
      And a program asks for /api/products/{product}
      Then it holds
        | part  | value          |
        | name  | Quince jam jar |
        | price | "7.20"         |
      When a program asks for /api/products?q=quince
      Then there are 1 `items`

    Scenario: Reviews come newest first
      Given a program posts /api/products
        """json
        {"name": "Yew pen rest", "brand": "Ostlund", "category": "Paper", "price": "9.50"}
        """
      And we remember its `id` as product
      When a program posts /api/products/{product}/reviews
        """json
        {"author": "Ada", "stars": 4, "text": "Good."}
        """
      And a program posts /api/products/{product}/reviews
        """json
        {"author": "Grace", "stars": 5, "text": "Very good."}
        """
      And a program asks for /api/products/{product}/reviews
      Then it holds
        | part           | value |
        | items.0.author | Grace |
        | items.1.author | Ada   |

  Rule: What is wrong is said, and nothing is written

    Scenario: A product that cannot be
      When a program posts /api/products
        """json
        {"name": "", "brand": "Fennmark", "category": "Gadgets", "price": "free"}
        """
      Then the answer is 422
      And it holds
        | part           | value                                             |
        | title          | Some values were refused                          |
        | detail         | Correct them and send again; nothing was changed. |
        | errors.0.field | name                                              |
        | errors.1.field | category                                          |
        | errors.2.field | price                                             |

    Scenario Outline: <what> is answered with <status>
      When a program asks for <path>
      Then the answer is <status>

      Examples:
        | what                    | path                                                | status |
        | An id that is none      | /api/products/lamp                                  | 404    |
        | An id that nobody has   | /api/products/00000000-0000-0000-0000-000000000000  | 404    |
        | A token that is made up | /api/products?token=nonsense                        | 400    |
        | A shelf that is none    | /api/products?shelf=Gadgets                         | 422    |

  Rule: A visitor adds a product with a form

    @browser
    Scenario: A name of blanks, on a phone
      When a visitor opens /products/new on a phone
      And the visitor types "   " into "Name"
      And the visitor types "Tidewell" into "Brand"
      And the visitor types "24.50" into "Price in euros"
      And the visitor presses "Add to the catalogue"
      Then the page shows "String should have at least 1 character"

    @browser
    Scenario: A new product stands on its page
      When a visitor opens /products/new on a desktop
      And the visitor types "Xylo bird feeder" into "Name"
      And the visitor types "Tidewell" into "Brand"
      And the visitor chooses "Garden" for "Category"
      And the visitor types "24.50" into "Price in euros"
      And the visitor presses "Add to the catalogue"
      Then the page shows "Xylo bird feeder is in the catalogue."
      And nothing is wrong with the page
      When the visitor types "Ada" into "Your name"
      And the visitor types "The finches approve." into "What you think"
      And the visitor presses "Send review"
      Then the page shows "The finches approve."
      And nothing is wrong with the page
