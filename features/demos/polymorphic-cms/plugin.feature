Feature: A fourth kind, from a plug-in
  A new kind is a module that subclasses `Content`; importing it is all it takes. When the demo starts with the module,
  `sync_table()` adds the columns that the table lacks, and nothing else happens: old rows are not touched, because a row
  does not store columns that it does not have.

      class Quiz(Content):
          kind: Annotated[Literal["quiz"], Discriminator(), Indexed()] = "quiz"
          question: Annotated[Line, Field(examples=["Which sea has no coast?"])]
          answers: Annotated[list[Line], Field(min_length=2, max_length=6, …)]

  The form, the API's union and the table of columns on the front page learn of it by themselves.

  Rule: It is taken up by a restart, and old rows stay as they are

    Scenario: Quizzes
      Given the demo "polymorphic-cms" runs with COUNT=8
      And a program asks for /api/content
      And we remember its `items` as before
      When the demo is ended and started again with PLUGINS=quiz
      And a program asks for /api/content
      Then its `items` is still {before}
      When a program posts /api/content
        """json
        {"kind": "quiz", "channel": "sea", "title": "One question", "author": "Jonas Brandt",
         "question": "Which sea has no coast?", "answers": ["Sargasso Sea", "Aral Sea"]}
        """
      Then the answer is 201
      When we remember its `id` as id
      And a program asks for /api/content?channel=sea&kind=quiz
      Then its `items.0.id` is still {id}
      When a program asks for /openapi.json
      Then it holds
        | part                                                                                              | value                     |
        | paths./api/content.post.requestBody.content.application/json.schema.discriminator.mapping.quiz    | #/components/schemas/Quiz |
      When a program deletes /api/content/sea/{id}
      Then the answer is 204

    @browser
    Scenario: Its form is made of its own fields
      Given the demo "polymorphic-cms" runs with PLUGINS=quiz
      When a visitor opens /new/quiz on a desktop
      And the visitor chooses "craft" for "channel"
      And the visitor types "Knots" into "title"
      And the visitor types "Petra Novak" into "author"
      And the visitor types "Which knot slips when it is dry?" into "question"
      And the visitor types "The net knot; The reef knot" into "answers"
      And the visitor presses "Publish"
      Then the page shows "Published as a quiz."
      And the page shows "The net knot, The reef knot"
      And nothing is wrong with the page
      When the visitor presses "Delete this quiz"
      And the visitor presses "Delete “Knots”"
      Then the page shows "New quiz"

  Rule: A row whose kind no class claims is named, because leaving it out would hide it

    Scenario: Started without the plug-in
      Given the demo "polymorphic-cms" runs with PLUGINS=quiz
      And a program posts /api/content
        """json
        {"kind": "quiz", "channel": "sound", "title": "T", "author": "A", "question": "?", "answers": ["1", "2"]}
        """
      And we remember its `id` as id
      When the demo is ended and started again without PLUGINS
      And a program asks for /api/content?channel=sound
      Then the answer is 500
      And it says of its `detail`
        """
        a row of content is of kind 'quiz', which no class claims (known: …): import the module that defines it
        """
      When the demo is ended and started again with PLUGINS=quiz
      And a program deletes /api/content/sound/{id}
      Then the answer is 204
