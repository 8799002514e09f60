/* A moment on the board's counter: 48 bits of ticks since power-on, kept as two words because 64-bit sums are dear. */
#ifndef STAMP_H
#define STAMP_H

#include <stdint.h>

#define TICKS_PER_US 2u

typedef union {
    struct {
        uint16_t low;  /* the counter itself */
        uint32_t high; /* how often it has overflowed */
    };
    uint32_t brief; /* the low 32 bits: enough for spans of up to 35 minutes, compared by difference */
} stamp_t;

/* Moves a stamp back by a few ticks, to take off a known latency. */
static inline stamp_t stamp_earlier(stamp_t stamp, uint8_t ticks) {
    if (stamp.low < ticks) stamp.high--;
    stamp.low -= ticks;
    return stamp;
}

#endif
