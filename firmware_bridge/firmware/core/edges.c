/* A ring that interrupts add to and the link takes from. */
#include "edges.h"

#include "channels.h"
#include "hal.h"

static edge_t ring[EDGES_KEPT];
static uint8_t count_of[CHANNELS];
static volatile uint8_t first, count;
static volatile uint16_t dropped;
static uint32_t oldest_seq = 1;

static uint8_t behind_first(uint8_t index) {
    uint8_t place = first + index;
    return place < EDGES_KEPT ? place : place - EDGES_KEPT;
}

void edges_add(uint8_t channel, bool rise, stamp_t at) {
    if (count == EDGES_KEPT || count_of[channel] == EDGES_KEPT_OF_A_CHANNEL) {
        if (dropped != UINT16_MAX) dropped++;
        return;
    }
    edge_t *edge = &ring[behind_first(count)];
    edge->at = at;
    edge->channel_and_edge = channel | (rise ? EDGE_RISE : 0);
    count++;
    count_of[channel]++;
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
    return ring[behind_first(index)]; /* interrupts only write behind the last one */
}

void edges_forget(uint8_t taken) {
    oldest_seq += taken;
    for (; taken; taken--) {
        UNINTERRUPTED { /* briefly each: what interrupts wait for is stamped late */
            count_of[ring[first].channel_and_edge & ~EDGE_RISE]--;
            first = behind_first(1);
            count--;
        }
    }
}
