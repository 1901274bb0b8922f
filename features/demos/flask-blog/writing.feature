Feature: Writing posts and comments
  A post is one row of the blog's partition; its comments are the rows of a partition of their own. A comment's id is a
  TimeUUID, which holds the moment of writing, so each new comment becomes the first row of its partition.

  Background:
    Given the demo "flask-blog" runs

  Rule: A post can be written, edited and deleted

    Scenario: From its first to its last day
      When a program posts /api/posts
        """json
        {"title": "On looms", "author": "ada", "tags": ["history", "modelling"], "body": "They weave flowers and leaves."}
        """
      Then the answer is 201
      And it holds
        | part  | value                    |
        | title | On looms                 |
        | tags  | ["history", "modelling"] |
      When we remember its `id` as post
      And a program puts /api/posts/{post}
        """json
        {"title": "On looms and engines", "tags": ["history"], "body": "They weave patterns."}
        """
      And a program asks for /api/posts/{post}
      Then it holds
        | part   | value                |
        | title  | On looms and engines |
        | author | ada                  |
        | tags   | ["history"]          |
      When a program asks for /api/posts?author=ada
      Then it holds
        | part          | value                |
        | items.0.title | On looms and engines |
      When a program deletes /api/posts/{post}
      Then the answer is 204
      When a program asks for /api/posts/{post}
      Then the answer is 404

    Scenario: Comments come newest first
      Given a program posts /api/posts
        """json
        {"title": "A moth", "author": "grace", "tags": [], "body": "In relay seventy."}
        """
      And we remember its `id` as post
      When a program posts /api/posts/{post}/comments
        """json
        {"author": "linus", "text": "The first one."}
        """
      And a program posts /api/posts/{post}/comments
        """json
        {"author": "ada", "text": "The second one."}
        """
      And a program asks for /api/posts/{post}/comments
      Then it holds
        | part           | value           |
        | items.0.author | ada             |
        | items.1.author | linus           |
        | next           | null            |

    Scenario: What was written is still there after a restart
      Given a program posts /api/posts
        """json
        {"title": "Before the lights went out", "author": "radia", "tags": ["operations"], "body": "And after."}
        """
      And we remember its `id` as post
      When the demo is ended and started again
      And a program asks for /api/posts/{post}
      Then it holds
        | part  | value                      |
        | title | Before the lights went out |

  Rule: What is wrong is said, and nothing is written

    Scenario: A post that cannot be
      When a program posts /api/posts
        """json
        {"title": " ", "tags": "c++", "body": "No author either."}
        """
      Then the answer is 422
      And it holds
        | part             | value                                                                                    |
        | title            | Some values were refused                                                                 |
        | errors.0.field   | title                                                                                    |
        | errors.1.field   | tags                                                                                     |
        | errors.1.message | “c++” is no tag: use letters from a to z, digits and hyphens, at most 30 |
        | errors.2.field   | author                                                                                   |

    Scenario: A body that is no JSON
      When a program posts /api/posts
        """json
        {"title": "On looms"
        """
      Then the answer is 400

    Scenario Outline: <what>
      When a program asks for <path>
      Then the answer is <status>

      Examples:
        | what                                 | path                                            | status |
        | An id that is none                   | /api/posts/looms                                | 404    |
        | An id that nobody has                | /api/posts/00000000-0000-1000-8000-000000000000 | 404    |
        | An id that says nothing of its time  | /api/posts/00000000-0000-4000-8000-000000000000 | 404    |
        | A token that is made up              | /api/posts?token=nonsense                       | 400    |

  Rule: A visitor writes a comment and sees its partition

    @browser
    Scenario: The comment is the first row
      When a visitor opens /posts/92143200-5b7e-11f1-8000-828b24cee945 on a desktop
      Then the page shows "Its partition"
      When the visitor presses "under the hood"
      Then under the hood stands "2 statements ·"
      When the visitor types "grace" into "Your name"
      And the visitor types "We did so for years." into "Your comment"
      And the visitor presses "Send comment"
      Then the page shows "Your comment is the first row of its partition."
      And the page shows "We did so for years."
      And under the hood stands "INSERT INTO comment …"
      And under the hood stands "SELECT … FROM comment WHERE post = ?"
      And this is the picture of its README
      And nothing is wrong with the page

    @browser
    Scenario: What a visitor writes is shown, and never obeyed
      When a visitor opens /posts/new on a phone
      And the visitor types "<script>alert(1)</script>" into "Title"
      And the visitor types "edsger" into "Author"
      And the visitor types "python" into "Tags, with commas"
      And the visitor types "Tags are text." into "Text"
      And the visitor presses "Publish"
      Then the page shows "Published: it is the first row of the blog."
      And the page shows "<script>alert(1)</script>"
      And nothing is wrong with the page
      When the visitor presses "Edit"
      And the visitor types "Tags are only text" into "Title"
      And the visitor presses "Save"
      Then the page shows "The change is written."
      And the page shows "Tags are only text"
      When the visitor presses "Delete this post"
      And the visitor presses "Delete for good"
      Then the page shows "One partition"
      And nothing is wrong with the page

    @browser
    Scenario: A comment of blanks
      When a visitor opens /posts/92143200-5b7e-11f1-8000-828b24cee945 on a desktop
      And the visitor types "linus" into "Your name"
      And the visitor types "   " into "Your comment"
      And the visitor presses "Send comment"
      Then the page shows "String should have at least 1 character"
