Feature: Moving cards
  A board lives in two databases. Where a task *stands* is a row in SQLite, kept by Django's ORM: few rows, changed in
  place. Where it *has been* is a history in Cassandra, kept by coodie: a row is added with every move and none is ever
  changed. A move writes both, and the board shows both.

  Background:
    Given the demo "django-taskboard" runs

  Rule: A move changes a row in SQLite and adds an event in Cassandra

    Scenario: A task from its first to its last column
      When a program posts /api/tasks
        """json
        {"board": "engine", "title": "Grease the crank"}
        """
      Then the answer is 201
      And it holds
        | part         | value            |
        | task.title   | Grease the crank |
        | task.status  | todo             |
        | event.source | new              |
        | event.target | todo             |
        | waiting      | 0                |
      When we remember its `task.id` as task
      And a program puts /api/tasks/{task}
        """json
        {"status": "doing"}
        """
      Then it holds
        | part         | value |
        | task.status  | doing |
        | event.source | todo  |
        | event.target | doing |
        | event.who    | guest |
      When a program puts /api/tasks/{task}
        """json
        {"status": "done"}
        """
      And a program asks for /api/tasks/{task}/events
      Then there are 3 `items`
      And its `items` are newest first, by their `moment`
      And it holds
        | part           | value |
        | items.0.target | done  |
        | items.2.source | new   |
      When a program asks for /api/boards/engine
      Then it holds
        | part          | value            |
        | tasks.0.title | Grease the crank |

    Scenario: What was moved is where it was after a restart
      Given a program posts /api/tasks
        """json
        {"board": "network", "title": "Before the lights went out"}
        """
      And we remember its `task.id` as task
      And a program puts /api/tasks/{task}
        """json
        {"status": "done"}
        """
      When the demo is ended and started again
      And a program asks for /api/tasks/{task}/events
      Then there are 2 `items`
      When a program asks for /api/boards/network
      Then it holds
        | part           | value                      |
        | tasks.0.title  | Before the lights went out |
        | tasks.0.status | done                       |

  Rule: What is wrong is said, and nothing is written

    Scenario: A column that is none
      When a program puts /api/tasks/1dd61722-27ca-53fe-95a8-333e872d3d19
        """json
        {"status": "someday"}
        """
      Then the answer is 422
      And it holds
        | part             | value                                     |
        | errors.0.field   | status                                    |
        | errors.0.message | Input should be 'todo', 'doing' or 'done' |

    Scenario: A column in which the task is already
      When a program puts /api/tasks/1dd61722-27ca-53fe-95a8-333e872d3d19
        """json
        {"status": "done"}
        """
      Then the answer is 422
      And it holds
        | part             | value                     |
        | errors.0.message | The task is there already |

    Scenario: A body that is no JSON
      When a program posts /api/tasks
        """json
        {"board":
        """
      Then the answer is 400

    Scenario Outline: <what>
      When a program asks for <path>
      Then the answer is <status>

      Examples:
        | what                    | path                                                   | status |
        | A board that is none    | /api/boards/looms                                      | 404    |
        | An id that is none      | /api/tasks/crank/events                                | 404    |
        | An id that nobody has   | /api/tasks/00000000-0000-0000-0000-000000000000/events | 404    |
        | A token that is made up | /api/tasks/1dd61722-27ca-53fe-95a8-333e872d3d19/events?token=nonsense | 400 |
        | An address that is none | /nowhere                                               | 404    |

  Rule: A visitor drags a card and sees both halves of the move

    @browser
    Scenario: With a mouse
      When a visitor opens /boards/engine on a desktop
      Then the page shows "Move a card"
      When the visitor presses "under the hood"
      Then under the hood stands "1 statement ·"
      When the visitor drags "Rebuild the card reader" to "Doing"
      Then the page shows "“Rebuild the card reader” is in Doing."
      And the page shows "UPDATE tasks_task"
      And the page shows "INSERT task_event"
      And under the hood stands "INSERT INTO task_event … IF NOT EXISTS"
      And under the hood stands "UPDATE task_counter SET arrived = arrived + ?"
      And this is the picture of its README
      And nothing is wrong with the page

    @browser
    Scenario: Without a mouse
      When a visitor opens /boards/network on a desktop
      And the visitor presses the keys to "Move “Review the name service” to Doing"
      Then the page shows "“Review the name service” is in Doing."
      And the keyboard is at "Review the name service"
      And nothing is wrong with the page

    @browser
    Scenario: On a phone, down to a card's history
      When a visitor opens /boards/compiler on a phone
      Then the page shows "arrived"
      And nothing is wrong with the page
      When the visitor types "Punch <fewer> cards" into "New task"
      And the visitor presses "Add task"
      Then the page shows "“Punch <fewer> cards” is on the board."
      When the visitor presses "Punch <fewer> cards"
      Then the page shows "In Cassandra: where it has been"
      And the page shows "made it, in"
      When the visitor presses "under the hood"
      Then under the hood stands "SELECT … FROM task_event WHERE task = ?"
      And nothing is wrong with the page

    @browser
    Scenario: The admin works, and the event knows who was signed in
      When a visitor opens /admin/login/?next=/boards/engine on a desktop
      And the visitor types "ada" into "Username:"
      And the visitor types "taskboard" into "Password:"
      And the visitor presses "Log in"
      Then the page shows "signed in as ada"
      When the visitor drags "Document the mill" to "Done"
      Then the page shows "“Document the mill” is in Done."
      When the visitor presses "Document the mill"
      Then the page shows "In SQLite: where it stands"
      And the page shows "ada"
      When the visitor presses "Open it in Django’s admin"
      Then the page shows "Change task"
      And the browser complains of nothing

    @browser
    Scenario: A title of blanks
      When a visitor opens /boards/compiler on a desktop
      And the visitor types "   " into "New task"
      And the visitor presses "Add task"
      Then the page shows "String should have at least 1 character"

    @browser
    Scenario: An address that is none
      When a visitor opens /boards/looms on a desktop
      Then the page shows "Nothing has the address /boards/looms."
