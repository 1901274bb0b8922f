@property
Feature: Any query
  A filter that no index answers, an order that the table does not have, a limit of nothing: what a server would refuse, the
  library refuses first, with the column and the remedy. So that this is no promise about chosen examples, chains of
  builders are drawn here, with lookups and values that make sense and that do not. Each must be answered by the server or
  refused before anything is sent, and the two colours must agree on which, and on the answer.

  Rule: Whatever can be written is answered, or refused before the wire

    Scenario: Any chain of builders
      Given the models Message, Article, Booking and Reading
      And these Article documents are saved
        | number | name | brand | stock | tags    | notes | sizes    |
        | 0      | lamp | Lux   | 3     | {"red"} | ["a"] | {"S": 1} |
        | 1      | desk |       | 0     | {"oak"} | []    | {}       |
      And these Booking documents are saved
        | account | number | amount | balance |
        | ada     | 0      | 100    | 100     |
        | bo      | 1      | -30    | 70      |
      Then of 150 queries drawn, each is answered, or refused before it is sent, in both colours alike
