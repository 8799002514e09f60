/** Commands as QR codes: packed, cut into parts, drawn, decoded, and put together again whatever the order. */

import encodeQR from 'qr';
import { decodeQR } from 'qr/decode.js';
import { describe, expect, test } from 'vitest';

import { fromBase45, toBase45 } from '../../../app/client/judge/outbox/codes/base45';
import { Collector, partsOf } from '../../../app/client/judge/outbox/codes/parts';

const PIXELS_A_MODULE = 3;
const TEXT = JSON.stringify(Array.from({ length: 60 }, (_, n) => ({ id: `${n * 7919}`, team: `Тұлпар ${n}`, at: Math.sqrt(n) })));

describe('base 45', () => {
  // RFC 9285, 4.3 and 4.4.
  test.each([
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'],
  ])('%s is %s', (text, letters) => {
    const bytes = new TextEncoder().encode(text);
    expect(toBase45(bytes)).toBe(letters);
    expect(new TextDecoder().decode(fromBase45(letters) ?? undefined)).toBe(text);
  });

  test.each(['GGW', ':::', 'A', 'a00', 'BB8ZZ'])('%s is no text of it', (letters) => {
    expect(fromBase45(letters)).toBeNull();
  });
});

describe('parts', () => {
  test('are read back from their pictures, in any order and twice over', async () => {
    const parts = (await partsOf(TEXT)) ?? [];
    expect(parts.length).toBeGreaterThan(2);
    const collector = new Collector();
    for (const part of [...parts, ...parts].reverse().slice(1)) collector.take(throughPicture(part));
    expect(collector.isWhole()).toBe(true);
    expect(await collector.text()).toBe(TEXT);
  });

  test('of another tablet begin anew', async () => {
    const [first = ''] = (await partsOf(TEXT)) ?? [];
    const others = (await partsOf('other', 3)) ?? [];
    const collector = new Collector();
    for (const part of [first, ...others]) collector.take(part);
    expect(await collector.text()).toBe('other');
  });

  test('that are damaged are no text, and are read again', async () => {
    const parts = (await partsOf(TEXT)) ?? [];
    const collector = new Collector();
    for (const part of parts.map((one, index) => (index === 1 ? one.slice(0, -3) + '000' : one))) collector.take(part);
    expect(await collector.text()).toBeNull();
    for (const part of parts) collector.take(part);
    expect(await collector.text()).toBe(TEXT);
  });

  test.each(['', 'https://example.org', 'BAIGE1:00000000:3:2:AB', 'BAIGE1:00000000:0:2:AB', 'BAIGE2:00000000:1:2:AB'])(
    'are not “%s”',
    (read) => {
      expect(new Collector().take(read)).toBe(false);
    },
  );
});

/** What a decoder reads from the picture a code makes on a screen. */
function throughPicture(text: string): string {
  const rows = encodeQR(text, 'raw', { ecc: 'low', border: 4 });
  const side = rows.length * PIXELS_A_MODULE;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let at = 0; at < side * side; at++) {
    const [x, y] = [at % side, Math.floor(at / side)].map((one) => Math.floor(one / PIXELS_A_MODULE));
    if (rows[y ?? 0]?.[x ?? 0] === true) data.fill(0, at * 4, at * 4 + 3);
  }
  return decodeQR({ width: side, height: side, data });
}
