Feature: Deleting
  A delete is a write: a tombstone that hides what is older, and is kept for ten days so that a replica that was away
  learns of it. Deleting a row, a range of rows or a whole partition is one tombstone each, so prefer the widest
  that says what you mean; reading a partition full of single tombstones is slow.

  Background:
    Given the model Message
    And these Message documents are saved
      | room | sent                 | author | text    |
      | hall | 2030-05-01T09:00:00Z | ada    | morning |
      | hall | 2030-05-01T12:00:00Z | linus  | noon    |
      | hall | 2030-05-01T21:00:00Z | grace  | night   |
      | yard | 2030-05-01T12:00:00Z | grace  | lunch   |

  Rule: One statement deletes a row, a range or a partition

    Scenario: A document's row
      When we delete a message that we have read
        """python
        night = Message.find(room="hall").first()
        night.delete()
        """
      Then the Message table holds
        | room | text    |
        | hall | noon    |
        | hall | morning |
        | yard | lunch   |

    Scenario: A range of a partition
      When we delete what is older than noon
        """python
        Message.find(room="hall", sent__lt=datetime(2030, 5, 1, 12, tzinfo=UTC)).delete()
        """
      Then 1 statement was sent
      And the Message table holds
        | room | text  |
        | hall | night |
        | hall | noon  |
        | yard | lunch |

    Scenario: A partition
      When we delete a room
        """python
        Message.find(room="hall").delete()
        """
      Then 1 statement was sent
      And the Message table holds
        | room | text  |
        | yard | lunch |

    Scenario: All rows
      When we empty the table
        """python
        Message.truncate()
        """
      Then the Message table is empty

  Rule: A delete may depend on what is there

    Scenario: Only if the author agrees
      When we delete a message if it is linus's
        """python
        night = Message.find(room="hall").first()
        night.delete(if_conditions={"author": "linus"})
        """
      Then `result.applied` is `False`
      And `result.existing` is `{"author": "grace"}`

    Scenario: Only if it exists
      Given we have deleted a message
        """python
        night = Message.find(room="hall").first()
        night.delete()
        """
      When we delete it again, if it exists
        """python
        night.delete(if_exists=True)
        """
      Then `result.applied` is `False`

  Rule: A delete must say which partition

    Scenario: Deleting by what is not the key
      When we delete all messages of an author
        """python
        Message.find(author="grace").delete()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Message: delete() finds rows by their key; author is not part of it
        """
      And nothing was sent
