Feature: Batches
  A batch sends several writes as one. Its promise is not speed: a *logged* batch, the default, is applied as a whole
  in the end, even when the server that coordinates it dies half way, because it is written to a log on other nodes
  first. That is how the tables of one thing are kept in step, such as an order that is found by its number and by
  its customer. Nobody is kept from reading while it is under way: it is not a transaction.

      with BatchQuery() as batch:
          order.save(batch=batch)
          entry.save(batch=batch)

  Every method that writes takes `batch=`. The writes are collected in the block and sent at its end; in the async
  colour the class is `AsyncBatchQuery`, and the block an `async with`.

  An *unlogged* batch leaves the log out. Within one partition it is a single write, and right; over many partitions
  one node does the work of all, so that many rows are better saved with `bulk_save()`.

  Rule: What is collected is sent at the end of the block, as one statement

    Background:
      Given the models Order and OrderOfCustomer

    Scenario: An order in both of its tables
      When we save an order and its entry
        """python
        with BatchQuery() as batch:
            Order(number=1, customer="ada", total=Decimal("9.90")).save(batch=batch)
            OrderOfCustomer(customer="ada", number=1, total=Decimal("9.90")).save(batch=batch)
        """
      Then 1 statement was sent
      And `batch.result.applied` is `True`
      And the Order table holds
        | number | customer | total |
        | 1      | ada      | 9.90  |
      And the OrderOfCustomer table holds
        | customer | number | total |
        | ada      | 1      | 9.90  |

    Scenario: Updates and deletes go along
      Given these Order documents are saved
        | number | customer | total |
        | 1      | ada      | 9.90  |
        | 2      | grace    | 5.00  |
        | 3      | linus    | 1.00  |
      When we close one order, forget the total of another, and delete a third
        """python
        with BatchQuery() as batch:
            Order.get(number=1).update(state="closed", batch=batch)
            Order.get(number=2).delete_columns("total", batch=batch)
            Order.get(number=3).delete(batch=batch)
        """
      Then `Order.find(number=1).values_list("state", flat=True).all()` is `["closed"]`
      And `Order.find(number=2).values_list("total", flat=True).all()` is `[None]`
      And `Order.find(number=3).exists()` is `False`

    Scenario: CQL by hand
      When we add a statement of our own
        """python
        with BatchQuery() as batch:
            Order(number=1, customer="ada", total=Decimal("9.90")).save(batch=batch)
            batch.add('INSERT INTO "order" (number, customer) VALUES (?, ?)', [2, "grace"])
        """
      Then 1 statement was sent
      And `Order.find(number=2).values_list("customer", flat=True).all()` is `["grace"]`

    Scenario: Sending it ourselves
      A batch needs no block: `execute()` sends what was collected and gives the result.

      When we collect and execute
        """python
        batch = BatchQuery()
        Order(number=1, customer="ada", total=Decimal("9.90")).save(batch=batch)
        before = Order.find(number=1).exists()
        batch.execute()
        after = Order.find(number=1).exists()
        """
      Then `(before, after)` is `(False, True)`

    Scenario: An empty batch sends nothing
      When we collect nothing
        """python
        with BatchQuery() as batch:
            pass
        """
      Then nothing was sent

  Rule: Nothing is sent after an exception

    Scenario: The second half fails
      Given the models Order and OrderOfCustomer
      When we let an exception leave the block
        """python
        try:
            with BatchQuery() as batch:
                Order(number=1, customer="ada", total=Decimal("9.90")).save(batch=batch)
                raise KeyError("no such customer")
        except KeyError:
            pass
        """
      Then nothing was sent
      And the Order table is empty

  Rule: A document changes only when the batch was applied

    Background:
      Given the models Order and Booking
      And these Order documents are saved
        | number | customer | total |
        | 1      | ada      | 9.90  |

    Scenario: Inside the block it is as it was
      Given we have read the order
        """python
        order = Order.get(number=1)
        """
      When we update it and look before and after the batch is sent
        """python
        with BatchQuery() as batch:
            order.update(state="closed", batch=batch)
            inside = order.state
        """
      Then `(inside, order.state)` is `("open", "closed")`

    Scenario: After an exception it still is
      Given we have read the order
        """python
        order = Order.get(number=1)
        """
      When we let an exception leave the block
        """python
        try:
            with BatchQuery() as batch:
                order.update(state="closed", batch=batch)
                order.delete_columns("total", batch=batch)
                raise KeyError("no such customer")
        except KeyError:
            pass
        """
      Then `(order.state, order.total)` is `("open", Decimal("9.90"))`

    Scenario: A condition did not hold
      Given we have booked, and read the booking
        """python
        booking = Booking(account="ada", number=1, amount=5, balance=5).save()
        """
      When we update it on a condition that does not hold
        """python
        with BatchQuery(logged=False) as batch:
            booking.update(amount=7, if_conditions={"amount": 6}, batch=batch)
        """
      Then `batch.result.applied` is `False`
      And `booking.amount` is `5`

  Rule: A conditional batch is applied if all its conditions hold, and its answer shows the rows

    The writes of a conditional batch lie in one partition: its replicas agree on all of them at once. When a condition
    does not hold nothing is written, and `batch.result.rows` tells what the server saw.

    Background:
      Given the model Booking
      And these Booking documents are saved
        | account | number | amount | balance |
        | ada     | 1      | 100    | 100     |

    Scenario: The balance is what we saw, so a booking and the new balance are written together
      When we book if the balance is still 100
        """python
        with BatchQuery() as batch:
            Booking(account="ada", number=2, amount=-30).insert(batch=batch)
            Booking(account="ada", number=2).update(balance=70, if_conditions={"balance": 100}, batch=batch)
        """
      Then `batch.result.applied` is `True`
      And the Booking table holds
        | account | number | amount | balance |
        | ada     | 1      | 100    | 70      |
        | ada     | 2      | -30    | 70      |

    Scenario: Somebody was faster
      Given someone has booked meanwhile
        """python
        Booking.find(account="ada").update(balance=20)
        """
      When we book if the balance is still 100
        """python
        with BatchQuery() as batch:
            Booking(account="ada", number=2, amount=-30).insert(batch=batch)
            Booking(account="ada", number=2).update(balance=70, if_conditions={"balance": 100}, batch=batch)
        """
      Then `batch.result.applied` is `False`
      And `batch.result.rows[0]["balance"]` is `20`
      And the Booking table holds
        | account | number | amount | balance |
        | ada     | 1      | 100    | 20      |

    Scenario: Conditions on several rows
      Given these Booking documents are saved
        | account | number | amount |
        | ada     | 2      | 50     |
      When we change two bookings if both are what we saw
        """python
        one = Booking.get(account="ada", number=1)
        two = Booking.get(account="ada", number=2)
        with BatchQuery() as batch:
            one.update(amount=90, if_conditions={"amount": 100}, batch=batch)
            two.update(amount=60, if_conditions={"amount": 51}, batch=batch)
        rows = sorted((row["number"], row["amount"]) for row in batch.result.rows)
        """
      Then `batch.result.applied` is `False`
      And `rows` is `[(1, 100), (2, 50)]`
      And `(one.amount, two.amount)` is `(100, 50)`

    Scenario: Conditions in two partitions
      Given these Booking documents are saved
        | account | number | amount |
        | grace   | 1      | 50     |
      When we change bookings of two accounts on conditions
        """python
        with BatchQuery() as batch:
            for account in ("ada", "grace"):
                booking = Booking.get(account=account, number=1)
                booking.update(amount=1, if_conditions={"amount": 50}, batch=batch)
        """
      Then it is refused with InvalidQueryError
        """
        a batch with a condition concerns one partition of one table: its statements name
        booking (account='ada') and booking (account='grace')
        """

  Rule: A batch says how it is sent

    Background:
      Given the model Booking

    Scenario Outline: A <kind> batch
      When we save two bookings of an account
        """python
        from coodie.observation import describe

        seen = []
        with observe(seen.append):
            with BatchQuery(<arguments>) as batch:
                Booking(account="ada", number=1, amount=5).save(batch=batch)
                Booking(account="ada", number=2, amount=6).save(batch=batch)
        first_line = describe(seen[0])["cql"].splitlines()[0]
        """
      Then `first_line` is `"<words>"`
      And the Booking table holds
        | account | number | amount |
        | ada     | 1      | 5      |
        | ada     | 2      | 6      |

      Examples:
        | kind                      | arguments             | words                |
        | logged                    |                       | BEGIN BATCH          |
        | unlogged                  | logged=False          | BEGIN UNLOGGED BATCH |
        | unlogged, by its name     | batch_type="UNLOGGED" | BEGIN UNLOGGED BATCH |

    Scenario: All writes of a batch have one timestamp
      When we save with a timestamp and ask for it
        """python
        with BatchQuery(timestamp=1_900_000_000_000_000) as batch:
            Booking(account="ada", number=1, amount=5).save(batch=batch)
            Booking(account="ada", number=2, amount=6).save(batch=batch)
        Booking.find(account="ada").writetime("amount")
        """
      Then the result is `[1_900_000_000_000_000, 1_900_000_000_000_000]`

    Scenario: A consistency level for all of it
      When we send a batch to a quorum
        """python
        with BatchQuery(consistency="QUORUM") as batch:
            Booking(account="ada", number=1, amount=5).save(batch=batch)
        """
      Then the last statement was sent with the consistency QUORUM

  Rule: What does not belong into a batch is refused before anything is sent

    Background:
      Given the models Order and Visits

    Scenario Outline: <what> is refused
      When we try
        """python
        with BatchQuery(<arguments>) as batch:
            <write>
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        <reason>
        """
      And nothing was sent

      Examples:
        | what                                   | arguments            | write                                                                | reason                                                                          |
        | A counter among other writes           |                      | Visits(page="/", day=date(2030, 5, 1)).increment(visits=1, batch=batch) | visits is a table of counters: its batch needs batch_type='COUNTER'          |
        | Another write among counters           | batch_type="COUNTER" | Order(number=1, customer="ada", total=1).save(batch=batch)           | a COUNTER batch takes increments and decrements only, no write to order         |
        | A kind of batch that does not exist    | batch_type="SECURE"  | pass                                                                 | batch_type must be one of LOGGED, UNLOGGED, COUNTER, not 'SECURE'               |
        | A timestamp over CQL by hand           | timestamp=1          | batch.add("DELETE FROM t WHERE id = 1")                              | a batch with a timestamp takes no CQL by hand: write USING TIMESTAMP into it    |

    Scenario: Two clusters in one batch
      When we save to the default connection and to another one
        """python
        init_coodie(hosts=[address], keyspace=keyspace, driver_type="cassandra", name="archive")
        Archived = Order.at(connection="archive")
        try:
            with BatchQuery() as batch:
                Order(number=1, customer="ada", total=1).save(batch=batch)
                Archived(number=1, customer="ada", total=1).save(batch=batch)
        finally:
            get_driver("archive").close()
        """
      Then it is refused with InvalidQueryError
        """
        a batch goes to one cluster: …archive…
        """
      And the Order table is empty

  Rule: A batch over the server's warning size says so before it is sent

    Scenario: Many rows in one batch
      Cassandra warns of batches above 5 KiB and refuses those above 50 KiB; ScyllaDB's limits are higher. The log
      names what to use instead.

      Given the model Order
      When we save 400 orders in a batch, and listen to the log
        """python
        import logging

        lines = []
        listener = logging.Handler()
        listener.emit = lambda record: lines.append(record.getMessage())
        log = logging.getLogger("coodie.batch")
        log.addHandler(listener)
        try:
            with BatchQuery(logged=False) as batch:
                for number in range(400):
                    Order(number=number, customer="ada", total=1).save(batch=batch)
        finally:
            log.removeHandler(listener)
        """
      Then `lines[0].startswith("a batch of 400 statements carries about ")` holds
      And `lines[0].endswith("a batch is for rows that belong together, bulk_save() for many rows")` holds
