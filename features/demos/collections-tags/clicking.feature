@browser
Feature: What a click becomes
  On the page of an article every click is one element, and the page says what it became: the call in Python, and the
  CQL that was sent for it.

  Background:
    Given the demo "collections-tags" runs

  Rule: Each click shows its operation

    Scenario: A tag comes and goes
      When a visitor opens /articles/008091de-126d-5094-88f0-d94de7e2d413 on a desktop
      Then the page shows "Each click below becomes one call"
      When the visitor presses "under the hood"
      And the visitor types "evergreen" into "Another tag"
      And the visitor presses "Add the tag"
      Then the page shows "article.update(tags__add={'evergreen'})"
      And the page shows "UPDATE article SET tags = tags + ?"
      And the page shows "UPDATE tag_count SET articles = articles + ?"
      And under the hood stands "3 statements"
      And this is the picture of its README
      And nothing is wrong with the page
      When the visitor presses "Remove tag evergreen"
      Then the page shows "article.update(tags__remove={'evergreen'})"
      And nothing is wrong with the page

    Scenario: Sections, facts and editions
      When a visitor opens /articles/010166ff-cbf6-546b-8a46-b0b58f16a08f on a desktop
      And the visitor types "Names and tales" into "A last section"
      And the visitor presses "Append"
      Then the page shows "article.update(sections__append=['Names and tales'])"
      When the visitor presses "Replace position 0"
      And the visitor types "What to look for" into "Text at position 0"
      And the visitor presses "Replace it"
      Then the page shows "article.update(sections__setindex=(0, 'What to look for'))"
      When the visitor presses "Edit Edition 1"
      And the visitor types "Uppsala" into "City of 0"
      And the visitor presses "Write edition 0"
      Then the page shows "article.update(editions__setindex=(0, Edition("
      And nothing is wrong with the page

    Scenario: On a phone
      When a visitor opens /articles/03bd7d29-7e23-5489-aa5b-ed275574eb2e on a phone
      And the visitor types "lives" into "Key"
      And the visitor types "150 years" into "Value"
      And the visitor presses "Put"
      Then the page shows "article.update(facts__put=('lives', '150 years'))"
      And nothing is wrong with the page

  Rule: A form says what was wrong

    Scenario: A tag that cannot be
      When a visitor opens /articles/ebf31e9f-452d-5773-9512-5cb2a27aaf18 on a desktop
      And the visitor types "Not a Tag!" into "Another tag"
      And the visitor presses the keys to "Add the tag"
      Then the page shows "String should match pattern"

    Scenario: Deleted
      When a visitor opens / on a desktop
      And the visitor types "Elm" into "Title of a new article"
      And the visitor presses "Begin the article"
      Then the page shows "“Elm” has begun."
      When the visitor presses "Delete this article"
      And the visitor presses "Delete Elm"
      Then the page shows "Tags, by how many articles have them"
      And nothing is wrong with the page
