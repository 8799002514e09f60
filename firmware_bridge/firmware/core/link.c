/* Answers the host, sends edges in a window, sends them again when they are not acknowledged. */
#include "link.h"

#include <string.h>

#include "channels.h"
#include "edges.h"
#include "frame.h"
#include "hal.h"

enum {
    HELLO = 0x01, HELLO_REQUEST, CONFIG, PING, PONG, EVENT, ACK, STATUS, OUTPUT, NAME,
};

#define PROTOCOL 1
#define FIRMWARE 0x0100
#define WINDOW 8
#define LONGEST_CONTENT 40
#define CHANNEL_CONFIG_BYTES 7
#define MS (1000ul * TICKS_PER_US)
#define RETRANSMIT_AFTER (50 * MS)
#define STATUS_EVERY (250 * MS)
#define HOST_SILENT_AFTER (3000 * MS)
/* Longer than it takes to encode a PONG, so that it can leave at the moment it states. */
#define PONG_PREPARED_IN (300 * TICKS_PER_US)

static uint8_t content[LONGEST_CONTENT];
static uint8_t filled;
static uint32_t line_free_at;
static uint8_t in_flight;
static uint32_t last_ack, last_sent_at, last_status_at, last_heard_at;
static uint16_t config_version;

static uint32_t now(void) {
    return hal_now().brief;
}

static bool is_past(uint32_t moment, uint32_t at) {
    return (int32_t)(at - moment) >= 0;
}

static void begin(uint8_t type) {
    content[0] = type;
    filled = 1;
}

static void put(uint32_t value, uint8_t bytes) {
    for (; bytes; bytes--, value >>= 8) content[filled++] = (uint8_t)value;
}

static void put_stamp(stamp_t stamp) {
    put(stamp.low, 2);
    put(stamp.high, 4);
    put(0, 2);
}

/* What is said of this boot must not be taken for another's. */
static void put_boot(void) {
    put((uint8_t)hal_boot(), 1);
}

static uint32_t get(const uint8_t *from, uint8_t bytes) {
    uint32_t value = 0;
    while (bytes) value = value << 8 | from[--bytes];
    return value;
}

static void queue(const uint8_t *frame, uint8_t length, uint32_t at) {
    if (is_past(at, line_free_at)) at = line_free_at;
    hal_send(frame, length);
    line_free_at = at + (uint32_t)length * TICKS_PER_BYTE;
}

/* Queues the frame in `content`. */
static void send(void) {
    uint8_t frame[LONGEST_CONTENT + FRAME_OVERHEAD];
    uint8_t length = frame_encode(content, filled, frame);
    queue(frame, length, now());
}

/* The same, at a moment that is already written in it. */
static void send_at(uint32_t moment) {
    uint8_t frame[LONGEST_CONTENT + FRAME_OVERHEAD];
    uint8_t length = frame_encode(content, filled, frame);
    hal_wait_until(moment);
    queue(frame, length, moment);
}

static bool line_has_room(void) {
    return hal_room() >= LONGEST_CONTENT + FRAME_OVERHEAD;
}

static void send_hello(void) {
    begin(HELLO);
    put(PROTOCOL, 1);
    put(FIRMWARE, 2);
    hal_identity(content + filled);
    filled += IDENTITY_BYTES;
    put(hal_boot(), 4);
    put(1000000ul * TICKS_PER_US, 4);
    put(LINE_BAUD, 4);
    put(CHANNELS, 1);
    put(0, 1); /* flags: not simulated */
    put(edges_oldest_seq(), 4);
    put(edges_oldest_seq() + edges_count(), 4);
    put(edges_dropped(), 2);
    send();
    in_flight = 0;
}

static void send_pong(const uint8_t *ping, stamp_t received_at) {
    uint32_t leaves_at = now() + PONG_PREPARED_IN;
    if (is_past(leaves_at, line_free_at)) leaves_at = line_free_at;
    begin(PONG);
    put(get(ping, 2), 2);
    put_stamp(received_at);
    put(leaves_at - received_at.brief, 4);
    put(edges_dropped(), 2);
    put_boot();
    send_at(leaves_at);
}

static void send_event(uint8_t index) {
    edge_t edge = edges_at(index);
    begin(EVENT);
    put(edges_oldest_seq() + index, 4);
    put_boot();
    put(edge.channel_and_edge & ~EDGE_RISE, 1);
    put(edge.channel_and_edge & EDGE_RISE ? 1 : 0, 1);
    put_stamp(edge.at);
    send();
    last_sent_at = now();
}

static void send_status(void) {
    uint16_t levels = 0;
    for (uint8_t i = CHANNELS; i--;) levels = levels << 1 | hal_level(i);
    begin(STATUS);
    put(hal_supply_mv(), 2);
    put((uint8_t)hal_temperature_c(), 1);
    put(levels, 2);
    put(config_version, 2);
    put_boot();
    send();
}

static void take_ack(uint32_t through) {
    uint32_t count = through + 1 - edges_oldest_seq();
    if (count && count <= edges_count()) {
        edges_forget(count);
        in_flight = in_flight > count ? in_flight - count : 0;
        last_sent_at = now();
    } else if (count == 0 && through == last_ack) {
        in_flight = 0; /* a repeated acknowledgement: what followed was lost on the way */
    }
    last_ack = through;
}

static void take_config(const uint8_t *from, uint8_t length) {
    config_version = get(from, 2);
    for (from += 2, length -= 2; length >= CHANNEL_CONFIG_BYTES; length -= CHANNEL_CONFIG_BYTES) {
        channel_configure(from[0], get(from + 1, 2), get(from + 3, 4));
        from += CHANNEL_CONFIG_BYTES;
    }
}

static void take(const uint8_t *message, uint8_t length, stamp_t ended_at) {
    const uint8_t *payload = message + 1;
    uint8_t size = length - 1;
    if (message[0] == HELLO_REQUEST) send_hello();
    else if (message[0] == PING && size == 2) send_pong(payload, ended_at);
    else if (message[0] == ACK && size == 5 && payload[4] == (uint8_t)hal_boot()) take_ack(get(payload, 4));
    else if (message[0] == CONFIG && size >= 2) take_config(payload, size);
    else if (message[0] == OUTPUT && size == 2) hal_output(payload[0], payload[1]);
    else if (message[0] == NAME && size == IDENTITY_BYTES) {
        hal_set_identity(payload);
        send_hello();
    } else return;
    last_heard_at = now();
}

static void receive(void) {
    received_t received = hal_received();
    if (!received.bytes || !line_has_room()) return;
    uint8_t length = frame_decode(received.bytes, received.length);
    if (length) take(received.bytes, length, received.ended_at);
    hal_received_done();
}

void link_begin(void) {
    last_heard_at = now();
    send_hello();
}

void link_step(void) {
    receive();
    if (edges_count() && in_flight && is_past(last_sent_at + RETRANSMIT_AFTER, now())) in_flight = 0;
    while (in_flight < WINDOW && in_flight < edges_count() && line_has_room()) send_event(in_flight++);
    if (is_past(last_status_at + STATUS_EVERY, now()) && line_has_room()) {
        last_status_at = now();
        send_status();
    }
    if (is_past(last_heard_at + HOST_SILENT_AFTER, now())) {
        /* A lamp must not say "ready" for a host that is gone. */
        for (uint8_t i = 0; i < OUTPUTS; i++) hal_output(i, false);
        last_heard_at = now();
    }
}
