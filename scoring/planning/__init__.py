"""Who is where and when: instances and schedules, an independent checker, and solvers."""
