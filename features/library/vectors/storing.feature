Feature: Vectors
  A *vector* is a list of numbers whose length is fixed. A colour is one: how much red, green and blue is in it. So is what
  a language model makes of a sentence, an *embedding*: some hundreds of numbers, of which nobody needs to know what each
  means, because the model has put sentences of like meaning near each other. Searching by meaning is then a question of
  geometry: which vectors lie nearest to this one?

  This page is about the column, *Nearest neighbours* about the search.

      rgb: Annotated[list[float], Vector(dimensions=3)]

  The column is `vector<float, 3>`: exactly three numbers, stored side by side in 12 bytes, never changed one by one.

  Background:
    Given the models Swatch and Palette

  Rule: A vector is saved and read like any other field

    Scenario: A colour is its three numbers
      When we save a colour and read it
        """python
        Swatch(name="orange", rgb=[1.0, 0.5, 0.0]).save()
        Swatch.get(name="orange").rgb
        """
      Then the result is `[1.0, 0.5, 0.0]`
      And the column "rgb" of Swatch is `vector<float, 3>`

    Scenario: A vector is replaced as a whole
      When we change a colour
        """python
        orange = Swatch(name="orange", rgb=[1.0, 0.5, 0.0]).save()
        orange.update(rgb=[1.0, 0.75, 0.0])
        Swatch.get(name="orange").rgb
        """
      Then the result is `[1.0, 0.75, 0.0]`

    Scenario: In JSON it is a list of numbers
      When we save a colour as JSON, and read it as JSON
        """python
        Swatch(name="orange", numeric=[1.0, 0.5, 0.0]).save_json()
        orange = Swatch.get(name="orange")
        """
      Then `orange.model_dump_json(include={"numeric"})` is `'{"numeric":[1.0,0.5,0.0]}'`

    Scenario Outline: It may come as <form>
      When we save it and read it
        """python
        from array import array
        import numpy

        Swatch(name="orange", rgb=<value>).save()
        Swatch.get(name="orange").rgb
        """
      Then the result is `[1.0, 0.5, 0.0]`

      Examples:
        | form                   | value                                     |
        | a list                 | [1.0, 0.5, 0.0]                           |
        | a tuple of ints, too   | (1, 0.5, 0)                               |
        | an array of Python's   | array("d", [1.0, 0.5, 0.0])               |
        | a numpy array          | numpy.array([1.0, 0.5, 0.0])              |
        | half the numpy numbers | numpy.array([1.0, 0.5, 0.0], "float16")   |

  Rule: The annotation says in which form it is read
    A list of 1,536 floats is 1,536 Python objects, and making them costs more than reading the row. Annotated as an
    `array.array` or a `numpy.ndarray`, a vector is read in one piece.

    Scenario: A list, an array, a numpy array
      When we read one vector in three forms
        """python
        Swatch(name="orange", rgb=[1, 0.5, 0], compact=[1, 0.5, 0], numeric=[1, 0.5, 0]).save()
        orange = Swatch.get(name="orange")
        """
      Then `orange.rgb` is `[1.0, 0.5, 0.0]`
      And `orange.compact.typecode` is `"f"`
      And `list(orange.compact)` is `[1.0, 0.5, 0.0]`
      And `str(orange.numeric.dtype)` is `"float32"`
      And `list(orange.numeric)` is `[1.0, 0.5, 0.0]`

    Scenario: The forms hold in selected values, too
      When we select columns
        """python
        Swatch(name="orange", compact=[1, 0.5, 0], numeric=[1, 0.5, 0]).save()
        compact, numeric = Swatch.find(name="orange").values_list("compact", "numeric").one()
        """
      Then `list(compact)` is `[1.0, 0.5, 0.0]`
      And `str(numeric.dtype)` is `"float32"`

    Scenario: Documents with arrays are compared like others
      When we compare what was read with what was written
        """python
        written = Swatch(name="orange", numeric=[1, 0.5, 0]).save()
        read = Swatch.get(name="orange")
        other = Swatch(name="orange", numeric=[1, 0.5, 0.25])
        """
      Then `read == written` holds
      And `read != other` holds

  Rule: What is stored is the nearest float32
    A Python float has 53 bits for its digits, a float32 has 24: about seven decimal digits. What is read is exactly what was
    stored, which may differ from what was meant in the eighth digit. Between neighbours that makes no difference; a
    comparison with `==` has to allow for it.

    Scenario: A tenth is no float32
      When we save it and read it
        """python
        Swatch(name="grey", rgb=[0.1, 0.5, 1 / 3]).save()
        read = Swatch.get(name="grey").rgb
        """
      Then `read` is `[0.10000000149011612, 0.5, 0.3333333432674408]`
      And `[round(number, 7) for number in read]` is `[0.1, 0.5, 0.3333333]`

    Scenario: What is read can be written again without a change
      When we save what was read
        """python
        Swatch(name="grey", rgb=[0.1, 0.5, 1 / 3]).save()
        once = Swatch.get(name="grey").save()
        twice = Swatch.get(name="grey")
        """
      Then `twice.rgb == once.rgb` holds

  Rule: What is no vector of this column is refused before it is sent
    The error names the field, the rule, and which number breaks it, counted from 0.

    Scenario Outline: <what> is refused
      When we save it
        """python
        nan, inf = float("nan"), float("inf")
        Swatch(name="odd", rgb=<value>).save()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Swatch.rgb: <reason>
        """
      And nothing was sent
      And the Swatch table is empty

      Examples:
        | what                 | value                | reason                                                      |
        | A vector too short   | [1.0, 0.5]           | it has 2 elements, not 3                                    |
        | A vector too long    | [1.0, 0.5, 0.0, 0.0] | it has 4 elements, not 3                                    |
        | Not a number         | [1.0, nan, 0.0]      | element 1 is nan: a vector holds finite numbers alone       |
        | Infinity             | [1.0, 0.5, -inf]     | element 2 is -inf: a vector holds finite numbers alone      |
        | A number too large   | [1e39, 0.5, 0.0]     | element 0 is 1e+39, which does not fit a float32            |

    Scenario Outline: <what> is refused when the document is made
      When we make a document
        """python
        Swatch(name="odd", rgb=<value>)
        """
      Then it is refused with ValidationError, before anything is sent
        """
        1 validation error for Swatch rgb…
        """
      And nothing was sent

      Examples:
        | what                     | value                   |
        | A text for a number      | [1.0, "0.5", 0.0]       |
        | Nothing for a number     | [1.0, None, 0.0]        |
        | A vector in a vector     | [1.0, [0.5], 0.0]       |
        | A text for a vector      | "1.0, 0.5, 0.0"         |
        | A table of numbers       | [[1.0, 0.5, 0.0]]       |

    Scenario: A change is looked at like a document
      Given these Swatch documents are saved
        | name   | rgb             |
        | orange | [1.0, 0.5, 0.0] |
      When we change the colour through a query
        """python
        Swatch.find(name="orange").update(rgb=[1.0, 0.5])
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Swatch.rgb: it has 2 elements, not 3
        """
      And the Swatch table holds
        | name   | rgb             |
        | orange | [1.0, 0.5, 0.0] |

  Rule: Other numbers, and words, can be vectors too

    Scenario: Bytes of a colour, and its names in two languages
      When we save vectors of ints and of texts
        """python
        Palette(name="orange", rgb=[255, 128, 0], words=["orange", "arancione"]).save()
        read = Palette.get(name="orange")
        """
      Then `read.rgb` is `[255, 128, 0]`
      And `read.words` is `["orange", "arancione"]`
      And the column "rgb" of Palette is `vector<int, 3>`
      And the column "words" of Palette is `vector<text, 2>`

    Scenario: Their length is fixed as well
      When we save one number too few
        """python
        Palette(name="orange", rgb=[255, 128]).save()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Palette.rgb: it has 2 elements, not 3
        """

    Scenario: A field that is no list of numbers
      When we mark a text as a vector
        """python
        class Odd(Document):
            id: Annotated[int, PrimaryKey()]
            rgb: Annotated[str, Vector(dimensions=3)]

        Odd.sync_table()
        """
      Then it is refused with InvalidQueryError
        """
        Odd.rgb: Vector() cannot be used on str: it fits list[float], array.array and numpy.ndarray
        """
