/* The edges not yet acknowledged, numbered from 1 in each boot. */
#ifndef EDGES_H
#define EDGES_H

#include <stdbool.h>
#include <stdint.h>

#include "stamp.h"

#define EDGES_KEPT 80
/* One channel, flickering in the sun, leaves room for the others: the robot's finish must not be lost to it. */
#define EDGES_KEPT_OF_A_CHANNEL 64
#define EDGE_RISE 0x80

typedef struct {
    stamp_t at;
    uint8_t channel_and_edge; /* the channel, with EDGE_RISE set for a rising edge */
} edge_t;

/* Called with interrupts off. Where there is no room the edge is dropped, before it gets a number, and counted. */
void edges_add(uint8_t channel, bool rise, stamp_t at);

/* Called with interrupts on. */
uint8_t edges_count(void);
uint32_t edges_oldest_seq(void);
uint16_t edges_dropped(void);
edge_t edges_at(uint8_t index);
void edges_forget(uint8_t count);

#endif
