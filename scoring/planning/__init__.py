"""Who is where and when: instances and schedules, an independent checker, solvers, repairs; lists of matches."""
