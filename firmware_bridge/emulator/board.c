/* Puts the board together, runs it, resets it, and keeps its EEPROM in a file between runs. */
#include "board.h"

#include <simavr/avr_eeprom.h>
#include <simavr/sim_elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FREQUENCY 16000000
#define EEPROM_BYTES 1024
#define SUPPLY_MV 5000

static void say_nothing(avr_t *avr, const int level, const char *format, va_list arguments) {
    (void)avr;
    if (level <= LOG_ERROR) vfprintf(stderr, format, arguments);
}

static void sleep_no_time(avr_t *avr, avr_cycle_count_t cycles) {
    (void)avr;
    (void)cycles; /* whoever runs the board decides how fast its time goes by */
}

static avr_cycle_count_t stop_here(avr_t *avr, avr_cycle_count_t when, void *unused) {
    (void)avr;
    (void)when;
    (void)unused;
    return 0; /* being due is enough: a sleeping board sleeps no further */
}

static void eeprom(avr_t *avr, uint32_t request, uint8_t *bytes) {
    avr_eeprom_desc_t whole = {.ee = bytes, .offset = 0, .size = EEPROM_BYTES};
    avr_ioctl(avr, request, &whole);
}

static void load_eeprom(avr_t *avr, const char *path) {
    uint8_t bytes[EEPROM_BYTES];
    memset(bytes, 0xFF, sizeof bytes);
    FILE *file = path ? fopen(path, "rb") : NULL;
    if (file) {
        if (fread(bytes, 1, sizeof bytes, file) != sizeof bytes) fprintf(stderr, "%s is short\n", path);
        fclose(file);
    }
    eeprom(avr, AVR_IOCTL_EEPROM_SET, bytes);
}

void board_begin(board_t *board, const char *elf_path, const char *eeprom_path) {
    elf_firmware_t firmware = {0};
    avr_global_logger_set(say_nothing);
    if (elf_read_firmware(elf_path, &firmware) != 0) {
        fprintf(stderr, "cannot read %s\n", elf_path);
        exit(2);
    }
    avr_t *avr = avr_make_mcu_by_name("atmega328p");
    avr_init(avr);
    firmware.frequency = FREQUENCY;
    firmware.vcc = firmware.avcc = firmware.aref = SUPPLY_MV;
    avr_load_firmware(avr, &firmware);
    avr->sleep = sleep_no_time;
    load_eeprom(avr, eeprom_path);
    board->avr = avr;
    board->line = line_begin(avr);
    board->pins = pins_begin(avr);
    timer_flags_mend(avr);
}

void board_listen(board_t *board, void *listener, byte_left_t byte_left, edge_driven_t edge_driven) {
    line_listen(board->line, listener, byte_left);
    pins_listen(board->pins, listener, edge_driven);
}

void board_run(board_t *board, avr_cycle_count_t until) {
    avr_t *avr = board->avr;
    if (avr->cycle >= until) return;
    avr_cycle_timer_register(avr, until - avr->cycle, stop_here, NULL);
    while (avr->cycle < until) {
        int state = avr_run(avr);
        if (state == cpu_Done || state == cpu_Crashed) {
            fprintf(stderr, "the firmware crashed at cycle %llu\n", (unsigned long long)avr->cycle);
            exit(3);
        }
    }
    avr_cycle_timer_cancel(avr, stop_here, NULL); /* what is due next is the board's own */
}

void board_reset(board_t *board) {
    avr_reset(board->avr);
    line_reset(board->line);
    pins_reset(board->pins);
}

void board_end(board_t *board, const char *eeprom_path) {
    uint8_t bytes[EEPROM_BYTES];
    FILE *file = eeprom_path ? fopen(eeprom_path, "wb") : NULL;
    if (!file) return;
    eeprom(board->avr, AVR_IOCTL_EEPROM_GET, bytes);
    fwrite(bytes, 1, sizeof bytes, file);
    fclose(file);
}
