/* An edge is stamped at its first contact, and reported if the new level stands when the debounce time is over. */
#include "channels.h"

#include "edges.h"
#include "hal.h"

typedef struct {
    uint32_t debounce_ticks;
    uint32_t hold_off_ticks;
    stamp_t first_contact;
    uint32_t last_reported[2]; /* brief stamps, by edge */
    bool level : 1;            /* as last reported */
    bool settling : 1;
    bool holding_fall : 1;
    bool holding_rise : 1;
} channel_t;

static channel_t channels[CHANNELS];

void channels_begin(void) {
    for (uint8_t i = 0; i < CHANNELS; i++) channels[i].level = hal_level(i);
}

static void report(uint8_t number, channel_t *channel, bool level, stamp_t at) {
    uint32_t now = at.brief;
    bool held = level ? channel->holding_rise : channel->holding_fall;
    channel->level = level;
    if (held && now - channel->last_reported[level] < channel->hold_off_ticks) return;
    channel->last_reported[level] = now;
    if (level) channel->holding_rise = channel->hold_off_ticks != 0;
    else channel->holding_fall = channel->hold_off_ticks != 0;
    edges_add(number, level, at);
}

void channel_edge(uint8_t number, bool level, stamp_t at) {
    channel_t *channel = &channels[number];
    if (channel->settling || level == channel->level) return;
    if (channel->debounce_ticks == 0) {
        report(number, channel, level, at);
    } else {
        channel->first_contact = at;
        channel->settling = true;
    }
}

/* Forgets hold-offs that are over, long before their brief stamps could wrap round. */
static void release(channel_t *channel, uint32_t now) {
    uint32_t hold_off = channel->hold_off_ticks;
    if (channel->holding_fall && now - channel->last_reported[0] >= hold_off) channel->holding_fall = false;
    if (channel->holding_rise && now - channel->last_reported[1] >= hold_off) channel->holding_rise = false;
}

static void settle(uint8_t number, channel_t *channel, uint32_t now) {
    if (!channel->settling || now - channel->first_contact.brief < channel->debounce_ticks) return;
    bool level = hal_level(number);
    channel->settling = false;
    if (level != channel->level) report(number, channel, level, channel->first_contact);
}

/* Interrupts stay on but for channels with something to decide: each moment they are off blurs other channels. */
void channels_settle(void) {
    for (uint8_t i = 0; i < CHANNELS; i++) {
        channel_t *channel = &channels[i];
        if (!channel->settling && !channel->holding_fall && !channel->holding_rise) continue;
        UNINTERRUPTED {
            uint32_t now = hal_now().brief;
            settle(i, channel, now);
            release(channel, now);
        }
    }
}

void channel_configure(uint8_t number, uint16_t debounce_us, uint32_t hold_off_us) {
    if (number >= CHANNELS) return;
    if (hold_off_us > LONGEST_HOLD_OFF_US) hold_off_us = LONGEST_HOLD_OFF_US;
    UNINTERRUPTED {
        channels[number].debounce_ticks = (uint32_t)debounce_us * TICKS_PER_US;
        channels[number].hold_off_ticks = hold_off_us * TICKS_PER_US;
    }
}
