Feature: Processes, threads, tasks and loops
  One connection serves all threads and all tasks of a process. Servers of Python fork, though: they load the program
  once, perhaps with its connection, and copy the process for each worker. A copy of a connection is no connection: two
  processes would read each other's answers from one socket.

  coodie knows of forks. A child that finds its parent's connection lets go of it without touching it, and opens one of
  its own with its first statement; the parent's goes on. Nothing has to be called for that.

  Each program here runs by itself, with every warning an error, and must end by itself: no hang, no warning, nothing
  said of a thread or a task that was left.

  Rule: A child of a fork connects anew

    Scenario: Processes of multiprocessing
      When a program of both colours runs
        """python
        import asyncio, multiprocessing
        from coodie import aio, sync
        from coodie.drivers import get_driver

        QUERY = "SELECT key FROM system.local"

        def child(answer):
            answer.send([sync.execute_raw(QUERY), asyncio.run(aio.execute_raw(QUERY))])
            get_driver().close()

        if __name__ == "__main__":
            sync.init_coodie()
            forks = multiprocessing.get_context("fork")
            for _ in range(2):  # before the parent has used its connection in both colours, and after
                pairs = [forks.Pipe() for _ in range(2)]
                processes = [forks.Process(target=child, args=(there,)) for _, there in pairs]
                for process in processes:
                    process.start()
                for (here, _), process in zip(pairs, processes):
                    process.join(60)
                    print("child", here.recv() if here.poll() else "does not answer")
                    print("ended with", process.exitcode)
                print("parent", sync.execute_raw(QUERY), asyncio.run(aio.execute_raw(QUERY)))
            get_driver().close()
        """
      Then it has written
        """
        child [[{'key': 'local'}], [{'key': 'local'}]]
        ended with 0
        child [[{'key': 'local'}], [{'key': 'local'}]]
        ended with 0
        parent [{'key': 'local'}] [{'key': 'local'}]
        child [[{'key': 'local'}], [{'key': 'local'}]]
        ended with 0
        child [[{'key': 'local'}], [{'key': 'local'}]]
        ended with 0
        parent [{'key': 'local'}] [{'key': 'local'}]
        """

    @slow
    Scenario: Two workers of gunicorn
      When gunicorn serves this app, loaded before it forks two workers
        """python
        import asyncio, os
        from coodie import aio, sync

        QUERY = "SELECT key FROM system.local"
        sync.init_coodie()
        sync.execute_raw(QUERY)

        def app(environ, start):
            rows = sync.execute_raw(QUERY) + asyncio.run(aio.execute_raw(QUERY))
            start("200 OK", [("Content-Type", "text/plain")])
            return [f"{os.getpid()} {rows}".encode()]
        """
      Then the result is `["[{'key': 'local'}, {'key': 'local'}]"] * 2`

    @slow
    Scenario: Celery's prefork pool
      When Celery works on these tasks in a prefork pool of two
        """python
        import asyncio, os, pathlib
        from celery import Celery
        from coodie import aio, sync

        QUERY = "SELECT key FROM system.local"
        here = pathlib.Path(__file__).parent
        app = Celery("tasks", broker="filesystem://", backend=f"file://{here / 'results'}")
        app.conf.broker_transport_options = {
            "data_folder_in": here / "queue",
            "data_folder_out": here / "queue",
            "control_folder": here / "done",
        }
        sync.init_coodie()
        sync.execute_raw(QUERY)

        @app.task(name="read")
        def read():
            return [sync.execute_raw(QUERY), asyncio.run(aio.execute_raw(QUERY)), os.getpid()]
        """
      Then the result is `[[[{"key": "local"}], [{"key": "local"}]]] * 8`

    Scenario: A session of the application's belongs to the process that made it
      When a program of both colours runs
        """python
        import os
        from cassandra.cluster import Cluster
        from coodie.sync import execute_raw, init_coodie

        host, port = os.environ["COODIE_HOSTS"].split(":")
        cluster = Cluster([host], port=int(port), protocol_version=4)
        init_coodie(session=cluster.connect())
        if os.fork() == 0:
            try:
                execute_raw("SELECT key FROM system.local")
            except Exception as error:
                print(type(error).__name__, error, flush=True)
            os._exit(0)
        os.wait()
        print(execute_raw("SELECT key FROM system.local"))
        cluster.shutdown()
        """
      Then it has written
        """
        ConfigurationError the session that was given belongs to the process that made it, and this is a child of that one: connect in the child
        [{'key': 'local'}]
        """

  Rule: Threads and tasks share the connection

    Scenario: Twenty threads and fifty tasks at once
      When a program of both colours runs
        """python
        import asyncio, threading
        from concurrent.futures import ThreadPoolExecutor
        from coodie import aio, sync

        QUERY = "SELECT key FROM system.local WHERE key = ?"

        async def tasks():
            return await asyncio.gather(*(aio.execute_raw(QUERY, ["local"]) for _ in range(50)))

        driver = sync.init_coodie(lazy=True)
        with ThreadPoolExecutor(20) as pool:
            print("threads", sum(map(len, pool.map(lambda _: sync.execute_raw(QUERY, ["local"]), range(100)))))
        print("tasks", sum(map(len, asyncio.run(tasks()))))
        driver.close()
        """
      Then it has written
        """
        threads 100
        tasks 50
        """

    Scenario: Several loops, one after another and beside each other
      When a program of both colours runs
        """python
        import asyncio, threading
        from coodie import aio, sync

        async def read():
            return len(await aio.execute_raw("SELECT key FROM system.local"))

        driver = sync.init_coodie()
        print("one after another", [asyncio.run(read()) for _ in range(3)])
        found = []
        threads = [threading.Thread(target=lambda: found.append(asyncio.run(read()))) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        print("beside each other", found)
        driver.close()
        """
      Then it has written
        """
        one after another [1, 1, 1]
        beside each other [1, 1, 1]
        """

    Scenario: A task that is cancelled leaves the connection as it was
      When a program of both colours runs
        """python
        import asyncio
        from coodie import aio

        async def main():
            driver = await aio.init_coodie()
            loop = asyncio.get_running_loop()
            loop.set_exception_handler(lambda loop, context: print("left behind:", context))
            for wait in (0, 0, 0.001, 0.002):
                task = asyncio.ensure_future(aio.execute_raw("SELECT * FROM system_schema.columns"))
                await asyncio.sleep(wait)
                task.cancel()
                await asyncio.wait([task])
            print(await aio.execute_raw("SELECT key FROM system.local"))
            await driver.close_async()

        asyncio.run(main())
        """
      Then it has written
        """
        [{'key': 'local'}]
        """

  Rule: A program ends when it is at its end

    Scenario: Nobody has closed the connection
      When a program of both colours runs
        """python
        import asyncio
        from coodie import aio, sync

        sync.init_coodie()
        print(sync.execute_raw("SELECT key FROM system.local"))
        print(asyncio.run(aio.execute_raw("SELECT key FROM system.local")))
        """
      Then it has written
        """
        [{'key': 'local'}]
        [{'key': 'local'}]
        """

    Scenario: A daemon thread is still at work
      When a program of both colours runs
        """python
        import threading, time
        from coodie.exceptions import CoodieError
        from coodie.sync import execute_raw, init_coodie

        def work():
            try:
                while True:
                    execute_raw("SELECT key FROM system.local")
            except CoodieError:
                pass  # the end of the program closes its connections

        init_coodie()
        threading.Thread(target=work, daemon=True).start()
        time.sleep(0.2)
        print("at its end")
        """
      Then it has written
        """
        at its end
        """

    Scenario: Closing leaves no thread
      When a program of both colours runs
        """python
        import asyncio, threading, time
        from coodie import aio, sync

        driver = sync.init_coodie()
        sync.execute_raw("SELECT key FROM system.local")
        asyncio.run(aio.execute_raw("SELECT key FROM system.local"))
        driver.close()
        # cassandra-driver keeps the one loop of its event library for the next cluster.
        kept = lambda: {t.name for t in threading.enumerate()} - {"MainThread", "event_loop"}
        deadline = time.monotonic() + 20
        while kept() and time.monotonic() < deadline:
            time.sleep(0.05)
        print("left:", kept() or "none")
        """
      Then it has written
        """
        left: none
        """
