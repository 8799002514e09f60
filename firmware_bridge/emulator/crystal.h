/* How the board's cycles follow CLOCK_MONOTONIC: a rate that is off, and wanders. */
#ifndef CRYSTAL_H
#define CRYSTAL_H

#include <stdint.h>

typedef struct {
    double hz;
    double ppm;
    double wander_ppm; /* amplitude of a sine */
    double wander_period_s;
    int64_t began_at_ns;
} crystal_t;

int64_t monotonic_ns(void);
uint64_t crystal_cycle(const crystal_t *crystal, int64_t at_ns);
/* The moment at which the cycle is reached, to the nanosecond, never early. */
int64_t crystal_moment_ns(const crystal_t *crystal, uint64_t cycle);

#endif
