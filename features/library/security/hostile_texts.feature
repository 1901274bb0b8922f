@property
Feature: Hostile texts
  What a user types may reach the database in two ways. As a value it is a parameter: the server never looks for CQL in
  it, whatever it holds. As a name, of a column to sort by or of a table, it must be one that the model has, or at least
  one that a name may be; then it is quoted, and quotes within are doubled.

  So a web page may hand on what it was sent, `Article.find(brand=request["brand"]).order_by(request["sort"])`, and the
  worst that comes of it is an error that names the columns there are.

  The hostile texts of these scenarios are quotes of all kinds, NUL, marks that turn the direction of writing, halves of
  characters, comments, markers, pieces of CQL, names of 64 KB, and what Hypothesis makes of all of them. Where one is
  refused, the message is short and shows it escaped: it cannot flood a log, or rewrite its lines.

  Four places take CQL as it is, because that is what they are for, and must never be handed a user's text:
  `execute_raw()` and `add()` of a batch (whose parameters are bound), a migration's `execute()`, and `__where_clause__`
  of a view.

  Rule: As a value, any text is bound

    Background:
      Given the models Article, Message and Account

    Scenario: Written and read
      Then each hostile text comes back as it was, or is refused, in each of these calls
        | write                                                                              | read                                                                            |
        | Article(number=1, name=text).save()                                                | Article.get(number=1).name == text                                              |
        | Article(number=1, name="?", brand=text).save()                                     | [a.brand for a in Article.find(number=1).all()] == [text]                       |
        | Account(name=text, password="?").save()                                            | Account.get(name=text).name == text                                             |
        | Account(name=text, password=text).save()                                           | Account.get(name=text).password.get_secret_value() == text                      |
        | Article.find(number=1).update(name=text)                                           | Article.get(number=1).name == text                                              |
        | Article(number=2, name="?", tags={text}, notes=[text], sizes={text: 1}).save()     | text in (a := Article.get(number=2)).tags and text in a.notes and text in a.sizes |
        | Article.find(number=1).update(tags__add={text})                                    | text in Article.get(number=1).tags                                              |
        | Article.find(number=3).update(notes=[text])                                        | Article.find(number=3).values_list("notes", flat=True).first() == [text]        |
        | Article.find(number=1).update(sizes__put=(text, 1))                                | Article.get(number=1).sizes[text] == 1                                          |
        | Article(number=4, name="?").save(); Article.find(number=4).update(name=text, if_conditions={"name": "?"}) | Article.get(number=4).name == text                       |
        | Article(number=5, name=text).save_json()                                           | Article.get(number=5).name == text                                              |
        | execute_raw(f"UPDATE {keyspace}.article SET name = ? WHERE number = 6", [text])    | Article.find(number=6).values_list("name", flat=True).first() == text           |

    Scenario: Looked for
      Then each hostile text comes back as it was, or is refused, in each of these calls
        | write                                                          | read |
        | Message.find(room=text).all()                                  | True |
        | Message.find(room__in=["hall", text]).all()                    | True |
        | Article.find(brand=text).all()                                 | True |
        | Article.find(tags__contains=text).allow_filtering().all()      | True |
        | Article.find(sizes__contains_key=text).allow_filtering().all() | True |
        | Article.find(sizes__key=(text, 1)).allow_filtering().all()     | True |
        | Message.find(room=text).count()                                | True |

  Rule: As a name, a text that the model does not know is refused

    Background:
      Given the models Article and Message

    Scenario: Names of columns
      Then each hostile text is refused in each of these calls, before anything is sent
        | call                                                             |
        | Article.find(**{text: 1}).all()                                  |
        | Article.find().filter(**{text: 1}).all()                         |
        | Article.find(**{"number__" + text + "?": 1}).all()               |
        | Article.get(**{text: 1})                                         |
        | Message.find(room="hall").order_by(text).all()                   |
        | Message.find(room="hall").order_by("-" + text).all()             |
        | Article.find().order_by_ann(text, [1.0]).limit(1).all()          |
        | Article.find().only(text).all()                                  |
        | Article.find().defer(text).all()                                 |
        | Article.find().values(text).all()                                |
        | Article.find().values_list(text).all()                           |
        | Article.find().values_list("WRITETIME(" + text + ")").all()      |
        | Article.find().values_list(text + "(name)").all()                |
        | Article.find().values(named=text).all()                          |
        | Message.find().group_by(text).aggregate(n="count(*)")            |
        | Article.find().aggregate(n=text)                                 |
        | Article.find().aggregate(n="max(" + text + ")")                  |
        | Article.find().sum(text)                                         |
        | Article.find(number=1).writetime(text)                           |
        | Article.find(number=1).column_ttl(text)                          |
        | Article.find().cast(text, "text").values("name").all()           |
        | Article.find().cast("stock", text).values("stock").all()         |
        | Message.find(room="hall").tuple_filter((text,), "gt", (1,)).all()       |
        | Message.find(room="hall").tuple_filter(("sent",), text, (1,)).all()       |
        | Article.find(number=1).update(**{text: 1})                       |
        | Article.find(number=1).update(**{"tags__" + text: {"a"}})        |
        | Article(number=1, name="?").update(**{text: 1})                  |
        | Article(number=1, name="?").update(name="!", if_conditions={text: 1})   |
        | Article(number=1, name="?").delete(if_conditions={text: 1})      |
        | Article(number=1, name="?").delete_columns(text)                 |
        | Article(number=1, name="?").delete_columns(collection_elements={text: 1}) |

    Scenario: Options
      Then each hostile text is refused in each of these calls, before anything is sent
        | call                                                     |
        | Article.find().limit(text).all()                         |
        | Article.find().per_partition_limit(text).all()           |
        | Article.find().fetch_size(text).all()                    |
        | Article.find().page(text).all()                          |
        | Article.find().consistency(text).all()                   |
        | Article.find().timeout(text).all()                       |
        | Article.find(number=1).ttl(text).update(name="!")        |
        | Article.find(number=1).timestamp(text).update(name="!")  |
        | Article(number=1, name="?").save(ttl=text)               |
        | Article(number=1, name="?").save(timestamp=text)         |
        | Article(number=1, name="?").save(consistency=text)       |
        | BatchQuery(batch_type=text).execute()                    |
        | BatchQuery(consistency=text).execute()                   |
        | BatchQuery(timestamp=text).execute()                     |
        | execute_raw("SELECT key FROM system.local", connection=text + "?") |
        | init_coodie(hosts=["127.0.0.1:1"], driver_type=text)     |

    Scenario: Names of keyspaces and tables
      Then each hostile text is refused in each of these calls, before anything is sent
        | call                                                                    |
        | create_keyspace(text)                                                   |
        | alter_keyspace(text)                                                    |
        | drop_keyspace(text)                                                     |
        | create_keyspace("plain", dc_replication_map={text: "one"})              |
        | create_keyspace("plain", replication_factor=text)                       |
        | Article.at(table=text).find().all()                                     |
        | Article.at(keyspace=text).find().all()                                  |

  Rule: A name that a class declares is quoted, or refused

    Scenario Outline: <what>
      Then each hostile text changes only what stands between quotes, or is refused
        """python
        class Label(UserType):
            value: str

            class Settings:
                __type_name__ = <type>

        class Thing(Document):
            id: Annotated[int, PrimaryKey()]
            place: Annotated[int, ClusteringKey(order=<order>)]
            value: Annotated[str, Column(name=<column>), Indexed(index_name=<index>, target=<target>, using=<using>, options=<options>)] = ""
            label: Label | None = None

            class Settings:
                name = <table>
                keyspace = "elsewhere"
                __options__ = <table_options>

        Thing.sync_table(dry_run=True)
        """

      Examples:
        | what                   | type    | order | column  | index  | target | using | options       | table   | table_options    |
        | A table                | "label" | "ASC" | "value" | None   | None   | None  | None          | text    | {}               |
        | A column               | "label" | "ASC" | text    | "i"    | None   | None  | None          | "thing" | {}               |
        | An index               | "label" | "ASC" | "value" | text   | None   | None  | None          | "thing" | {}               |
        | A user type            | text    | "ASC" | "value" | None   | None   | None  | None          | "thing" | {}               |
        | A table's comment      | "label" | "ASC" | "value" | None   | None   | None  | None          | "thing" | {"comment": text} |
        | A value of an option   | "label" | "ASC" | "value" | None   | None   | "sai" | {"case_sensitive": text} | "thing" | {}    |

    Scenario Outline: <what> is one of a few words
      Then each hostile text is refused in each of these calls, before anything is sent
        | call                                          |
        | <call>                                        |

      Examples:
        | what              | call                                               |
        | An order          | ClusteringKey(order=text)                          |
        | A target          | Indexed(target=text)                               |
        | A similarity      | VectorIndex(similarity_function=text)              |

    Scenario: Columns with such names, on the server
      Then with each hostile text the server does what it does with a plain name, or it is refused
        """python
        class Odd(Document):
            id: Annotated[int, PrimaryKey()]
            value: Annotated[str, Column(name=text)] = ""

        Odd.drop_table()
        Odd.sync_table()
        Odd(id=1, value="kept").save()
        Odd.find(id=1).update(value="kept still")
        [Odd.get(id=1).value, Odd.find(id=1).values("value").all()] == ["kept still", [{"value": "kept still"}]]
        """
