/* A ring that interrupts add to and the link takes from. */
#include "edges.h"

#include "hal.h"

static edge_t ring[EDGES_KEPT];
static volatile uint8_t first, count;
static volatile uint16_t dropped;
static uint32_t oldest_seq = 1;

void edges_add(uint8_t channel, bool rise, stamp_t at) {
    if (count == EDGES_KEPT) {
        if (dropped != UINT16_MAX) dropped++;
        return;
    }
    edge_t *edge = &ring[(first + count) % EDGES_KEPT];
    edge->at = at;
    edge->channel_and_edge = channel | (rise ? EDGE_RISE : 0);
    count++;
}

uint8_t edges_count(void) {
    return count;
}

uint32_t edges_oldest_seq(void) {
    return oldest_seq;
}

uint16_t edges_dropped(void) {
    uint16_t value;
    UNINTERRUPTED { value = dropped; }
    return value;
}

edge_t edges_at(uint8_t index) {
    return ring[(first + index) % EDGES_KEPT]; /* interrupts only write behind the last one */
}

void edges_forget(uint8_t taken) {
    UNINTERRUPTED {
        first = (first + taken) % EDGES_KEPT;
        count -= taken;
    }
    oldest_seq += taken;
}
