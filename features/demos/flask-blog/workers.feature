Feature: The blog with two workers
  Flask's own server is for one person at a desk. A site runs several workers, each a process with a connection of its
  own: `create_app()` calls `init_coodie()`, and every worker calls `create_app()`. Nothing else is needed.

  Scenario: Each worker answers from the same tables
    Given the demo "flask-blog" is served by gunicorn with two workers
    When a program posts /api/posts
      """json
      {"title": "Written by one", "author": "linus", "tags": ["python"], "body": "And read by the other."}
      """
    Then the answer is 201
    When we remember its `id` as post
    And programs ask for /api/posts/{post} until both workers have answered
    Then it holds
      | part  | value          |
      | title | Written by one |

  Scenario: A page token of one worker is good at the other
    Both sign with one secret, which gunicorn draws before it starts them.

    Given the demo "flask-blog" is served by gunicorn with two workers
    When a program asks for /api/posts
    And we remember its `next` as token
    And programs ask for /api/posts?token={token} until both workers have answered
    Then there are 8 `items`
