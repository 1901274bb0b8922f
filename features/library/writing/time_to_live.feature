Feature: Time to live
  A row can be written with the seconds that it has to live. When they have passed it is gone for everyone, at once,
  on all nodes; nobody has to delete it, no job has to look for it. That is how sessions, one-time codes, caches
  and rate limits are kept.

      session.save(ttl=1800)

  The time belongs to each value that was written, not to the row: saving again starts it anew, and saving without a
  `ttl` falls back on the table's default, `__default_ttl__` in the model's `Settings`. On disk an expired value is a
  tombstone until it is compacted away; give tables whose rows all expire the `TimeWindowCompactionStrategy`.

  Background:
    Given the models Session and Account

  Rule: A row lives for the seconds that were said

    Scenario: The seconds that are left can be read
      When we save a session for a minute
        """python
        Session(token="a1", user="ada").save(ttl=60)
        left = Session.find(token="a1").column_ttl("user")
        """
      Then `50 < left[0] <= 60` holds

    @slow
    Scenario: A session ends by itself
      When we save a session for one second
        """python
        Session(token="a1", user="ada").save(ttl=1)
        """
      Then within 10 seconds the Session table is empty

    Scenario: Saving again starts the time anew
      Given we have saved a session for a minute
        """python
        session = Session(token="a1", user="ada").save(ttl=60)
        """
      When we save it for an hour
        """python
        session.save(ttl=3600)
        left = Session.find(token="a1").column_ttl("user")
        """
      Then `3500 < left[0] <= 3600` holds

    Scenario: A single column may expire
      Given these Account documents are saved
        | name | password  | motto   |
        | ada  | swordfish | onwards |
      When we lend a quota for an hour
        """python
        Account.get(name="ada").update(quota=100, ttl=3600)
        left = Account.find(name="ada").values_list("TTL(quota)", "TTL(motto)").first()
        """
      Then `3500 < left[0] <= 3600` holds
      And `left[1]` is `None`

  Rule: A table may have a time to live for all its rows

    Scenario: Half an hour, unless a write says otherwise
      When we save a session without a word of time
        """python
        Session(token="a1", user="ada").save()
        left = Session.find(token="a1").column_ttl("user")
        """
      Then `1790 < left[0] <= 1800` holds

    Scenario: Zero means for ever
      When we save a session that must stay
        """python
        Session(token="a1", user="ada").save(ttl=0)
        Session.find(token="a1").column_ttl("user")
        """
      Then the result is `[None]`

  Rule: A time that cannot be is refused

    Scenario Outline: <ttl> seconds are refused
      When we save with it
        """python
        Session(token="a1", user="ada").save(ttl=<ttl>)
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        ttl must be a whole number of seconds from 0 to 630720000, not <ttl>
        """
      And the Session table is empty

      Examples:
        | ttl       |
        | -1        |
        | 0.5       |
        | 630720001 |
