/* The count of cycles is the integral of rate x (1 + ppm + wander x sin), and its inverse is found by Newton's method. */
#include "crystal.h"

#include <math.h>
#include <time.h>

#define NS 1e9
#define PPM 1e-6
#define STEPS 4

int64_t monotonic_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static double rate(const crystal_t *crystal, double s) {
    double turn = 2 * M_PI / crystal->wander_period_s;
    return crystal->hz * (1 + PPM * (crystal->ppm + crystal->wander_ppm * sin(turn * s)));
}

static double cycles(const crystal_t *crystal, double s) {
    double turn = 2 * M_PI / crystal->wander_period_s;
    double wandered_s = crystal->wander_ppm * (1 - cos(turn * s)) / turn;
    return crystal->hz * (s * (1 + PPM * crystal->ppm) + PPM * wandered_s);
}

uint64_t crystal_cycle(const crystal_t *crystal, int64_t at_ns) {
    double s = (double)(at_ns - crystal->began_at_ns) / NS;
    return s > 0 ? (uint64_t)cycles(crystal, s) : 0;
}

int64_t crystal_moment_ns(const crystal_t *crystal, uint64_t cycle) {
    double s = (double)cycle / crystal->hz;
    for (int i = 0; i < STEPS; i++) s -= (cycles(crystal, s) - (double)cycle) / rate(crystal, s);
    return crystal->began_at_ns + (int64_t)ceil(s * NS);
}
