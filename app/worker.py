"""The worker process: ``python -m app.worker``. Runs jobs; never writes the database, which is the server's."""

from __future__ import annotations

from . import logs
from .archives import jobs as archive_jobs
from .entries import jobs as entry_jobs
from .heartbeat import keep_beating
from .jobs import huey
from .planning import jobs as plan_jobs
from .private import keep_to_owner
from .reports import jobs as report_jobs
from .settings import Settings

TASKS = (archive_jobs, entry_jobs, plan_jobs, report_jobs)
"""The modules whose tasks this process runs; importing one registers its tasks."""

if __name__ == "__main__":
    logs.configure()
    keep_to_owner()
    consumer = huey.create_consumer(
        workers=2, worker_type="thread", periodic=False, initial_delay=0.05, max_delay=0.5
    )
    keep_beating(Settings.from_environment())
    consumer.run()
