/* Stuffs, checks and unstuffs frames, a byte at a time and in place. */
#include "frame.h"

#include "crc.h"

#define CRC_START 0xFFFF

uint8_t frame_encode(const uint8_t *content, uint8_t length, uint8_t *out) {
    uint16_t crc = CRC_START;
    uint8_t code_at = 0, at = 1;
    for (uint8_t i = 0; i < length + CRC_BYTES; i++) {
        uint8_t byte;
        if (i < length) {
            byte = content[i];
            crc = crc_next(crc, byte);
        } else {
            byte = i == length ? crc >> 8 : (uint8_t)crc;
        }
        if (byte == 0) {
            out[code_at] = at - code_at;
            code_at = at++;
        } else {
            out[at++] = byte;
        }
    }
    out[code_at] = at - code_at;
    out[at++] = 0;
    return at;
}

uint8_t frame_decode(uint8_t *bytes, uint8_t length) {
    uint16_t crc = CRC_START;
    uint8_t from = 0, to = 0;
    while (from < length) {
        uint8_t code = bytes[from++];
        if (code == 0 || code - 1 > length - from) return 0;
        for (uint8_t i = 1; i < code; i++) {
            crc = crc_next(crc, bytes[from]);
            bytes[to++] = bytes[from++];
        }
        if (from < length) {
            crc = crc_next(crc, 0);
            bytes[to++] = 0;
        }
    }
    /* A CRC run over content and its own CRC leaves zero. */
    return to > CRC_BYTES && crc == 0 ? to - CRC_BYTES : 0;
}
