Feature: Paging
  The server gives a long answer in pages, of 5,000 rows unless `fetch_size()` says otherwise. A loop over a query
  asks for the next page while the program works on the last one, and never for more than one ahead: a table of any
  size passes through a constant amount of memory.

  A web page shows a part and has to go on later, in another request, perhaps in another process. `paged_all()` gives
  one page and a token; `page(token)` goes on from there. The token is small, opaque, and holds no server-side state,
  so it may travel in a link. It goes on at a place in the table, whatever page it is: nothing is skipped by reading
  over it, as an offset would do.

  Background:
    Given the model Message
    And 25 Message documents are saved in the room "hall"

  Rule: A loop reads page after page, and no more than one ahead

    Scenario: All rows, a page at a time
      When we loop over them in pages of ten
        """python
        count = 0
        for message in Message.find(room="hall").fetch_size(10):
            count += 1
        """
      Then `count` is `25`
      And 3 statements were sent

    Scenario: A loop that ends early
      When we stop at the third row
        """python
        seen = []
        for message in Message.find(room="hall").fetch_size(10):
            seen.append(message.text)
            if len(seen) == 3:
                break
        """
      Then `seen` is `["message 25", "message 24", "message 23"]`
      And at most 2 statements were sent

    Scenario: A list of all
      When we ask for all at once
        """python
        rows = Message.find(room="hall").fetch_size(10).all()
        """
      Then `len(rows)` is `25`
      And 3 statements were sent

  Rule: A page gives a token, and the token gives the next page

    Scenario: Page by page, in three requests
      When we read on from each token
        """python
        first = Message.find(room="hall").fetch_size(10).paged_all()
        second = Message.find(room="hall").fetch_size(10).page(first.paging_state).paged_all()
        third = Message.find(room="hall").fetch_size(10).page(second.paging_state).paged_all()
        """
      Then `[len(page.data) for page in (first, second, third)]` is `[10, 10, 5]`
      And `third.paging_state` is `None`
      And `[page.data[0].text for page in (first, second, third)]` is `["message 25", "message 15", "message 5"]`
      And 3 statements were sent

    Scenario: A token travels as text
      When we send a token through a link
        """python
        query = Message.find(room="hall").fetch_size(20)
        link = query.paged_all().paging_state.hex()
        rest = query.page(bytes.fromhex(link)).paged_all()
        """
      Then `len(rest.data)` is `5`

    Scenario: No token is the first page
      When we go on from None
        """python
        Message.find(room="hall").fetch_size(1).page(None).paged_all().data[0].text
        """
      Then the result is `"message 25"`

  Rule: What is no token is refused before the server sees it

    A server that is handed a token of nobody's making closes the connection, and with it all that others have asked.
    So a token carries a seal, and links may be cut or guessed without harm.

    Scenario Outline: <what> is refused
      When we go on from it
        """python
        query = Message.find(room="hall").fetch_size(10)
        token = query.paged_all().paging_state
        query.page(<token>)
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        page() takes the paging_state of an earlier PagedResult, whole: this is none, or damaged
        """

      Examples:
        | what                         | token        |
        | A page number                | 2            |
        | A made-up token              | b"nonsense"  |
        | A token whose end is missing | token[:-1]   |
        | A token twice                | token * 2    |
