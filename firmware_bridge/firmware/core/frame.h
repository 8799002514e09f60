/* Frames of docs/hardware/field-link.md: COBS( content . CRC-16 ) . 00 */
#ifndef FRAME_H
#define FRAME_H

#include <stdint.h>

#define CRC_BYTES 2
#define FRAME_OVERHEAD (CRC_BYTES + 2) /* CRC, one COBS code, the final zero */

/* Writes `length` bytes of content (at most 250) as a frame to `out`; how many bytes that took. */
uint8_t frame_encode(const uint8_t *content, uint8_t length, uint8_t *out);

/* Undoes it in place for the bytes before the zero; the content's length without CRC, or 0 for no sound frame. */
uint8_t frame_decode(uint8_t *bytes, uint8_t length);

#endif
