Feature: One element at a time
  An article is made of collections: a set of tags, a list of sections in their order, a map of facts, an origin that is
  one value with two fields, and a list of editions, each of which has a place inside. Whoever changes one element sends
  one statement that names it. The other elements are neither read nor written, so two people who change different ones
  never undo each other.

  The answer to each change tells what it became: the call of the library, and the statements that it sent.

  Background:
    Given the demo "collections-tags" runs

  Rule: Each change is the operation of its collection

    Scenario Outline: <what>
      Given a program posts /api/articles
        """json
        {"title": "A tree with <what>"}
        """
      And we remember its `id` as article
      And a program posts /api/articles/{article}/changes
        """json
        {"op": "append_section", "section": "Leaves"}
        """
      And a program posts /api/articles/{article}/changes
        """json
        {"op": "append_section", "section": "Bark"}
        """
      And a program posts /api/articles/{article}/changes
        """json
        {"op": "put_fact", "key": "height", "value": "20 m"}
        """
      And a program posts /api/articles/{article}/changes
        """json
        {"op": "add_tag", "tag": "lone"}
        """
      When a program posts /api/articles/{article}/changes
        """json
        <change>
        """
      Then the answer is 200
      And it holds
        | part           | value   |
        | became.python  | <call>  |
        | article.<part> | <after> |
      When a program asks for /api/articles/{article}
      Then it holds
        | part   | value   |
        | <part> | <after> |

      Examples: A set
        | what           | change                                | call                                | part | after |
        | a tag less     | {"op": "remove_tag", "tag": "lone"}   | article.update(tags__remove={'lone'}) | tags | []  |
        | a tag again    | {"op": "add_tag", "tag": "lone"}      | article.update(tags__add={'lone'})  | tags | ["lone"] |

      Examples: A list
        | what                  | change                                                         | call                                                               | part     | after |
        | a section at the end  | {"op": "append_section", "section": "Wood"}                    | article.update(sections__append=['Wood'])                          | sections | ["Leaves", "Bark", "Wood"] |
        | a section in front    | {"op": "prepend_section", "section": "Seeds"}                  | article.update(sections__prepend=['Seeds'])                        | sections | ["Seeds", "Leaves", "Bark"] |
        | another section       | {"op": "replace_section", "position": 1, "section": "Buds"}    | article.update(sections__setindex=(1, 'Buds'))                     | sections | ["Leaves", "Buds"] |
        | a section moved up    | {"op": "move_section", "position": 1}                          | article.update(sections=['Bark', 'Leaves'])                        | sections | ["Bark", "Leaves"] |
        | a section less        | {"op": "remove_section", "position": 0}                        | article.delete_columns(collection_elements={'sections': [0]})      | sections | ["Bark"] |

      Examples: A map
        | what         | change                                                     | call                                               | part  | after |
        | a fact more  | {"op": "put_fact", "key": "lives", "value": "300 years"}   | article.update(facts__put=('lives', '300 years'))  | facts | {"height": "20 m", "lives": "300 years"} |
        | a fact anew  | {"op": "put_fact", "key": "height", "value": "30 m"}       | article.update(facts__put=('height', '30 m'))      | facts | {"height": "30 m"} |
        | a fact less  | {"op": "remove_fact", "key": "height"}                     | article.update(facts__remove={'height'})           | facts | {} |

      Examples: Values with fields
        | what       | change                                                                                          | call                                                                                                                  | part     | after |
        | an origin  | {"op": "set_origin", "city": "Kew", "country": "England"}                                       | article.update(origin=Place(city='Kew', country='England'))                                                           | origin   | {"city": "Kew", "country": "England"} |
        | an edition | {"op": "append_edition", "label": "First", "year": 1753, "city": "Uppsala", "country": "Sweden"} | article.update(editions__append=[Edition(label='First', year=1753, printed=Place(city='Uppsala', country='Sweden'))]) | editions | [{"label": "First", "year": 1753, "printed": {"city": "Uppsala", "country": "Sweden"}}] |

    Scenario: An edition is replaced as a whole, its place with it
      Given a program posts /api/articles
        """json
        {"title": "A tree in two editions"}
        """
      And we remember its `id` as article
      And a program posts /api/articles/{article}/changes
        """json
        {"op": "append_edition", "label": "First", "year": 1753, "city": "Uppsala", "country": "Sweden"}
        """
      When a program posts /api/articles/{article}/changes
        """json
        {"op": "replace_edition", "position": 0, "label": "First", "year": 1753, "city": "Leiden", "country": "Netherlands"}
        """
      Then it holds
        | part                            | value  |
        | article.editions.0.printed.city | Leiden |
      When a program posts /api/articles/{article}/changes
        """json
        {"op": "remove_edition", "position": 0}
        """
      Then it holds
        | part             | value |
        | article.editions | []    |

  Rule: What is wrong is said, and nothing is changed

    Scenario Outline: <what> is refused
      When a program posts /api/articles/03bd7d29-7e23-5489-aa5b-ed275574eb2e/changes
        """json
        <change>
        """
      Then the answer is <status>

      Examples:
        | what                         | change                                                       | status |
        | A change that is none        | {"op": "paint_it"}                                           | 422    |
        | A tag in capitals            | {"op": "add_tag", "tag": "Timber"}                           | 422    |
        | A fact without a value       | {"op": "put_fact", "key": "height", "value": " "}            | 422    |
        | An edition before printing   | {"op": "append_edition", "label": "0", "year": 1066, "city": "Hastings", "country": "England"} | 422 |
        | A position that is not there | {"op": "remove_section", "position": 40}                     | 409    |
        | A replacement of nothing     | {"op": "replace_section", "position": 40, "section": "Buds"} | 409    |

    Scenario: A dozen tags are enough
      A collection is read and written with its row; what may grow without an end is a table of its own.

      Given a program posts /api/articles
        """json
        {"title": "A tree with too many tags"}
        """
      And we remember its `id` as article
      When a program posts /api/articles/{article}/changes 12 times, counting
        """json
        {"op": "add_tag", "tag": "tag {number}"}
        """
      Then the answer is 200
      When a program posts /api/articles/{article}/changes
        """json
        {"op": "add_tag", "tag": "one too many"}
        """
      Then the answer is 422
      And it holds
        | part             | value                                                             |
        | errors.0.field   | tags                                                              |
        | errors.0.message | Set should have at most 12 items after validation, not more |

    Scenario Outline: <path> is nothing
      When a program asks for <path>
      Then the answer is <status>

      Examples:
        | path                                               | status |
        | /api/articles/oak                                  | 404    |
        | /api/articles/00000000-0000-0000-0000-000000000000 | 404    |
        | /api/articles?token=nonsense                       | 400    |
        | /api/articles?tag=Oak!                             | 422    |
