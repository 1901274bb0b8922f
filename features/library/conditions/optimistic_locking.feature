Feature: Two who edit one row
  Two people open a page, change it, and save. Without care the second save silently undoes the first. A field marked
  `Version()` prevents it: each save is applied only over the version that was read, and makes the next one.

      revision: Annotated[int, Version()] = 0

  Who comes too late is told by a `VersionConflict`, which holds what stands there. The program decides: `refresh()` and
  apply the change anew, or show both to the person. This is called optimistic because nobody waits: it fits rows that
  are seldom edited by two at once. A versioned save is a lightweight transaction and costs as much as one.

  Background:
    Given the model WikiPage

  Rule: A save makes the next version

    Scenario: The first save
      When we save a new page
        """python
        page = WikiPage(title="Tea", text="Water, leaves.")
        page.save()
        """
      Then `page.revision` is `1`
      And 1 statement was sent
      And the WikiPage table holds
        | title | text           | revision |
        | Tea   | Water, leaves. | 1        |

    Scenario: The next ones
      Given we have saved a page
        """python
        page = WikiPage.create(title="Tea", text="Water, leaves.")
        """
      When we change it twice
        """python
        page.text = "Water, leaves, patience."
        page.save()
        page.author = "ada"
        page.save()
        """
      Then `page.revision` is `3`
      And the WikiPage table holds
        | title | text                     | author | revision |
        | Tea   | Water, leaves, patience. | ada    | 3        |

  Rule: Of two writers the second is told

    Background:
      Given someone has written a page, which we and someone else have read
        """python
        WikiPage.create(title="Tea", text="Water, leaves.", author="ada")
        ours = WikiPage.get(title="Tea")
        theirs = WikiPage.get(title="Tea")
        """

    Scenario: Both save
      Given someone else has saved
        """python
        theirs.text = "Water, leaves, patience."
        theirs.save()
        """
      When we save
        """python
        ours.text = "Water, leaves, sugar."
        ours.save()
        """
      Then it is refused with VersionConflict
        """
        WikiPage was saved by somebody else since version 1 was read: refresh() and try again
        """
      And `(ours.revision, ours.text)` is `(1, "Water, leaves, sugar.")`
      And the WikiPage table holds
        | title | text                     | revision |
        | Tea   | Water, leaves, patience. | 2        |

    Scenario: The conflict holds what stands there
      Given someone else has saved
        """python
        theirs.text = "Water, leaves, patience."
        theirs.save()
        """
      When we save and look at the conflict
        """python
        try:
            ours.save()
        except VersionConflict as conflict:
            standing = conflict.existing
        """
      Then `standing` is `{"revision": 2}`

    Scenario: Reading again and applying the change
      Given someone else has saved
        """python
        theirs.text = "Water, leaves, patience."
        theirs.save()
        """
      When we read again and change what there is
        """python
        while True:
            ours.text = ours.text.replace("Water", "Hot water")
            try:
                ours.save()
                break
            except VersionConflict:
                ours.refresh()
        """
      Then the WikiPage table holds
        | title | text                         | revision |
        | Tea   | Hot water, leaves, patience. | 3        |

    Scenario: Somebody has deleted the row
      Given someone else has deleted the page
        """python
        theirs.delete()
        """
      When we save
        """python
        ours.save()
        """
      Then it is refused with VersionConflict
        """
        this WikiPage was deleted since version 1 was read: nothing was written
        """
      And the WikiPage table is empty

  Rule: A new document never replaces a row

    Scenario: Somebody has used the title
      Given someone has written a page
        """python
        WikiPage.create(title="Tea", text="Water, leaves.", author="ada")
        """
      When we save a new page under that title
        """python
        WikiPage(title="Tea", text="A town in South Dakota.").save()
        """
      Then it is refused with VersionConflict
        """
        there is a WikiPage with this key already: get() it, change it, and save that
        """
      And the WikiPage table holds
        | title | text           | revision |
        | Tea   | Water, leaves. | 1        |

    Scenario: The conflict holds the whole row
      Given someone has written a page
        """python
        WikiPage.create(title="Tea", text="Water, leaves.", author="ada")
        """
      When we save a new page under that title and look at the conflict
        """python
        try:
            WikiPage.create(title="Tea", text="A town in South Dakota.")
        except VersionConflict as conflict:
            standing = conflict.existing
        """
      Then `standing` is `{"title": "Tea", "text": "Water, leaves.", "author": "ada", "revision": 1}`

    Scenario: What was inserted can be saved
      When we insert a page, change it, and save
        """python
        page = WikiPage(title="Tea", text="Water, leaves.")
        page.insert()
        inserted = page.revision
        page.text = "Water, leaves, patience."
        page.save()
        """
      Then `(inserted, page.revision)` is `(1, 2)`
      And the WikiPage table holds
        | title | text                     | revision |
        | Tea   | Water, leaves, patience. | 2        |

  Rule: Other writes keep their words

    Scenario: In a batch the version follows when the batch was applied
      Given we have saved a page
        """python
        page = WikiPage.create(title="Tea", text="Water, leaves.")
        """
      When we save it in a batch, and again without
        """python
        page.text = "Water, leaves, patience."
        with BatchQuery() as batch:
            page.save(batch=batch)
            inside = page.revision
        after = page.revision
        page.save()
        """
      Then `(inside, after, page.revision)` is `(1, 2, 3)`

    Scenario: In a batch that was not applied it stays
      Given we have saved a page that someone has changed
        """python
        page = WikiPage.create(title="Tea", text="Water, leaves.")
        WikiPage.get(title="Tea").save()
        """
      When we save it in a batch
        """python
        with BatchQuery() as batch:
            page.save(batch=batch)
        """
      Then `batch.result.applied` is `False`
      And `batch.result.rows[0]["revision"]` is `2`
      And `page.revision` is `1`

    Scenario: A save of many names each conflict
      Given someone has written a page
        """python
        WikiPage.create(title="Tea", text="Water, leaves.")
        """
      When we save two new pages at once
        """python
        saved = WikiPage.bulk_save([WikiPage(title="Tea", text="?"), WikiPage(title="Milk", text="White.")])
        failures = [(page.title, type(error).__name__) for page, error in saved.failed]
        """
      Then `saved.saved` is `1`
      And `failures` is `[("Tea", "VersionConflict")]`

    Scenario: An update changes what it names, and compares what it is told to
      Given we have saved a page that someone has changed
        """python
        page = WikiPage.create(title="Tea", text="Water, leaves.")
        WikiPage.get(title="Tea").save()
        """
      When we update it, once without a word of the version and once with
        """python
        plain = page.update(author="grace")
        compared = page.update(author="linus", if_conditions={"revision": page.revision})
        """
      Then `plain.applied` is `True`
      And `compared` is `LWTResult(applied=False, existing={"revision": 2})`
      And the WikiPage table holds
        | title | author | revision |
        | Tea   | grace  | 2        |

    Scenario: A timestamp is refused
      When we save with a timestamp
        """python
        WikiPage(title="Tea", text="Water, leaves.").save(timestamp=1)
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        a versioned save cannot have a timestamp: the server chooses it
        """
      And nothing was sent

    Scenario: A version is a number
      When we declare another kind
        """python
        class Draft(Document):
            title: Annotated[str, PrimaryKey()]
            revision: Annotated[str, Version()] = ""

        Draft.table_name()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Draft.revision: Version() needs an int or bigint that is not part of the key
        """
