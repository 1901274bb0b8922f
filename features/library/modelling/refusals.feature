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
