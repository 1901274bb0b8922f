@faults
Feature: A server that speaks garbage
  At an address where a CQL server should be, something else may answer: a web server, another database, a proxy that
  is tired. And on its way over a broken network an answer may turn into something that is none. Either is an error in
  good time, and never a program that waits for ever, a process that eats all memory, or a row that nobody wrote.

  Rule: What answers garbage is no server, and connecting to it is an error

    Scenario Outline: It answers with <garbage>
      Given a server that answers everything with <garbage>
      And no connection is open
      When a program connects to it
      Then within 60 seconds it was refused with an error of coodie's

      Examples:
        | garbage                             |
        | random bytes                        |
        | zeros                               |
        | a web page                          |
        | the greeting of another protocol    |
        | a frame that promises two gigabytes |
        | a frame of no known kind            |
        | a result that ends in the middle    |
        | a result with two billion columns   |
        | an error whose message is not there |
        | an answer to another question       |
        | nothing, and it hangs up            |

  Rule: An answer that turns into garbage ends its statement, not the program

    Scenario: Garbage between good answers
      Given the model Article
      And these Article documents are saved
        | number | name |
        | 1      | lamp |
      And a network that can be cut lies between the program and the server
      And no connection is open
      And we have connected over that network, and read
        """python
        init_coodie(hosts=[address], keyspace=keyspace)
        Article.find(number=1).all()
        """
      When 22 answers of the server turn into garbage of all these kinds, one after another
      Then each of them ended within 60 seconds, some with an error
      And the connection recovers, and the row is read
