@browser
Feature: Two who edit one profile
  Two people open a profile, change it, and save. The second save finds a later version than the one that it read. It is
  not written; both edits stand side by side instead, and whoever came too late chooses.

  Background:
    Given the demo "lwt-user-registry" runs

  Rule: Who comes too late gets both versions, and loses nothing

    Scenario: Two windows
      Given a program posts /api/users
        """json
        {"name": "ptolemy", "person": "Ptolemy", "motto": "Round and round.", "place": "Alexandria"}
        """
      When a visitor opens /users/ptolemy on a desktop
      And another visitor opens /users/ptolemy on a desktop
      And the other visitor types "Circles on circles." into "Motto"
      And the other visitor presses "Save the profile"
      Then the other page shows "Saved as version 2."
      When the visitor types "The sky turns." into "Motto"
      And the visitor presses "Save the profile"
      Then the page shows "You read version 1; version 2 stands there now."
      And the page shows "The sky turns."
      And the page shows "Circles on circles."
      And nothing is wrong with the page
      When the visitor presses "Save the merged profile"
      Then the page shows "Saved as version 3."
      When a program asks for /api/users/ptolemy
      Then it holds
        | part    | value          |
        | motto   | The sky turns. |
        | version | 3              |

    Scenario: Alone, on a phone
      When a visitor opens /users/amber_905d on a phone
      And the visitor presses "Let somebody else save first"
      Then the page shows "There is a later version now than the one in this form."
      When the visitor types "Mine." into "Motto"
      And the visitor presses "Save the profile"
      Then the page shows "theirs, version 2"
      And nothing is wrong with the page

  Rule: Forms say what was wrong where it was wrong

    Scenario: A name that is taken
      When a visitor opens / on a desktop
      And the visitor types "amber_905d" into "Name"
      And the visitor types "Somebody Else" into "Who you are"
      And the visitor presses the keys to "Register"
      Then the page shows "amber_905d is taken: Amber Duncan has it. Choose another name."

    Scenario: From its first to its last day
      When a visitor opens / on a desktop
      And the visitor types "brahe" into "Name"
      And the visitor types "Tycho Brahe" into "Who you are"
      And the visitor presses "Register"
      Then the page shows "Tycho Brahe has brahe, as version 1."
      When the visitor types "Tyge Ottesen Brahe" into "The name belongs to"
      And the visitor presses "Rename"
      Then the page shows "brahe belongs to Tyge Ottesen Brahe now."
      And nothing is wrong with the page
      When the visitor presses "Release this name"
      And the visitor presses "Release brahe"
      Then the page shows "Let them grab it"
      When a program asks for /api/users/brahe
      Then the answer is 404

  Rule: Empty lists say what to do

    Scenario: No name begins so
      When a visitor opens /?letter=x on a desktop
      Then the page shows "No name begins with x"
      And nothing is wrong with the page

    Scenario: Nobody is registered
      Given the demo "lwt-user-registry" runs with COUNT=0
      When a visitor opens / on a desktop
      Then the page shows "Nobody is registered yet"
      And nothing is wrong with the page
