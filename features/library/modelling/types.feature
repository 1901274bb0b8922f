Feature: Types
  A field's annotation decides the column's type. What is read equals what was written, in type and in meaning:
  an `Enum` comes back as its member, a time zone is not lost, a `Decimal` keeps its last digit, and no value of a
  database driver ever reaches the program.

  Where one Python type could be several of CQL, a marker says which: an `int` is 32 bits wide unless `BigInt()`,
  `SmallInt()`, `TinyInt()` or `VarInt()` stands beside it, a `float` is a single unless it is `Double()`.

  Two limits are the types' own. `timestamp` keeps milliseconds, and reads back in UTC, whatever zone was written:
  the moment is the same. A bare `float` keeps about seven digits, so use `Double()` for what is computed with, and
  `Decimal` for money.

  Background:
    Given the model Specimen

  Rule: What is read equals what was written

    Scenario Outline: <type> as <field>
      When we save the value and read it
        """python
        written = <value>
        Specimen(id=1, <field>=written).save()
        read = Specimen.get(id=1).<field>
        """
      Then `read` is `written`
      And `type(read) is type(written)` holds
      And the column "<field>" of Specimen is `<cql>`

      Examples: Text and bytes
        | type  | field | cql   | value                       |
        | str   | text  | text  | "naïve – 你好 – 🦉"         |
        | str   | ascii | ascii | "plain"                     |
        | str   | text  | text  | ""                          |
        | bytes | blob  | blob  | bytes(range(256))           |

      Examples: Numbers
        | type    | field   | cql      | value                                   |
        | bool    | boolean | boolean  | True                                    |
        | int     | integer | int      | -2_147_483_648                          |
        | int     | tiny    | tinyint  | 127                                     |
        | int     | small   | smallint | -32_768                                 |
        | int     | big     | bigint   | 9_223_372_036_854_775_807               |
        | int     | huge    | varint   | 10**50 + 1                              |
        | float   | single  | float    | 0.5                                     |
        | float   | double  | double   | 0.1                                     |
        | float   | double  | double   | float("inf")                            |
        | Decimal | decimal | decimal  | Decimal("1234567890.123456789012345")   |

      Examples: Time
        | type        | field  | cql       | value                                            |
        | datetime    | moment | timestamp | datetime(2030, 5, 1, 12, 30, 15, 250000, UTC)    |
        | datetime    | moment | timestamp | datetime(1815, 12, 10, tzinfo=UTC)               |
        | date        | day    | date      | date(2030, 5, 1)                                 |
        | date        | day    | date      | date(1, 1, 1)                                    |
        | time        | clock  | time      | time(23, 59, 59, 999999)                         |
        | CqlDuration | span   | duration  | CqlDuration(months=14, days=3, nanoseconds=5)    |

      Examples: Identity and address
        | type        | field    | cql      | value                                          |
        | UUID        | uuid     | uuid     | UUID("9e2b5b5c-6d0f-4b52-8a50-0f7f6f1f5a10")   |
        | UUID        | timeuuid | timeuuid | UUID("c232ab00-9414-11ec-b3c8-9f6bdeced846")   |
        | IPv4Address | ipv4     | inet     | IPv4Address("192.0.2.1")                       |
        | IPv6Address | ipv6     | inet     | IPv6Address("2001:db8::1")                     |

      Examples: Pydantic's own
        | type      | field  | cql  | value                                    |
        | Enum      | suit   | text | Suit.HEARTS                              |
        | Literal   | size   | text | "M"                                      |
        | AnyUrl    | site   | text | AnyUrl("https://example.org/a?b=%20#c")  |
        | SecretStr | secret | text | SecretStr("swordfish")                   |

  Rule: A moment is a moment, in whatever zone it was written

    Scenario: Written in Tokyo, read in UTC
      When we save a moment with a time zone
        """python
        from zoneinfo import ZoneInfo

        written = datetime(2030, 5, 1, 21, 0, tzinfo=ZoneInfo("Asia/Tokyo"))
        Specimen(id=1, moment=written).save()
        read = Specimen.get(id=1).moment
        """
      Then `read == written` holds
      And `read` is `datetime(2030, 5, 1, 12, 0, tzinfo=UTC)`

    Scenario: A moment without a zone is taken as UTC
      When we save a naive moment
        """python
        Specimen(id=1, moment=datetime(2030, 5, 1, 12, 0)).save()
        Specimen.get(id=1).moment
        """
      Then the result is `datetime(2030, 5, 1, 12, 0, tzinfo=UTC)`

    Scenario: What is finer than a millisecond is cut
      When we save microseconds
        """python
        Specimen(id=1, moment=datetime(2030, 5, 1, 12, 0, 0, 123456, UTC)).save()
        Specimen.get(id=1).moment
        """
      Then the result is `datetime(2030, 5, 1, 12, 0, 0, 123000, UTC)`

  Rule: A bare float is a single

    Scenario: A tenth has no exact single
      When we save it
        """python
        Specimen(id=1, single=0.1, double=0.1).save()
        read = Specimen.get(id=1)
        """
      Then `read.single` is `0.10000000149011612`
      And `read.double` is `0.1`
