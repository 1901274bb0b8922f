Feature: A cloud of tags
  How many articles have a tag? To count them would be to read them. So each tag has a counter, and adding or removing a
  tag moves it: the cloud is one partition, however many articles there are. The articles with a tag are found by an
  index that knows each element of the set.

  A set does not mind an element that comes twice, but a counter does. Two who add one tag to one article at the same
  moment may count it twice. *Count them again* counts the articles of the tag and moves the counter by the difference.

  Background:
    Given the demo "collections-tags" runs

  Rule: A tag is counted when it comes and when it goes

    Scenario: Added twice, removed once
      Given a program posts /api/articles
        """json
        {"title": "Wayfaring tree"}
        """
      And we remember its `id` as article
      When a program posts /api/articles/{article}/changes
        """json
        {"op": "add_tag", "tag": "wayside"}
        """
      Then there are 2 `became.statements`
      When a program posts /api/articles/{article}/changes
        """json
        {"op": "add_tag", "tag": "wayside"}
        """
      Then there are 1 `became.statements`
      When a program puts /api/tags/wayside
      Then it holds
        | part     | value |
        | articles | 1     |
      When a program asks for /api/articles?tag=wayside
      Then it holds
        | part          | value          |
        | items.0.title | Wayfaring tree |
      When a program posts /api/articles/{article}/changes
        """json
        {"op": "remove_tag", "tag": "wayside"}
        """
      And a program puts /api/tags/wayside
      Then it holds
        | part     | value |
        | articles | 0     |

    Scenario: A deleted article is counted down
      Given a program posts /api/articles
        """json
        {"title": "Dutch elm"}
        """
      And we remember its `id` as article
      And a program posts /api/articles/{article}/changes
        """json
        {"op": "add_tag", "tag": "lost"}
        """
      When a program asks for /api/tags
      Then one of its `items` has the `tag` "lost"
      When a program deletes /api/articles/{article}
      Then the answer is 204
      When a program asks for /api/tags
      Then none of its `items` has the `tag` "lost"

  Rule: The sample is counted once, however often the demo is started

    Scenario: Changed, ended, started again
      Given a program asks for /api/tags
      And we remember its `items` as items
      When the demo is ended and started again
      And a program asks for /api/tags
      Then its `items` is still {items}

    Scenario: Articles come a dozen at a time
      When a program asks for /api/articles
      Then there are 12 `items`
      When we remember its `next` as token
      And a program asks for /api/articles?token={token}
      Then there are 12 `items`
      When a program asks for /api/articles?tag=bark&token={token}
      Then the answer is 400

  Rule: A visitor walks through the cloud

    @browser
    Scenario: A tag, and its articles
      When a visitor opens / on a desktop
      Then the page shows "Kept as counters: one partition is read, and no article."
      When the visitor presses "under the hood"
      Then under the hood stands "SELECT … FROM tag_count WHERE cloud = ?"
      When the visitor presses "timber"
      Then the page shows "Tagged timber"
      And under the hood stands "SELECT … FROM article WHERE shelf = ? AND tags CONTAINS ?"
      When the visitor presses "Count them again"
      Then the page shows "its counter says so too now"
      And nothing is wrong with the page

    @browser
    Scenario: Nothing has this tag
      When a visitor opens /?tag=plastic on a phone
      Then the page shows "Nothing is tagged plastic"
      And nothing is wrong with the page

    @browser
    Scenario: No article yet
      Given the demo "collections-tags" runs with COUNT=0
      When a visitor opens / on a desktop
      Then the page shows "There is no article yet"
      And nothing is wrong with the page
      When the visitor types "Rowan" into "Title of a new article"
      And the visitor presses "Begin the article"
      Then the page shows "No tag: an empty set is the same as none."
      And nothing is wrong with the page
