@faults
Feature: A connection breaks in the middle of a batch
  A logged batch is one message to the server, which writes it down before it applies any part of it. So however the
  connection ends, the batch is applied as a whole or not at all: not at all when the server has read a part of it, as
  a whole when it carries the batch out, even if its answer finds nobody.

  A program that got no answer does not know which of the two it was. Its error says whether the batch is safe to send
  again: it is, when each of its writes is.

  Background:
    Given the models Order and OrderOfCustomer
    And a network that can be cut lies between the program and the server
    And no connection is open

  Rule: A logged batch is whole, wherever the connection was cut

    Scenario: Cut everywhere, from the first bytes to the last
      When 12 orders are saved, each in one logged batch of two tables, and each batch is cut somewhere else
      Then no order stands in one table only, and the last, which arrived whole, stands in both
