@faults @slow
Feature: A long run
  Each fault alone is survived; so are all of them, one after another, in any order, under a load that never stops. This
  is what a cluster is for, and the place where a library could lose what was promised: a write that is sent again in
  place of another one, an error that says too much, a batch of which half arrives.

  Two programs of each colour do what programs do, drawn at random: they save, change and delete rows, load many at
  once, read one or page through the whole table, write logged batches over two tables, and contend for seats, for a
  page of a wiki and for a counter. Meanwhile one node after another is killed, hangs or is restarted, or all connections
  are cut; the next fault comes when all nodes have met again, as a quorum of three bears one at a time.

  For each row a model holds what may be there:

  | the answer | the model then holds |
  |---|---|
  | acknowledged | what the write makes of each state that was possible |
  | refused: `Unavailable`, a conflict | the same as before |
  | none: `Timeout` | both, until a later write is acknowledged |

  At the end every row must be one of those that are possible. The seed is printed and draws the run again, up to what
  the machine does differently; `make soak` runs for half an hour.

  Background:
    Given a cluster of three nodes, each of which keeps every row
    And the models Article, Order, OrderOfCustomer, Reservation, WikiPage and Visits

  Rule: Whatever breaks, what was acknowledged is there, and nothing that nobody wrote

    Scenario: Nodes die, hang and restart, and connections are cut
      When two programs of each colour write and read, while one fault after another comes
      Then nothing that was read meanwhile was wrong
      And each article is as it was last written or deleted
      And each order stands as a whole in both tables, or in none
      And each seat has one guest at most, the one who was told so
      And each page has each edit that was acknowledged once, and none that was refused
      And each counter has counted what was acknowledged once
