@slow
Feature: Load
  Each demo takes what several clients ask of it at once, and keeps nothing of it: not memory, not connections. Its drawer
  costs nothing while nobody has it open. And it may be ended at any time, as a machine that is updated does: a request
  that was answered was carried out, and the others see that their connection ends.

  A client has one connection, over which it asks for one thing after another. `{n}` is another number each time.
  `make load` takes half a minute for each demo; elsewhere a few seconds go to one demo of each framework.

  Rule: Under load no answer is an error, nothing grows, and what was answered is kept when the demo ends

    Scenario Outline: <demo>
      Given a demo "<demo>" of its own runs, and writes nothing down of what it sends
      When six clients at once ask for / and <path>, and post to <writes>, each time a new <column>
        """json
        <body>
        """
      Then no answer was an error, and no page showed statements, as no drawer was open
      And the demo holds no more memory and no more connections than when it was warm
      When the demo is asked to end, while they go on
      Then each write that was answered is there

      Examples: One of each framework
        | demo             | path               | writes        | column          | body |
        | fastapi-catalog  | /api/products      | /api/products | product.id      | {"name": "Lamp {n}", "brand": "Fennmark", "category": "Lighting", "price": "49.90"} |
        | flask-blog       | /api/posts         | /api/posts    | post.id         | {"title": "Post {n}", "author": "ada", "tags": ["load"], "body": "One of many."} |
        | django-taskboard | /api/boards/engine | /api/tasks    | task_event.task | {"board": "engine", "title": "Task {n}"} |

      @long
      Examples: The others that are written to
        | demo               | path                              | writes        | column     | body |
        | ttl-sessions       | /api/sessions                     | /api/sessions | session.id | {"user": "ada", "device": "laptop {n}"} |
        | realtime-counters  | /api/pages                        | /api/pages    | page.slug  | {"title": "Page {n}"} |
        | lwt-user-registry  | /api/users                        | /api/users    | user.name  | {"name": "user{n}", "person": "Person {n}"} |
        | collections-tags   | /api/tags                         | /api/articles | article.id | {"title": "Tree {n}"} |
        | materialized-views | /api/views/brand/Cairn             | /api/products | product.id | {"name": "Tent {n}", "category": "Tents", "brand": "Cairn", "price": "219.00"} |
        | polymorphic-cms    | /api/content?channel=craft        | /api/content  | content.id | {"kind": "article", "channel": "craft", "title": "Article {n}", "author": "Ines Duarte", "body": "One of many."} |
        | vector-search      | /api/search?q=cut%20a%20loaf&k=1  | /api/products | product_by_wordllama_256.id | {"name": "Flask {n}", "category": "Camping", "description": "Keeps tea hot.", "price": "29.00"} |
        | migration-guide    | /api/loans                        | /api/loans    | loan.title | {"title": "Book {n}"} |

    @long
    Scenario Outline: <demo>, which is only read
      Given a demo "<demo>" of its own runs, and writes nothing down of what it sends
      When six clients at once ask for / and <path>
      Then no answer was an error, and no page showed statements, as no drawer was open
      And the demo holds no more memory and no more connections than when it was warm
      When the demo is asked to end, while they go on

      Examples:
        | demo           | path                           |
        | timeseries-iot | /api/sensors                   |
        | batch-importer | /api/imports                   |
        | argus-tracker  | /api/releases/fathom-3.2/tests |
