Feature: Classes
  A document class is a Pydantic class like any other: it can inherit, be generic, have validators and methods. A class is
  a table of its own with all the fields that it has, its own and inherited ones. What should *not* be a table, because
  it only holds what others share, says so:

      class Stamped(Document):
          made: datetime = Field(default_factory=now)

          class Settings:
              __abstract__ = True

  (Several classes in *one* table are another matter: that is what `Discriminator()` is for.)

  Rule: What classes share stands in a base

    Scenario: An abstract base has no table, its subclasses have
      When we declare a base and two tables
        """python
        class Numbered(Document):
            number: Annotated[int, PrimaryKey()]

            class Settings:
                __abstract__ = True
                consistency = "QUORUM"

        class Invoice(Numbered):
            cents: int = 0

        class Receipt(Numbered):
            paid: bool = True

        Invoice.sync_table()
        Receipt.sync_table()
        Invoice(number=1, cents=995).save()
        found = (Invoice.get(number=1).cents, Receipt.find(number=1).exists())
        """
      Then `found` is `(995, False)`
      And the last statement was sent with the consistency QUORUM

    Scenario: Asking the base for its table
      When we ask
        """python
        class Numbered(Document):
            number: Annotated[int, PrimaryKey()]

            class Settings:
                __abstract__ = True

        Numbered.table_name()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Numbered is abstract: it has no table, its subclasses have
        """

    Scenario: A subclass is another table, and may change a field
      When we declare a table, and one that keeps its amounts as text
        """python
        class Import(Document):
            id: Annotated[int, PrimaryKey()]
            amount: int = 0

        class RawImport(Import):
            amount: str = ""
            line: int = 0

        [*Import.sync_table(dry_run=True), *RawImport.sync_table(dry_run=True)]
        """
      Then the result is this CQL
        """
        CREATE TABLE IF NOT EXISTS "import" ("id" int, "amount" int, PRIMARY KEY (("id")))
        CREATE TABLE IF NOT EXISTS "raw_import" ("id" int, "amount" text, "line" int, PRIMARY KEY (("id")))
        """

    Scenario: A generic class is a table for each type that it is made for
      When we declare a setting of any kind
        """python
        from typing import Generic, TypeVar

        T = TypeVar("T")

        class Setting(Document, Generic[T]):
            name: Annotated[str, PrimaryKey()]
            value: T

            class Settings:
                __abstract__ = True

        class Flag(Setting[bool]):
            pass

        class Limit(Setting[int]):
            pass

        Flag.sync_table()
        Limit.sync_table()
        Flag(name="dark", value=True).save()
        Limit(name="rows", value=50).save()
        found = (Flag.get(name="dark").value, Limit.get(name="rows").value)
        """
      Then `found` is `(True, 50)`

  Rule: Annotations may be written as Pydantic takes them

    Scenario Outline: <what>
      When we declare a table
        """python
        from typing import Optional, Union
        from coodie.schema import build_schema

        class Parcel(Document):
            id: Annotated[int, PrimaryKey()]
            weight: <annotation> = None

        found = [(column.name, str(column.type), column.nullable) for column in build_schema(Parcel)]
        """
      Then `found[1]` is `("weight", "bigint", True)`

      Examples:
        | what                       | annotation                          |
        | The marker outside         | Annotated[int \| None, BigInt()]    |
        | The marker inside          | Optional[Annotated[int, BigInt()]]  |
        | With a bar                 | Annotated[int, BigInt()] \| None    |
        | As a union                 | Union[None, Annotated[int, BigInt()]] |
        | As text                    | "Annotated[int \| None, BigInt()]"  |

    Scenario: A table of nothing but its key
      When we note who follows whom
        """python
        class Follows(Document):
            who: Annotated[str, PrimaryKey()]
            whom: Annotated[str, ClusteringKey()]

        Follows.sync_table()
        Follows(who="ada", whom="bo").save()
        first = Follows(who="ada", whom="cy").insert().applied
        again = Follows(who="ada", whom="cy").insert().applied
        found = [each.whom for each in Follows.find(who="ada")]
        """
      Then `found` is `["bo", "cy"]`
      And `(first, again)` is `(True, False)`

    Scenario: Validators and methods are Pydantic's
      When we declare a model that tidies what it is given
        """python
        from pydantic import field_validator

        class Guest(Document):
            email: Annotated[str, PrimaryKey()]

            @field_validator("email")
            @classmethod
            def lower(cls, value: str) -> str:
                return value.strip().lower()

            def host(self) -> str:
                return self.email.partition("@")[2]

        Guest.sync_table()
        Guest(email=" Ada@Example.org ").save()
        found = [(guest.email, guest.host()) for guest in Guest.find()]
        """
      Then `found` is `[("ada@example.org", "example.org")]`
