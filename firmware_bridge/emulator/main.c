/* The emulated board: `board --elf FILE` and how it is run; see paced.c and lockstep.c for what they take and say. */
#define _GNU_SOURCE
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lockstep.h"
#include "paced.h"

#define US 1000

static const struct option OPTIONS[] = {
    {"elf", required_argument, NULL, 'e'},       {"eeprom", required_argument, NULL, 'm'},
    {"link", required_argument, NULL, 'l'},      {"lockstep", no_argument, NULL, 's'},
    {"ppm", required_argument, NULL, 'p'},       {"wander-ppm", required_argument, NULL, 'w'},
    {"wander-period-s", required_argument, NULL, 'W'},
    {"spoilt-share", required_argument, NULL, 'c'}, {"seed", required_argument, NULL, 'r'},
    {"out-every-us", required_argument, NULL, 'o'}, {"in-every-us", required_argument, NULL, 'i'},
    {NULL, 0, NULL, 0},
};

int main(int count, char **arguments) {
    const char *elf = NULL, *eeprom = NULL;
    bool in_lockstep = false;
    crystal_t crystal = {.hz = 16e6, .wander_period_s = 60};
    cable_t cable = {.board_side = -1, .dice = 1};
    for (int option; (option = getopt_long(count, arguments, "", OPTIONS, NULL)) != -1;) {
        switch (option) {
            case 'e': elf = optarg; break;
            case 'm': eeprom = optarg; break;
            case 'l': cable.link_path = optarg; break;
            case 's': in_lockstep = true; break;
            case 'p': crystal.ppm = atof(optarg); break;
            case 'w': crystal.wander_ppm = atof(optarg); break;
            case 'W': crystal.wander_period_s = atof(optarg); break;
            case 'c': cable.spoilt_share = atof(optarg); break;
            case 'r': cable.dice = strtoull(optarg, NULL, 10) * 2 + 1; break;
            case 'o': cable.out_every_ns = atoll(optarg) * US; break;
            case 'i': cable.in_every_ns = atoll(optarg) * US; break;
            default: return 2;
        }
    }
    if (!elf || (!in_lockstep && !cable.link_path)) {
        fprintf(stderr, "needed: --elf FILE, and --lockstep or --link PATH\n");
        return 2;
    }
    board_t board;
    board_begin(&board, elf, eeprom);
    int code = in_lockstep ? lockstep(&board) : paced(&board, &cable, &crystal);
    board_end(&board, eeprom);
    return code;
}
