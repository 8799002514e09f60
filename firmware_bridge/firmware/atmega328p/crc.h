/* CRC-16/CCITT a byte at a time, by avr-libc's assembly. */
#ifndef CRC_H
#define CRC_H

#include <util/crc16.h>

#define crc_next(crc, byte) _crc_xmodem_update(crc, byte)

#endif
