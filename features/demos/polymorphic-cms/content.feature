Feature: Three kinds of content in one table
  A channel publishes articles, videos and podcasts. They are read together, newest first, so they belong into one table,
  although a video has a length and an article has not. The class `Content` owns the table and declares
  `kind: Annotated[str, Discriminator(), Indexed()]`; `Article`, `Video` and `Podcast` add columns of their own. A row
  comes back as the class that it was saved as, and columns that it does not have are not stored.

  The same classes are the API's schema: a union, told apart by `kind`.

  Background:
    Given the demo "polymorphic-cms" runs

  Rule: A channel is one partition with every kind in it, newest first

    Scenario: All of a channel
      When a program asks for /api/content?channel=sea
      Then the answer is 200
      And among its `items` there is each `kind` of article, video, podcast
      And its `items` are newest first, by the moment in their `id`

    Scenario: The front page takes the newest of each channel with one statement
      When a program asks for /api/content
      Then there are 12 `items`
      And among its `items` there is each `channel` of cities, craft, sea, sound

    Scenario Outline: Only <kind>s of a channel
      When a program asks for /api/content?channel=cities&kind=<kind>
      Then the answer is 200
      And every `kind` of its `items` begins with "<kind>"
      And its `items` are newest first, by the moment in their `id`

      Examples:
        | kind    |
        | article |
        | video   |
        | podcast |

    Scenario: One kind of every channel, by the index alone
      When a program asks for /api/content?kind=podcast
      Then every Podcast of the sample whose `channel` is "sea" is among its `items`, by `id`
      And every `kind` of its `items` begins with "podcast"

  Rule: Each kind has fields of its own, and says so when they are wrong

    Scenario Outline: <kind>
      When a program posts /api/content
        """json
        {"kind": "<kind>", "channel": "craft", "title": "A new <kind>", "author": "Ines Duarte", <own>}
        """
      Then the answer is 201
      When we remember its `id` as id
      And a program asks for /api/content/craft/{id}
      Then it holds
        | part    | value   |
        | kind    | <kind>  |
        | <field> | <value> |

      Examples:
        | kind    | own                                                     | field      | value    |
        | article | "body": "A dry knot slips."                             | body       | A dry knot slips. |
        | video   | "seconds": 242, "resolution": "720p"                    | resolution | 720p     |
        | podcast | "seconds": 1860, "episode": 7, "guests": ["Tomas Hale"] | guests     | ["Tomas Hale"] |

    Scenario Outline: <what> is refused
      When a program posts /api/content
        """json
        {"channel": "craft", "title": "T", "author": "A", <own>}
        """
      Then the answer is 422
      And it holds
        | part           | value                    |
        | title          | Some values were refused |
        | errors.0.field | <field>                  |

      Examples:
        | what                       | own                                                       | field              |
        | A video without a length   | "kind": "video"                                           | video.seconds      |
        | A resolution of no screen  | "kind": "video", "seconds": 3, "resolution": "8p"         | video.resolution   |
        | Episode zero               | "kind": "podcast", "seconds": 3, "episode": 0             | podcast.episode    |
        | An article without words   | "kind": "article", "body": ""                             | article.body       |
        | A kind that nobody knows   | "kind": "song", "seconds": 3                              |                    |
        | No kind                    | "seconds": 3                                              |                    |

    Scenario: An article does not become a video
      Given a program posts /api/content
        """json
        {"kind": "article", "channel": "craft", "title": "T", "author": "A", "body": "B"}
        """
      And we remember its `id` as id
      When a program puts /api/content/craft/{id}
        """json
        {"kind": "video", "channel": "craft", "title": "T", "author": "A", "seconds": 60}
        """
      Then the answer is 409
      And it holds
        | part   | value                                                                        |
        | detail | This is of the kind 'article' and stays so: it cannot become 'video'. |

    Scenario: Changed and deleted
      Given a program posts /api/content
        """json
        {"kind": "podcast", "channel": "craft", "title": "T", "author": "A", "seconds": 60, "episode": 1, "guests": ["B"]}
        """
      And we remember its `id` as id
      When a program puts /api/content/craft/{id}
        """json
        {"kind": "podcast", "channel": "craft", "title": "Better", "author": "A", "seconds": 61, "episode": 1}
        """
      Then the answer is 200
      When a program asks for /api/content/craft/{id}
      Then it holds
        | part   | value  |
        | title  | Better |
        | guests | []     |
      When a program deletes /api/content/craft/{id}
      Then the answer is 204
      When a program asks for /api/content/craft/{id}
      Then the answer is 404

    Scenario Outline: What is not there is a 404, or said to be wrong
      When a program asks for <path>
      Then the answer is <status>

      Examples:
        | path                                                    | status |
        | /api/content/sea/yesterday                              | 404    |
        | /api/content/moon/c1320200-74a2-11f1-9094-b3d4024b7d70  | 404    |
        | /api/content/sea/c1320200-74a2-11f1-9094-000000000000   | 404    |
        | /api/content?kind=song                                  | 422    |
        | /api/content?channel=sea&token=cut                      | 400    |

  Rule: The description of the API is a union with a discriminator

    Scenario: What a client generator reads
      When a program asks for /openapi.json
      Then it holds
        | part                                                                                                   | value                         |
        | paths./api/content.post.requestBody.content.application/json.schema.discriminator.propertyName         | kind                          |
        | paths./api/content.post.requestBody.content.application/json.schema.discriminator.mapping.article      | #/components/schemas/Article  |
        | paths./api/content.post.requestBody.content.application/json.schema.discriminator.mapping.video        | #/components/schemas/Video    |
        | paths./api/content.post.requestBody.content.application/json.schema.discriminator.mapping.podcast      | #/components/schemas/Podcast  |

  Rule: What was published is there after a restart

    Scenario: Ended and started again
      Given a program posts /api/content
        """json
        {"kind": "video", "channel": "sound", "title": "Kept", "author": "A", "seconds": 60}
        """
      And we remember its `id` as id
      When the demo is ended and started again
      And a program asks for /api/content/sound/{id}
      Then it holds
        | part  | value |
        | title | Kept  |
        | kind  | video |
