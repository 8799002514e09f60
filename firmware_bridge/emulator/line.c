/* The serial line, bit-exact in time, in place of simavr's own.

   simavr 1.6 counts 8N1 as eleven bits, hands bursts over at two bytes a byte time, and computes the speed wrongly if
   U2X is written before UBRR. Here a byte takes ten bits, and one arrives after the other. */
#include <simavr/avr_uart.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board.h"

enum { UCSR0A_AT = 0xC0, UCSR0B_AT = 0xC1, UBRR0L_AT = 0xC4, UBRR0H_AT = 0xC5, UDR0_AT = 0xC6 };
enum { RXC = 0x80, TXC = 0x40, UDRE = 0x20, DOR = 0x08, U2X = 0x02 };
enum { UDRIE = 0x20, RXEN = 0x10 };
#define QUEUE 4096
#define BITS_A_BYTE 10
#define CHIP_BUFFER 2

typedef struct {
    uint8_t byte;
    avr_cycle_count_t earliest;
} coming_t;

struct line {
    avr_t *avr;
    avr_uart_t *uart;
    void *listener;
    byte_left_t byte_left;
    coming_t coming[QUEUE];
    unsigned coming_first, coming_count;
    avr_cycle_count_t free_at;
    uint8_t arrived[CHIP_BUFFER];
    unsigned arrived_count;
    bool overrun;
    bool shifting, holding;
    uint8_t shifted, held;
};

static avr_cycle_count_t byte_cycles(line_t *line) {
    uint8_t *data = line->avr->data;
    unsigned divisor = (data[UBRR0H_AT] << 8 | data[UBRR0L_AT]) + 1;
    return (avr_cycle_count_t)divisor * (data[UCSR0A_AT] & U2X ? 8 : 16) * BITS_A_BYTE;
}

static void show_flags(line_t *line) {
    uint8_t *flags = &line->avr->data[UCSR0A_AT];
    *flags = (*flags & ~(RXC | UDRE | DOR)) | (line->arrived_count ? RXC : 0) | (line->holding ? 0 : UDRE) |
             (line->overrun ? DOR : 0);
}

static void ask_while(line_t *line, avr_int_vector_t *vector, bool stands) {
    if (stands) avr_raise_interrupt(line->avr, vector);
    else if (vector->pending) avr_clear_interrupt(line->avr, vector);
}

/* These two interrupts ask for as long as their flag stands, not once. */
static void ask(line_t *line) {
    ask_while(line, &line->uart->rxc, line->arrived_count > 0);
    ask_while(line, &line->uart->udrc, !line->holding && line->avr->data[UCSR0B_AT] & UDRIE);
    show_flags(line);
}

static avr_cycle_count_t shift_out(avr_t *avr, avr_cycle_count_t when, void *of_line) {
    line_t *line = of_line;
    (void)avr;
    if (line->byte_left) line->byte_left(line->listener, line->shifted, when);
    line->shifting = line->holding;
    line->shifted = line->held;
    line->holding = false;
    if (!line->shifting) line->avr->data[UCSR0A_AT] |= TXC;
    ask(line);
    return line->shifting ? when + byte_cycles(line) : 0;
}

static void write_byte(avr_t *avr, avr_io_addr_t address, uint8_t byte, void *of_line) {
    line_t *line = of_line;
    (void)address;
    if (!line->shifting) {
        line->shifting = true;
        line->shifted = byte;
        avr_cycle_timer_register(avr, byte_cycles(line), shift_out, line);
    } else {
        line->holding = true;
        line->held = byte;
    }
    ask(line);
}

static avr_cycle_count_t take_in(avr_t *avr, avr_cycle_count_t when, void *of_line);

static void expect_next(line_t *line) {
    if (line->coming_count == 0) return;
    avr_cycle_count_t now = line->avr->cycle, starts_at = line->coming[line->coming_first].earliest;
    if (starts_at < line->free_at) starts_at = line->free_at;
    if (starts_at + byte_cycles(line) <= now) starts_at = now;
    avr_cycle_timer_register(line->avr, starts_at + byte_cycles(line) - now, take_in, line);
}

static avr_cycle_count_t take_in(avr_t *avr, avr_cycle_count_t when, void *of_line) {
    line_t *line = of_line;
    uint8_t byte = line->coming[line->coming_first].byte;
    line->free_at = when;
    line->coming_first = (line->coming_first + 1) % QUEUE;
    line->coming_count--;
    if (avr->data[UCSR0B_AT] & RXEN) {
        if (line->arrived_count < CHIP_BUFFER) line->arrived[line->arrived_count++] = byte;
        else line->overrun = true;
    }
    ask(line);
    expect_next(line);
    return 0;
}

static uint8_t read_byte(avr_t *avr, avr_io_addr_t address, void *of_line) {
    line_t *line = of_line;
    uint8_t byte = line->arrived[0];
    (void)avr;
    (void)address;
    if (line->arrived_count) {
        line->arrived[0] = line->arrived[1];
        line->arrived_count--;
    }
    line->overrun = false;
    ask(line);
    return byte;
}

static uint8_t read_flags(avr_t *avr, avr_io_addr_t address, void *of_line) {
    show_flags(of_line);
    return avr->data[address];
}

static void write_flags(avr_t *avr, avr_io_addr_t address, uint8_t value, void *of_line) {
    uint8_t cleared = value & TXC;
    avr->data[address] = ((avr->data[address] & ~U2X) | (value & U2X)) & ~cleared;
    show_flags(of_line);
}

static void write_enables(avr_t *avr, avr_io_addr_t address, uint8_t value, void *of_line) {
    avr->data[address] = value;
    ask(of_line);
}

static void hook(avr_t *avr, avr_io_addr_t address, avr_io_read_t read, avr_io_write_t write, line_t *line) {
    unsigned io = AVR_DATA_TO_IO(address);
    avr->io[io].r.c = read;
    avr->io[io].r.param = line;
    avr->io[io].w.c = write;
    avr->io[io].w.param = line;
}

static void write_plain(avr_t *avr, avr_io_addr_t address, uint8_t value, void *unused) {
    (void)unused;
    avr->data[address] = value;
}

line_t *line_begin(avr_t *avr) {
    line_t *line = calloc(1, sizeof *line);
    line->avr = avr;
    for (avr_io_t *io = avr->io_port; io; io = io->next)
        if (strcmp(io->kind, "uart") == 0) line->uart = (avr_uart_t *)io;
    hook(avr, UDR0_AT, read_byte, write_byte, line);
    hook(avr, UCSR0A_AT, read_flags, write_flags, line);
    hook(avr, UCSR0B_AT, NULL, write_enables, line);
    hook(avr, UBRR0L_AT, NULL, write_plain, line);
    hook(avr, UBRR0H_AT, NULL, write_plain, line);
    return line;
}

void line_listen(line_t *line, void *listener, byte_left_t byte_left) {
    line->listener = listener;
    line->byte_left = byte_left;
}

bool line_receive(line_t *line, uint8_t byte, avr_cycle_count_t earliest) {
    if (line->coming_count == QUEUE) return false;
    line->coming[(line->coming_first + line->coming_count++) % QUEUE] = (coming_t){byte, earliest};
    if (line->coming_count == 1) expect_next(line);
    return true;
}

void line_reset(line_t *line) {
    line->coming_count = line->arrived_count = 0;
    line->shifting = line->holding = line->overrun = false;
    line->free_at = 0;
}
