/** A text as few bytes as the browser can make of it, and back; the first byte says which way was taken. */

const PLAIN = 0;
const DEFLATED = 1;
/** Raw deflate came to Safari and Firefox later than what else the tablet needs. */
const METHOD = 'deflate-raw';
/** What unpacks to more than this is no tablet's outbox. */
const MOST_BYTES = 8_000_000;

export async function packed(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const plain = new TextEncoder().encode(text);
  const squeezed = await through(plain, () => new CompressionStream(METHOD), MOST_BYTES);
  return squeezed ? marked(DEFLATED, squeezed) : marked(PLAIN, plain);
}

/** The text, or null where the bytes are no packed one or this browser cannot unpack it. */
export async function unpacked(bytes: Uint8Array<ArrayBuffer>): Promise<string | null> {
  const content = bytes.slice(1);
  if (bytes[0] === PLAIN) return new TextDecoder().decode(content);
  if (bytes[0] !== DEFLATED) return null;
  const whole = await through(content, () => new DecompressionStream(METHOD), MOST_BYTES);
  return whole && new TextDecoder().decode(whole);
}

function marked(method: number, content: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(content.length + 1);
  bytes[0] = method;
  bytes.set(content, 1);
  return bytes;
}

/** Null where the browser has no such stream, the bytes are not for it, or more than `most` would come out. */
async function through(
  bytes: Uint8Array<ArrayBuffer>,
  make: () => ReadableWritablePair<Uint8Array, BufferSource>,
  most: number,
): Promise<Uint8Array | null> {
  try {
    const reader = new Blob([bytes]).stream().pipeThrough(make()).getReader();
    const pieces: Uint8Array[] = [];
    let length = 0;
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      length += piece.value.length;
      if (length > most) {
        await reader.cancel();
        return null;
      }
      pieces.push(piece.value);
    }
    return joined(pieces, length);
  } catch {
    return null;
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
