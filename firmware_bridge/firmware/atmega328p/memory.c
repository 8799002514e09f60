/* What outlives a power cut, in EEPROM: the board's identity and how often it was started.

   The count is kept in two slots with a check sum each, and the older one is written: a start that is cut short in
   the middle of a write leaves the other slot, so that no count is ever used twice. */
#include "memory.h"

#include <avr/eeprom.h>
#include <string.h>

#include "crc.h"
#include "hal.h"

#define IDENTITY_AT ((uint8_t *)0)
#define SLOTS_AT ((uint8_t *)16)

typedef struct {
    uint32_t count;
    uint16_t crc;
} slot_t;

static uint32_t boot;

static uint16_t crc_of(const slot_t *slot) {
    uint16_t crc = 0xFFFF;
    const uint8_t *bytes = (const uint8_t *)&slot->count;
    for (uint8_t i = 0; i < sizeof slot->count; i++) crc = crc_next(crc, bytes[i]);
    return crc;
}

static uint32_t count_in(uint8_t number) {
    slot_t slot;
    eeprom_read_block(&slot, SLOTS_AT + number * sizeof slot, sizeof slot);
    return slot.crc == crc_of(&slot) ? slot.count : 0;
}

void memory_begin(void) {
    uint32_t counts[2] = {count_in(0), count_in(1)};
    uint8_t older = counts[0] > counts[1];
    slot_t slot = {.count = counts[!older] + 1};
    slot.crc = crc_of(&slot);
    eeprom_update_block(&slot, SLOTS_AT + older * sizeof slot, sizeof slot);
    boot = slot.count;
}

uint32_t hal_boot(void) {
    return boot;
}

void hal_identity(uint8_t identity[IDENTITY_BYTES]) {
    eeprom_read_block(identity, IDENTITY_AT, IDENTITY_BYTES);
}

void hal_set_identity(const uint8_t identity[IDENTITY_BYTES]) {
    eeprom_update_block(identity, IDENTITY_AT, IDENTITY_BYTES);
}
