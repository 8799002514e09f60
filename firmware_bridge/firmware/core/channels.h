/* Which edges are reported: debounce and hold-off, per channel and set by the host. Stamps are never touched. */
#ifndef CHANNELS_H
#define CHANNELS_H

#include <stdbool.h>
#include <stdint.h>

#include "stamp.h"

#define CHANNELS 8
#define LONGEST_HOLD_OFF_US 1000000000u

void channels_begin(void);

/* An edge was seen on a channel that now is at `level`. Called with interrupts off. */
void channel_edge(uint8_t channel, bool level, stamp_t at);

/* Reports the edges whose level has held for the debounce time. */
void channels_settle(void);

void channel_configure(uint8_t channel, uint16_t debounce_us, uint32_t hold_off_us);

#endif
