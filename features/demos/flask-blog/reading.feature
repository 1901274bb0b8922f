Feature: Reading the blog
  All posts lie in one partition, and the table keeps them newest first, so the front page reads the partition from its
  beginning and never sorts. A page ends with a token: the server's own place in the result, sealed. Nobody counts rows,
  and the last page is as quick as the first.

  Posts of one author, or with one tag, are found by an index inside that partition. The index on tags knows each
  element of the list.

  Background:
    Given the demo "flask-blog" runs

  Rule: Posts come newest first, page after page

    Scenario: The first two pages
      When a program asks for /api/posts
      Then the answer is 200
      And there are 8 `items`
      And its `items` are newest first, by their `written`
      When we remember its `items.7.written` as eighth
      And we remember its `next` as token
      And a program asks for /api/posts?token={token}
      Then there are 8 `items`
      And its `items` are newest first, by their `written`
      And all of them are older than {eighth}

    Scenario: A token belongs to its question
      When a program asks for /api/posts?tag=paging
      And we remember its `next` as token
      And a program asks for /api/posts?tag=indexes&token={token}
      Then the answer is 400
      And it holds
        | part  | value       |
        | title | Bad Request |

  Rule: An author and a tag each have an index

    Scenario: What one author has written
      When a program asks for /api/posts?author=radia
      Then the answer is 200
      And every `author` of its `items` begins with "radia"

    Scenario: A tag that nothing has
      When a program asks for /api/posts?tag=nothing
      Then it holds
        | part  | value |
        | items | []    |
        | next  | null  |

    Scenario: Both at once are refused
      Two indexes at once would mean to read the rows of one and to throw most of them away.

      When a program asks for /api/posts?author=ada&tag=paging
      Then the answer is 422
      And it holds
        | part             | value                                                                                |
        | errors.0.message | Ask for an author or for a tag, not for both: each has an index of its own. |

  Rule: A visitor finds the blog filled, and its pages by their tokens

    @browser
    Scenario: The first screen, and the page after it
      When a visitor opens / on a desktop
      Then the page shows "One partition"
      And the page shows "The next page is a token"
      When the visitor presses "under the hood"
      Then under the hood stands "SELECT … FROM post WHERE blog = ?"
      When the visitor presses "Next page"
      Then the page shows "First page"
      And nothing is wrong with the page

    @browser
    Scenario: A tag
      When a visitor opens / on a desktop
      And the visitor presses "under the hood"
      Then under the hood stands "1 statement ·"
      When the visitor presses "history"
      Then the page shows "knows each element of the list"
      And under the hood stands "SELECT … FROM post WHERE blog = ? AND tags CONTAINS ?"
      And nothing is wrong with the page

    @browser
    Scenario: Nothing has this tag
      When a visitor opens /?tag=nothing on a desktop
      Then the page shows "Nothing is tagged nothing"
      And nothing is wrong with the page
      When the visitor presses "Show all posts"
      Then the page shows "One partition"

    @browser
    Scenario: A long discussion is read in pages too
      When a visitor opens /posts/92143200-5b7e-11f1-8000-828b24cee945 on a desktop
      Then the page shows "More rows lie below"
      When the visitor presses "Next page"
      Then the page shows "This is its last row"
      And nothing is wrong with the page

    @browser
    Scenario: Nobody has commented yet
      When a visitor opens /posts/fcd17600-5c2f-11f1-8000-413afd93f687 on a phone
      Then the page shows "No row yet. The first comment makes the partition."
      And nothing is wrong with the page

    @browser
    Scenario: On a phone
      When a visitor opens / on a phone
      Then the page shows "One partition"
      And nothing is wrong with the page
      When the visitor presses "under the hood"
      Then under the hood stands "1 statement ·"
      And nothing is wrong with the page
