/** A text cut into parts that fit a QR code each, and put together again from parts seen in any order. */

import { fromBase45, toBase45 } from './base45';
import { packed, unpacked } from './packing';

/** Another number means that this tablet cannot read it. */
const FORMAT = 'BAIGE1';
/** Characters of data in a part: a code of 73 modules a side, which a camera reads off an 8-inch screen. */
export const PART_LENGTH = 450;
const MOST_PARTS = 999;
const SUM_LENGTH = 8;

/** `FORMAT:sum of the whole:which:of how many:data`, in the letters of QR codes' denser mode. */
const PART = new RegExp(`^${FORMAT}:([0-9A-F]{${SUM_LENGTH}}):(\\d{1,3}):(\\d{1,3}):([0-9A-Z $%*+./:-]+)$`);

/** The parts of a text, in order; null where it is too long to be shown as codes. */
export async function partsOf(text: string, length = PART_LENGTH): Promise<string[] | null> {
  const bytes = await packed(text);
  const letters = toBase45(bytes);
  const count = Math.ceil(letters.length / length);
  if (count > MOST_PARTS) return null;
  const sum = await sumOf(bytes);
  return Array.from({ length: count }, (_, index) =>
    [FORMAT, sum, index + 1, count, letters.slice(index * length, (index + 1) * length)].join(':'),
  );
}

export interface Progress {
  readonly seen: ReadonlySet<number>;
  readonly count: number;
}

/** Collects parts of one text. A part of another text begins anew: another tablet is being read. */
export class Collector {
  private sum = '';
  private count = 0;
  private readonly data = new Map<number, string>();

  /** Take what a camera read; whether it is a part that was not seen yet. */
  take(read: string): boolean {
    const [, sum, which, count, data] = PART.exec(read) ?? [];
    if (sum === undefined || data === undefined) return false;
    const [number, of] = [Number(which), Number(count)];
    if (number < 1 || number > of) return false;
    if (sum !== this.sum || of !== this.count) {
      this.data.clear();
      [this.sum, this.count] = [sum, of];
    }
    if (this.data.has(number)) return false;
    this.data.set(number, data);
    return true;
  }

  progress(): Progress {
    return { seen: new Set(this.data.keys()), count: this.count };
  }

  isWhole(): boolean {
    return this.count > 0 && this.data.size === this.count;
  }

  /** The text, once every part was seen; null where the parts are damaged, and then they are to be read again. */
  async text(): Promise<string | null> {
    const letters = Array.from({ length: this.count }, (_, index) => this.data.get(index + 1) ?? '').join('');
    const [bytes, sum] = [fromBase45(letters), this.sum];
    this.data.clear();
    this.count = 0;
    return bytes && (await sumOf(bytes)) === sum ? unpacked(bytes) : null;
  }
}

async function sumOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.slice(0, SUM_LENGTH).toUpperCase();
}
