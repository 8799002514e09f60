"""The worker process: ``python -m app.worker``. Runs jobs; never writes the database, which is the server's."""

from __future__ import annotations

from . import logs
from .entries import jobs as entry_jobs
from .jobs import huey
from .reports import jobs as report_jobs

TASKS = (entry_jobs, report_jobs)
"""The modules whose tasks this process runs; importing one registers its tasks."""

if __name__ == "__main__":
    logs.configure()
    consumer = huey.create_consumer(
        workers=1, worker_type="thread", periodic=False, initial_delay=0.05, max_delay=0.5
    )
    consumer.run()
