/* Runs the board in real time. Its time never runs ahead of CLOCK_MONOTONIC and host bytes never arrive early: a late
   emulator looks like latency on the line, never like an edge at a wrong time.

   On standard input, a line a command; moments are nanoseconds of CLOCK_MONOTONIC:
     edge CHANNEL LEVEL NS      reset      unplug      plug
   On standard output: `ready NS`, then for each edge driven `edge CHANNEL LEVEL NS`, and `outputs BITS NS` when the
   outputs changed. It ends when standard input does. */
#define _GNU_SOURCE
#include "paced.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#define LONGEST_WAIT_NS 20000000
#define SHORTEST_WAIT_NS 15000

typedef struct {
    board_t *board;
    cable_t *cable;
    crystal_t *crystal;
    uint8_t outputs;
    char commands[65536];
    size_t commands_length;
} stage_t;

static void carry_byte(void *of_stage, uint8_t byte, avr_cycle_count_t at) {
    stage_t *stage = of_stage;
    cable_carry(stage->cable, byte, crystal_moment_ns(stage->crystal, at));
}

static void say_edge(void *of_stage, uint8_t channel, bool level, avr_cycle_count_t at) {
    stage_t *stage = of_stage;
    printf("edge %u %u %lld\n", channel, level, (long long)crystal_moment_ns(stage->crystal, at));
    fflush(stdout);
}

static void say_outputs(stage_t *stage, int64_t now_ns) {
    uint8_t outputs = pins_outputs(stage->board->pins);
    if (outputs == stage->outputs) return;
    stage->outputs = outputs;
    printf("outputs %u %lld\n", outputs, (long long)now_ns);
    fflush(stdout);
}

static void obey(stage_t *stage, const char *command) {
    unsigned channel, level;
    long long at_ns;
    if (sscanf(command, "edge %u %u %lld", &channel, &level, &at_ns) == 3)
        pins_plan(stage->board->pins, channel, level, crystal_cycle(stage->crystal, at_ns));
    else if (strcmp(command, "reset") == 0) board_reset(stage->board);
    else if (strcmp(command, "unplug") == 0) cable_unplug(stage->cable);
    else if (strcmp(command, "plug") == 0) cable_plug(stage->cable);
    else fprintf(stderr, "not understood: %s\n", command);
}

/* False when standard input has ended. */
static bool take_commands(stage_t *stage) {
    size_t room = sizeof stage->commands - 1 - stage->commands_length;
    ssize_t taken = read(STDIN_FILENO, stage->commands + stage->commands_length, room);
    if (taken <= 0) return false;
    stage->commands_length += (size_t)taken;
    stage->commands[stage->commands_length] = 0;
    char *line = stage->commands, *end;
    while ((end = strchr(line, '\n'))) {
        *end = 0;
        obey(stage, line);
        line = end + 1;
    }
    stage->commands_length -= (size_t)(line - stage->commands);
    memmove(stage->commands, line, stage->commands_length);
    return true;
}

static void take_bytes(stage_t *stage) {
    uint8_t bytes[256];
    int64_t starts_at_ns;
    size_t length;
    while ((length = cable_take(stage->cable, bytes, sizeof bytes, &starts_at_ns)))
        for (size_t i = 0; i < length; i++)
            line_receive(stage->board->line, bytes[i], crystal_cycle(stage->crystal, starts_at_ns));
}

/* When a sleeping board has something to do next. */
static int64_t board_next_ns(stage_t *stage, int64_t now_ns) {
    avr_t *avr = stage->board->avr;
    if (avr->state != cpu_Sleeping) return now_ns;
    if (!avr->cycle_timers.timer) return INT64_MAX;
    return crystal_moment_ns(stage->crystal, avr->cycle_timers.timer->when);
}

static int64_t lesser(int64_t a, int64_t b) {
    return a < b ? a : b;
}

/* Waits until something is due or comes in; false when standard input has ended. */
static bool wait_for_next(stage_t *stage, int64_t until_ns) {
    struct pollfd inputs[2] = {
        {.fd = STDIN_FILENO, .events = POLLIN}, {.fd = stage->cable->board_side, .events = POLLIN},
    };
    int64_t wait_ns = lesser(until_ns - monotonic_ns(), LONGEST_WAIT_NS);
    if (wait_ns < SHORTEST_WAIT_NS) wait_ns = 0;
    struct timespec wait = {.tv_nsec = wait_ns};
    if (ppoll(inputs, 2, &wait, NULL) <= 0) return true;
    if (inputs[1].revents & POLLIN) take_bytes(stage);
    return !(inputs[0].revents & (POLLIN | POLLHUP)) || take_commands(stage);
}

int paced(board_t *board, cable_t *cable, crystal_t *crystal) {
    static stage_t stage;
    stage = (stage_t){.board = board, .cable = cable, .crystal = crystal};
    prctl(PR_SET_TIMERSLACK, 1);
    board_listen(board, &stage, carry_byte, say_edge);
    cable_plug(cable);
    crystal->began_at_ns = monotonic_ns();
    printf("ready %lld\n", (long long)crystal->began_at_ns);
    fflush(stdout);
    bool goes_on = true;
    while (goes_on) {
        board_run(board, crystal_cycle(crystal, monotonic_ns()));
        int64_t now_ns = monotonic_ns();
        say_outputs(&stage, now_ns);
        int64_t handed_ns = cable_hand_over(cable, now_ns);
        goes_on = wait_for_next(&stage, lesser(handed_ns, board_next_ns(&stage, now_ns)));
    }
    cable_unplug(cable);
    return 0;
}
