Feature: Null and not set
  A field that is `None` can mean two things: *nobody has said anything* or *there is nothing*. On disk they differ.
  Writing a null is a deletion, and a deletion is a **tombstone**: a marker that is written, replicated, read past,
  and kept for ten days. Rows of many optional fields, each saved with its nulls, are a well-known way to slow a
  cluster down.

  So a field that was never set is not written at all, and costs nothing. A `None` that was passed, or assigned,
  is meant, and erases what is there.

  Background:
    Given the model Account

  Rule: A field that was never set is not written

    Scenario: Saving leaves it alone
      When we save an account, and later save it again with a motto but no quota
        """python
        Account(name="ada", password="swordfish", quota=5).save()
        Account(name="ada", password="swordfish", motto="onwards").save()
        """
      Then the Account table holds
        | name | quota | motto   |
        | ada  | 5     | onwards |
      And the value of "quota" in the last statement is `UNSET`

    Scenario: Reading and saving writes no tombstone
      Given we have saved an account without quota and motto
        """python
        Account(name="ada", password="swordfish").save()
        """
      When we read it and save it
        """python
        Account.get(name="ada").save()
        """
      Then the value of "quota" in the last statement is `UNSET`
      And the value of "motto" in the last statement is `UNSET`

  Rule: A None that is meant is written

    Scenario: None is assigned
      Given we have saved an account with a quota
        """python
        Account(name="ada", password="swordfish", quota=5).save()
        """
      When we take the quota away
        """python
        ada = Account.get(name="ada")
        ada.quota = None
        ada.save()
        """
      Then the Account table holds
        | name | quota |
        | ada  | null  |
      And the value of "quota" in the last statement is `null`

    Scenario: None is passed
      Given we have saved an account with a quota
        """python
        Account(name="ada", password="swordfish", quota=5).save()
        """
      When we save one whose quota is None
        """python
        Account(name="ada", password="swordfish", quota=None).save()
        """
      Then the Account table holds
        | name | quota |
        | ada  | null  |

  Rule: A default is a value

    Scenario: A default is written, because it was chosen
      Given the model Article
      When we save an article without saying its stock
        """python
        Article(number=1, name="lamp").save()
        """
      Then the Article table holds
        | number | name | stock |
        | 1      | lamp | 0     |
      And the value of "stock" in the last statement is `0`

    Scenario: A default stands in for a value that is missing in an old row
      Given the model Article
      And we have a row from before there was a stock
        """python
        execute_raw(f"INSERT INTO {keyspace}.article (number, name) VALUES (1, 'lamp')")
        """
      Then the Article table holds
        | number | name | stock |
        | 1      | lamp | 0     |
