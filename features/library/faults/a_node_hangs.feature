@faults @slow
Feature: A node hangs
  A node that is dead refuses connections, which is known at once. One that hangs, because its disk does not answer or
  its machine is starved, is worse: its connections stay open, and nothing comes over them. Only time tells.

  | who waits | for how long | and then |
  |---|---|---|
  | a statement with `timeout()` | as long as it says | `Timeout` |
  | any other | as long as the driver does: 10 to 12 seconds | the same, after it was sent again if that is safe |
  | a statement that another node is asked for, too | until the first answer | the answer |

  The last is *speculative execution*: a driver that was connected with a `speculative_execution_policy` sends an
  idempotent statement to a second node when the first does not answer soon. It costs a few statements more, and takes
  the slowest node out of what a user waits for.

  Here a node is stopped by `SIGSTOP`, which is the same to all who wait for it.

  Background:
    Given a cluster of three nodes, each of which keeps every row
    And the models Article and Visits
    And someone has saved a hundred articles and read them
      """python
      stored = Article.bulk_save(
          (Article(number=number, name=f"article {number}") for number in range(100)), consistency="ALL"
      )
      gather(*[Article.find(number=number) for number in range(100)])
      """

  Rule: What a hanging node was asked ends with its timeout, and the rest goes on

    Scenario: A hundred reads
      Given the third node hangs
      When we read the articles and allow each read three seconds
        """python
        queries = [Article.find(number=number).timeout(3) for number in range(100)]
        answers = gather(*queries, concurrency=100, return_exceptions=True)
        late = [each for each in answers if not isinstance(each, list)]
        """
      Then `0 < len(late) < 100` holds
      And `{type(each).__name__ for each in late}` is `{"Timeout"}`
      And `{str(each).rpartition("; ")[2] for each in late}` is `{"it is safe to send it again"}`
      And `{len(each) for each in answers if isinstance(each, list)}` is `{1}`

  Rule: With speculative execution nobody waits for a node that hangs

    Scenario: The same reads, of which a second node is asked
      Given the settings of a driver that asks a second node after a fifth of a second
      And we have connected with them
        """python
        init_coodie(
            hosts=hosts, keyspace=keyspace, speculative_execution_policy=speculation, name="eager", default=True
        )
        gather(*[Article.find(number=number) for number in range(100)])
        """
      And the third node hangs
      When we read the articles, and allow each read eight seconds
        """python
        queries = [Article.find(number=number).timeout(8) for number in range(100)]
        answers = gather(*queries, concurrency=100)
        """
      Then `[len(each) for each in answers]` is `[1] * 100`

  Rule: A counter whose answer did not come may have been counted, or not

    To send it again could count twice, so it is not sent again, and the error says what is known: nothing.

    Scenario: Nobody can say whether it was counted
      Given we have counted a first visit
        """python
        Visits(page="/", day=date(2030, 5, 1)).increment(visits=1, consistency="ALL")
        """
      And the second and the third node hang
      When we count another one, at QUORUM
        """python
        Visits(page="/", day=date(2030, 5, 1)).increment(visits=1, consistency="QUORUM", timeout=3)
        """
      Then it is refused with Timeout
        """
        no answer came in time; whether the write was applied is unknown
        """
      And 1 statement was sent
      When the nodes go on
      And we read the counter
        """python
        Visits.find(page="/", day=date(2030, 5, 1)).consistency("ALL").all()[0].visits
        """
      Then `result in (1, 2)` holds
