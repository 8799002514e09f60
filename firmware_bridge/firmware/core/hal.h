/* What the core asks of a microcontroller; each target's folder gives it. */
#ifndef HAL_H
#define HAL_H

#include <stdbool.h>
#include <stdint.h>

#include "stamp.h"
#include "target.h" /* UNINTERRUPTED, LINE_BAUD, TICKS_PER_BYTE */

#define IDENTITY_BYTES 8
#define OUTPUTS 5

stamp_t hal_now(void);
/* Waits for a moment at most 16 ms away, so that a byte given to hal_send() next begins on the line just then. */
void hal_wait_until(uint32_t brief);
bool hal_level(uint8_t channel);
void hal_output(uint8_t output, bool on);

typedef struct {
    uint8_t *bytes; /* a frame without its final zero; NULL where none has come */
    uint8_t length;
    stamp_t ended_at; /* when the zero had arrived */
} received_t;

received_t hal_received(void);
void hal_received_done(void);
/* How many bytes can be queued now. */
uint8_t hal_room(void);
void hal_send(const uint8_t *bytes, uint8_t length);

void hal_identity(uint8_t identity[IDENTITY_BYTES]);
void hal_set_identity(const uint8_t identity[IDENTITY_BYTES]);
uint32_t hal_boot(void); /* how often the board was started, this time included */

uint16_t hal_supply_mv(void);
int8_t hal_temperature_c(void);

#endif
