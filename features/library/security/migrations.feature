@property
Feature: Hostile arguments of a migration's calls
  A migration is a program of ours, but the names that it hands on may come from elsewhere: from a list of tables that were
  read, or from what is in a row. Each call of its context takes a name as a name: quoted where it stands in CQL, bound
  where it is looked for. What nobody could be called is refused, and an option that is no number is, too. Only
  `execute()` takes CQL as it is; its parameters are bound.

  Rule: A name is quoted or bound, and an option is checked

    Background:
      Given the models Article and Message

    Scenario: Every call of the context
      Then each hostile text in these calls of a migration is refused, or a name that nothing has, or a value
        | call                                                                              |
        | ctx.column_exists(text, "name")                                                   |
        | ctx.column_exists("article", text)                                                |
        | ctx.column_exists("article", "name", text)                                        |
        | ctx.index_exists(text)                                                            |
        | ctx.index_exists("article_brand_idx", text)                                       |
        | ctx.drop_column(text, "name")                                                     |
        | ctx.drop_column("article", text)                                                  |
        | ctx.drop_column("article", text, if_exists=False)                                 |
        | ctx.drop_column("article", "name", text)                                          |
        | ctx.drop_table(text)                                                              |
        | ctx.drop_table(text, if_exists=False)                                             |
        | ctx.drop_table("article", text)                                                   |
        | ctx.drop_index(text)                                                              |
        | ctx.drop_index("article_brand_idx", text)                                         |
        | ctx.rename_column(text, "number", "nr")                                           |
        | ctx.rename_column("article", text, "nr")                                          |
        | dry.rename_column("article", "number", text)                                      |
        | dry.rename_column("article", "number", "nr", text)                                |
        | dry.drop_table(text)                                                              |
        | dry.execute("DROP TABLE article")                                                 |
        | ctx.sync(text)                                                                    |
        | for row in ctx.scan_table(text): pass                                             |
        | for row in ctx.scan_table("article", [text]): pass                                |
        | for row in ctx.scan_table("article", text): pass                                  |
        | for row in ctx.scan_table("article", page_size=text): pass                        |
        | for row in ctx.scan_table("article", throttle=text): pass                         |
        | for row in ctx.scan_table("article", ranges=text): pass                           |
        | for row in ctx.scan_table("article", keyspace=text): pass                         |
        | ctx.execute("SELECT room FROM message WHERE room = ?", [text])                    |
        | ctx.execute("SELECT name FROM article WHERE number = ?", [text])                  |
        | ctx.execute("UPDATE article SET name = ? WHERE number = 7", [text])               |
        | MigrationContext(driver, text).column_exists("article", "name")                   |
        | MigrationContext(driver, text, True, True).drop_table("article")                  |
        | MigrationContext(driver, text).execute("SELECT name FROM article")                |
