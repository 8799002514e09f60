/* Runs the board in steps that a test asks for, so that every edge and every byte has an exact cycle.

   On standard input, a line a command:
     edge CHANNEL LEVEL CYCLE   plan an edge          rx CYCLE HEX   bytes from the host, from that cycle on
     reset                      now                   run CYCLE      run until then, and answer
   The answer: `e CHANNEL LEVEL CYCLE` for each edge driven, `t CYCLE HEX` for each run of bytes up to a zero
   that left, with the cycle at which the zero had; then
   `at CYCLE OUTPUTS`. */
#include "lockstep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST_RUN 256

static void say_byte(void *unused, uint8_t byte, avr_cycle_count_t at) {
    static char hex[2 * LONGEST_RUN + 1];
    static size_t length;
    (void)unused;
    length += (size_t)sprintf(hex + length, "%02x", byte);
    if (byte == 0 || length == 2 * LONGEST_RUN) {
        printf("t %llu %s\n", (unsigned long long)at, hex);
        length = 0;
    }
}

static void say_edge(void *unused, uint8_t channel, bool level, avr_cycle_count_t at) {
    (void)unused;
    printf("e %u %u %llu\n", channel, level, (unsigned long long)at);
}

static void receive(board_t *board, const char *hex, avr_cycle_count_t at) {
    unsigned byte;
    for (; sscanf(hex, "%2x", &byte) == 1; hex += 2)
        if (!line_receive(board->line, byte, at)) exit(4);
}

static bool obey(board_t *board, const char *command) {
    unsigned channel, level;
    unsigned long long cycle;
    int at = 0;
    if (sscanf(command, "edge %u %u %llu", &channel, &level, &cycle) == 3)
        return pins_plan(board->pins, channel, level, cycle);
    if (sscanf(command, "rx %llu %n", &cycle, &at) == 1 && at) {
        receive(board, command + at, cycle);
        return true;
    }
    if (sscanf(command, "run %llu", &cycle) == 1) {
        board_run(board, cycle);
        printf("at %llu %u\n", (unsigned long long)board->avr->cycle, pins_outputs(board->pins));
        fflush(stdout);
        return true;
    }
    if (strncmp(command, "reset", 5) == 0) {
        board_reset(board);
        return true;
    }
    return false;
}

int lockstep(board_t *board) {
    char command[16384];
    board_listen(board, NULL, say_byte, say_edge);
    while (fgets(command, sizeof command, stdin)) {
        if (!obey(board, command)) {
            fprintf(stderr, "not understood: %s", command);
            return 2;
        }
    }
    return 0;
}
