/* The board's inputs, driven at planned cycles, and its outputs.

   In simavr 1.6 a write to PORTx puts pins driven from outside back to their pull-up; telling it that each has an
   outside pull of its present level keeps them where they are. */
#include <simavr/avr_ioport.h>
#include <stdlib.h>

#include "board.h"

#define QUEUE 262144

typedef struct {
    char port;
    uint8_t bit;
    uint16_t pin_register;
} pin_t;

static const pin_t PIN_OF[CHANNELS] = {
    {'D', 2, 0x29}, {'B', 0, 0x23}, {'D', 3, 0x29}, {'C', 0, 0x26},
    {'C', 1, 0x26}, {'C', 2, 0x26}, {'C', 3, 0x26}, {'C', 4, 0x26},
};

typedef struct {
    avr_cycle_count_t at;
    uint8_t channel;
    bool level;
} planned_t;

struct pins {
    avr_t *avr;
    void *listener;
    edge_driven_t edge_driven;
    planned_t planned[QUEUE];
    unsigned first, count;
    bool levels[CHANNELS];
};

static void hold_levels(pins_t *pins, char port) {
    avr_ioport_external_t external = {.name = port};
    for (int i = 0; i < CHANNELS; i++) {
        if (PIN_OF[i].port != port) continue;
        external.mask |= 1 << PIN_OF[i].bit;
        external.value |= pins->levels[i] << PIN_OF[i].bit;
    }
    avr_ioctl(pins->avr, AVR_IOCTL_IOPORT_SET_EXTERNAL(port), &external);
}

static void drive(pins_t *pins, uint8_t channel, bool level) {
    const pin_t *pin = &PIN_OF[channel];
    pins->levels[channel] = level;
    hold_levels(pins, pin->port);
    avr_raise_irq(avr_io_getirq(pins->avr, AVR_IOCTL_IOPORT_GETIRQ(pin->port), pin->bit), level);
}

static avr_cycle_count_t drive_next(avr_t *avr, avr_cycle_count_t when, void *of_pins) {
    pins_t *pins = of_pins;
    (void)when;
    while (pins->count && pins->planned[pins->first].at <= avr->cycle) {
        planned_t next = pins->planned[pins->first];
        pins->first = (pins->first + 1) % QUEUE;
        pins->count--;
        drive(pins, next.channel, next.level);
        if (pins->edge_driven) pins->edge_driven(pins->listener, next.channel, next.level, avr->cycle);
    }
    return pins->count ? pins->planned[pins->first].at : 0;
}

pins_t *pins_begin(avr_t *avr) {
    pins_t *pins = calloc(1, sizeof *pins);
    pins->avr = avr;
    for (int i = 0; i < CHANNELS; i++) pins->levels[i] = true;
    pins_reset(pins);
    return pins;
}

void pins_listen(pins_t *pins, void *listener, edge_driven_t edge_driven) {
    pins->listener = listener;
    pins->edge_driven = edge_driven;
}

static void expect_next(pins_t *pins) {
    avr_cycle_count_t at = pins->planned[pins->first].at, now = pins->avr->cycle;
    avr_cycle_timer_cancel(pins->avr, drive_next, pins);
    avr_cycle_timer_register(pins->avr, at > now ? at - now : 1, drive_next, pins);
}

bool pins_plan(pins_t *pins, uint8_t channel, bool level, avr_cycle_count_t at) {
    if (pins->count == QUEUE || channel >= CHANNELS) return false;
    pins->planned[(pins->first + pins->count++) % QUEUE] = (planned_t){at, channel, level};
    if (pins->count == 1) expect_next(pins);
    return true;
}

avr_cycle_count_t pins_next(const pins_t *pins) {
    return pins->count ? pins->planned[pins->first].at : UINT64_MAX;
}

uint8_t pins_outputs(const pins_t *pins) {
    avr_ioport_state_t state = {0};
    avr_ioctl(pins->avr, AVR_IOCTL_IOPORT_GETSTATE('D'), &state);
    return (state.port & state.ddr) >> 4;
}

/* A reset wipes simavr's registers, but the world outside stays as it is. */
void pins_reset(pins_t *pins) {
    for (int i = 0; i < CHANNELS; i++) {
        uint8_t mask = 1 << PIN_OF[i].bit;
        uint8_t *pin = &pins->avr->data[PIN_OF[i].pin_register];
        hold_levels(pins, PIN_OF[i].port);
        avr_io_getirq(pins->avr, AVR_IOCTL_IOPORT_GETIRQ(PIN_OF[i].port), PIN_OF[i].bit)->value = pins->levels[i];
        *pin = pins->levels[i] ? *pin | mask : *pin & ~mask;
    }
    if (pins->count) expect_next(pins);
}
