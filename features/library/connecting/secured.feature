Feature: Passwords and TLS
  A cluster that is reached over a network should know who connects, and be known itself. Two things do that:

  | what | what it proves | what the program says |
  |---|---|---|
  | user and password | the program may use this keyspace | `username=`, `password=` |
  | the certificate of a node | the program speaks with the right server, and nobody listens | `tls_ca=`: the authority that signed it |
  | a certificate of the program | the node speaks with the right program | `tls_certificate=`, `tls_key=` |

  Files in the PEM format are read by every driver, each in its own way, so the same settings work with all of them.
  They can come from the environment or from a URL, as all settings can. An `ssl_context=` of Python's own is taken by
  cassandra-driver and scylla-driver; the others, which cannot look into it, say so.

  Background:
    Given a server wants a password and a certificate of each program
    And no connection is open

  Rule: A program that shows what it is asked for is let in

    Scenario: User, password and certificate
      When we connect with all of it
        """python
        init_coodie(
            hosts=[secured],
            username="cassandra",
            password="cassandra",
            tls_ca=ca,
            tls_certificate=certificate,
            tls_key=key,
        )
        execute_raw("SELECT role FROM system_auth.roles")
        """
      Then the result is `[{"role": "cassandra"}]`

    Scenario: All of it in one URL
      When we connect with a URL
        """python
        init_coodie(
            f"cassandra://cassandra:cassandra@{secured}/system_auth"
            f"?tls_ca={ca}&tls_certificate={certificate}&tls_key={key}"
        )
        execute_raw("SELECT role FROM roles")
        """
      Then the result is `[{"role": "cassandra"}]`

    Scenario: A context of Python's own
      When we connect with a context
        """python
        import ssl

        context = ssl.create_default_context(cafile=ca)
        context.load_cert_chain(certificate, key)
        init_coodie(hosts=[secured], username="cassandra", password="cassandra", ssl_context=context)
        execute_raw("SELECT role FROM system_auth.roles")
        """
      Then the result is `[{"role": "cassandra"}]`

    Scenario: A user of its own, who may not do everything
      Given someone who administers it has made a user who may only read
        """python
        tls = {"tls_ca": ca, "tls_certificate": certificate, "tls_key": key}
        init_coodie(hosts=[secured], username="cassandra", password="cassandra", name="administrator", **tls)
        create_keyspace("library", connection="administrator")
        execute_raw("DROP ROLE IF EXISTS reader", connection="administrator")
        execute_raw("CREATE ROLE reader WITH LOGIN = true AND PASSWORD = 'secret'", connection="administrator")
        execute_raw("GRANT SELECT ON KEYSPACE library TO reader", connection="administrator")
        """
      And we have connected as that user
        """python
        init_coodie(hosts=[secured], username="reader", password="secret", default=True, **tls)
        """
      When we make a table
        """python
        execute_raw("CREATE TABLE library.books (id int PRIMARY KEY)")
        """
      Then it is refused with AuthenticationError
        """
        User reader has no CREATE permission on <all tables in library> or any of its parents
        """

  Rule: A secure-connect bundle says where to connect, and shows what is asked for

    Providers of clusters hand out one file with the addresses and the certificates. A driver asks the provider, over TLS,
    where the nodes are, and reaches each through a proxy by its name; the application's own part is user and password.

    Scenario: The provider's file in place of addresses
      Given a provider of clusters has handed out a bundle for that server
      When we connect with it
        """python
        init_coodie(secure_connect_bundle=bundle, username="cassandra", password="cassandra")
        execute_raw("SELECT role FROM system_auth.roles WHERE role = 'cassandra'")
        """
      Then the result is `[{"role": "cassandra"}]`

  Rule: A program that does not is told what is missing

    Scenario: A wrong password
      When we connect with it
        """python
        init_coodie(
            hosts=[secured],
            username="cassandra",
            password="wrong",
            tls_ca=ca,
            tls_certificate=certificate,
            tls_key=key,
        )
        """
      Then it is refused with AuthenticationError
        """
        …Provided username cassandra and/or password are incorrect…
        """

    Scenario: No password
      When we connect without one
        """python
        init_coodie(hosts=[secured], tls_ca=ca, tls_certificate=certificate, tls_key=key)
        """
      Then it is refused with AuthenticationError
        """
        the server wants a user and a password: give username= and password=, or set COODIE_USERNAME and COODIE_PASSWORD
        """

    Scenario: An authority that did not sign the server's certificate
      When we connect and trust another authority
        """python
        init_coodie(
            hosts=[secured],
            username="cassandra",
            password="cassandra",
            tls_ca=other_ca,
            tls_certificate=certificate,
            tls_key=key,
        )
        """
      Then it is refused with Unavailable
        """
        no node is trusted: …. tls_ca= must be the CA that signed the nodes' certificates,
        and each must name its node's address (or tls_check_hostname=False)
        """

    Scenario Outline: <case>
      When we connect like that
        """python
        init_coodie(hosts=[secured], username="cassandra", password="cassandra", <settings>)
        """
      Then it is refused with Unavailable
        """
        no node lets this program in: …. Does it want TLS (tls_ca=), or none,
        or a certificate of the program's (tls_certificate=, tls_key=)?
        """

      Examples:
        | case                           | settings                                                                     |
        | No TLS at all                  |                                                                              |
        | No certificate of the program  | tls_ca=ca                                                                    |
        | A certificate of somebody else | tls_ca=ca, tls_certificate=strange_certificate, tls_key=strange_key          |

    Scenario: A file that is not there
      When we connect with a slip of the pen
        """python
        init_coodie(hosts=[secured], tls_ca="ca.perm")
        """
      Then it is refused with ConfigurationError
        """
        tls_ca: ca.perm cannot be read: No such file or directory
        """

  Rule: A node's certificate must name the address that it answers at

    Else any program with a certificate of the same authority could stand in for the server.

    Background:
      Given it answers at an address that its certificate does not name

    Scenario: It does not
      When we connect to that address
        """python
        login = {"username": "cassandra", "password": "cassandra"}
        tls = {"tls_ca": ca, "tls_certificate": certificate, "tls_key": key}
        init_coodie(hosts=[elsewhere], **login, **tls)
        """
      Then it is refused with Unavailable
        """
        no node is trusted: …. tls_ca= must be the CA that signed the nodes' certificates,
        and each must name its node's address (or tls_check_hostname=False)
        """

    Scenario: The program may do without
      When we connect to that address and say so
        """python
        login = {"username": "cassandra", "password": "cassandra"}
        tls = {"tls_ca": ca, "tls_certificate": certificate, "tls_key": key}
        init_coodie(hosts=[elsewhere], **login, **tls, tls_check_hostname=False)
        execute_raw("SELECT role FROM system_auth.roles WHERE role = 'cassandra'")
        """
      Then the result is `[{"role": "cassandra"}]`
