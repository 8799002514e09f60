/* The emulated board: the real ELF in simavr, with a serial line, pins and a crystal of ours around it. */
#ifndef BOARD_H
#define BOARD_H

#include <simavr/sim_avr.h>
#include <stdbool.h>
#include <stdint.h>

#define CHANNELS 8

typedef struct line line_t;
typedef struct pins pins_t;

/* Told of what leaves the board: a byte, at the cycle at which its stop bit ended. */
typedef void (*byte_left_t)(void *listener, uint8_t byte, avr_cycle_count_t at);
/* Told of an edge, at the cycle at which its pin was driven. */
typedef void (*edge_driven_t)(void *listener, uint8_t channel, bool level, avr_cycle_count_t at);

typedef struct {
    avr_t *avr;
    line_t *line;
    pins_t *pins;
} board_t;

/* Loads the firmware; ends the program where that fails. */
void board_begin(board_t *board, const char *elf_path, const char *eeprom_path);
void board_listen(board_t *board, void *listener, byte_left_t byte_left, edge_driven_t edge_driven);
/* Runs until the cycle is reached; a sleeping board never runs past it by more than an instruction. */
void board_run(board_t *board, avr_cycle_count_t until);
void board_reset(board_t *board);
void board_end(board_t *board, const char *eeprom_path);

line_t *line_begin(avr_t *avr);
void line_listen(line_t *line, void *listener, byte_left_t byte_left);
/* A byte from the host: its start bit comes at `earliest`, or when the line is free. False: the queue is full. */
bool line_receive(line_t *line, uint8_t byte, avr_cycle_count_t earliest);
void line_reset(line_t *line);

pins_t *pins_begin(avr_t *avr);
void pins_listen(pins_t *pins, void *listener, edge_driven_t edge_driven);
/* Plans an edge. Those of all channels must be planned in the order of time. False: the queue is full. */
bool pins_plan(pins_t *pins, uint8_t channel, bool level, avr_cycle_count_t at);
avr_cycle_count_t pins_next(const pins_t *pins); /* when the next edge is due; UINT64_MAX for none */
uint8_t pins_outputs(const pins_t *pins);        /* D4 to D7 in the low bits */
void pins_reset(pins_t *pins);

void timer_flags_mend(avr_t *avr);

#endif
