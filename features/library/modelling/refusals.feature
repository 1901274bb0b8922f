Feature: What cannot be stored
  Some classes cannot be tables, and some annotations have no column. All of it is found without a server, at the
  first use of the class at the latest, and said in the words of the program: the class, the field, the reason.

  Rule: An annotation without a CQL type is refused

    Scenario Outline: A field of <annotation> is refused
      When we declare it
        """python
        class Parcel(Document):
            id: Annotated[int, PrimaryKey()]
            field: <annotation>

        Parcel.table_name()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Parcel.field: <reason>
        """
      And nothing was sent

      Examples:
        | annotation                  | reason                                                                            |
        | list                        | list cannot be stored: say what is in it, for example list[str]                    |
        | tuple[int, ...]             | tuple[int, ...] cannot be stored: a tuple has a type per position; use list        |
        | int \| str                  | …int…str… cannot be stored: it could be int or text                               |
        | complex                     | complex cannot be stored: no CQL type holds it                                    |
        | Annotated[str, BigInt()]    | BigInt() cannot be used on str: it fits int columns                               |
        | set[list[int]]              | set[list[int]] cannot be stored: an element of a set must hash, and a list does not; use a tuple, or a UserType with frozen=True |
        | dict[set[int], str]         | dict[set[int], str] cannot be stored: a key of a map must hash, and a set does not; use frozenset |

    Scenario: A name that is not there
      When we declare a field of a class that was imported for type checkers only
        """python
        class Parcel(Document):
            id: Annotated[int, PrimaryKey()]
            field: "Nowhere"

        Parcel.table_name()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Parcel: an annotation names 'Nowhere', which is not there where the class is defined:
        import it in that module (not only for type checkers), or define it before the first use
        """

    Scenario: A nested model
      When we declare a field of another model
        """python
        from pydantic import BaseModel

        class Address(BaseModel):
            street: str

        class Person(Document):
            name: Annotated[str, PrimaryKey()]
            home: Address

        Person.table_name()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Person.home: Address cannot be stored: a nested model must be a UserType
        """

  Rule: A table needs a key that the server takes

    Scenario Outline: <what> is refused
      When we declare it
        """python
        class Parcel(Document):
            <first>
            <second>

        Parcel.table_name()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        <reason>
        """

      Examples:
        | what                          | first                                | second                                      | reason                                                                                     |
        | No key                        | id: int                              | name: str                                   | Parcel has no partition key: mark a field with PrimaryKey()                                |
        | Two keys in one place         | id: Annotated[int, PrimaryKey()]     | to: Annotated[int, PrimaryKey()]            | Parcel: id, to share a partition_key_index; give each its own                              |
        | Two roles                     | id: Annotated[int, PrimaryKey()]     | to: Annotated[int, ClusteringKey(), Static()] | Parcel.to cannot be clustering and static at once                                        |
        | A list in the key             | id: Annotated[list[int], PrimaryKey()] | name: str                                 | Parcel.id: a key column cannot be list<int>; mark it Frozen()                              |
        | A duration in the key         | id: Annotated[CqlDuration, PrimaryKey()] | name: str                               | Parcel.id: a key column cannot be duration                                                 |
        | Static without clustering     | id: Annotated[int, PrimaryKey()]     | name: Annotated[str, Static()]              | Parcel.name: Static() needs a table with a clustering key                                  |
        | A clustering order of no kind | id: Annotated[int, PrimaryKey()]     | to: Annotated[int, ClusteringKey(order="UP")] | ClusteringKey(order) must be 'ASC' or 'DESC', not 'UP'                                   |

  Rule: A value that has no place is refused

    Scenario: A field that is not there
      A slip of the pen would otherwise lose the value without a word. A model that must take what others send may say
      `model_config = ConfigDict(extra="ignore")`.

      Given the model Article
      When we make an article with a misspelt field
        """python
        Article.create(number=7, name="lamp", stok=3)
        """
      Then it is refused with ValidationError, before anything is sent
        """
        1 validation error for Article
        stok
          Extra inputs are not permitted …
        """
      And nothing was sent

    Scenario Outline: A UUID without a time: <what>
      A `timeuuid` sorts by the time that is in it, and `uuid.uuid1()` makes one. Other UUIDs have none.

      When we save a random one
        """python
        import uuid

        random = uuid.UUID("b1946ac9-2492-4d23-8c62-35a1b1f0c1e4")

        class Stamp(UserType):
            at: Annotated[uuid.UUID, TimeUUID()]

        class Note(Document):
            id: Annotated[int, PrimaryKey()]
            at: Annotated[uuid.UUID | None, TimeUUID()] = None
            seen: list[Annotated[uuid.UUID, TimeUUID()]] = []
            stamp: Stamp | None = None

        Note(id=1, <value>).save()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Note.<field> is <type>: b1946ac9-2492-4d23-8c62-35a1b1f0c1e4 is not a version 1 UUID, which uuid.uuid1() makes
        """
      And nothing was sent

      Examples:
        | what           | value                  | field | type             |
        | in a column    | at=random              | at    | timeuuid         |
        | in a list      | seen=[random]          | seen  | list<timeuuid>   |
        | in a user type | stamp=Stamp(at=random) | stamp | frozen<"stamp">  |
