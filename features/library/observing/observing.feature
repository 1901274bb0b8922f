Feature: Observing statements
  Whoever asks is told of every statement: what was sent, with which values, what came back, how long it took. The
  evidence beside these scenarios, the drawer of the demos, a log of slow queries and tracing are all made of it.

      with observe(print):
          Article.get(number=7)

  `observe()` is for one block: a request, a test. `add_observer()` is for the whole process. With neither, nothing
  is recorded and nothing is paid.

  Background:
    Given the models Article and Account
    And these Article documents are saved
      | number | name |
      | 7      | lamp |

  Rule: An observer is told of each statement, and of its outcome

    Scenario: What was sent and what came back
      When we observe a read
        """python
        seen = []
        with observe(seen.append):
            Article.get(number=7)
        [observation] = seen
        """
      Then `observation.statement.params` is `(7,)`
      And `len(observation.rows.tuples)` is `1`
      And `observation.error` is `None`
      And `observation.duration > 0` holds

    Scenario: An error is an outcome, too
      When we observe a statement that the server refuses
        """python
        seen = []
        with observe(seen.append):
            try:
                execute_raw("SELEC")
            except ServerRejected:
                pass
        """
      Then `type(seen[0].error).__name__` is `"ServerRejected"`
      And `seen[0].rows` is `None`

    Scenario: What is outside the block is not seen
      When we read after the block
        """python
        seen = []
        with observe(seen.append):
            pass
        Article.get(number=7)
        """
      Then `seen` is `[]`

  Rule: A secret is never shown

    Scenario: A password is redacted wherever a statement is written down
      When we observe an account being saved and read, and write it down
        """python
        from coodie.observation import describe

        seen = []
        with observe(seen.append):
            Account(name="ada", password="swordfish").save()
            Account.get(name="ada")
        written = str([describe(each) for each in seen])
        """
      Then `"swordfish" in written` does not hold
      And `"•••" in written` holds
      And `Account.get(name="ada").password.get_secret_value()` is `"swordfish"`

  Rule: A call sends the statements that its documentation says, and no others

    Scenario Outline: <call> sends <count>
      When we call it
        """python
        <code>
        """
      Then <count> statements were sent

      Examples:
        | call       | code                                          | count |
        | save       | Article(number=1, name="desk").save()         | 1     |
        | create     | Article.create(number=1, name="desk")         | 1     |
        | insert     | Article(number=1, name="desk").insert()       | 1     |
        | get        | Article.get(number=7)                         | 1     |
        | find_one   | Article.find_one(number=7)                    | 1     |
        | first      | Article.find(number=7).first()                | 1     |
        | count      | Article.find(number=7).count()                | 1     |
        | exists     | Article.find(number=7).exists()               | 1     |
        | all        | Article.find(number=7).all()                  | 1     |
        | paged_all  | Article.find(number=7).paged_all()            | 1     |
        | update     | Article.find(number=7).update(stock=1)        | 1     |
        | delete     | Article.find(number=7).delete()               | 1     |
        | refresh    | Article(number=7, name="lamp").refresh()      | 1     |
        | delete_columns | Article(number=7, name="lamp").delete_columns("stock") | 1 |
        | bulk_save  | Article.bulk_save([Article(number=1, name="desk")]) | 1 |
        | sum        | Article.find(number=7).sum("stock")           | 1     |
        | json       | Article.find(number=7).json()                 | 1     |
        | a loop     | [article for article in Article.find(number=7)] | 1   |
        | gather     | gather(Article.find(number=7), Article.find(number=8)) | 2 |
        | find       | Article.find(number=7)                        | 0     |
        | repr       | repr(Article.find(number=7))                  | 0     |
        | bool       | bool(Article.find(number=7))                  | 0     |
        | explain    | Article.find(number=7).explain()              | 0     |
        | sync_table | Article.sync_table()                          | 2     |
