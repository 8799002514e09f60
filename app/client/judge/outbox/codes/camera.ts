/** QR codes read by the tablet's camera: by the browser's own detector where it has one, else by a decoder of ours. */

const LOOK_EVERY_MS = 60;
/** Wide enough for the codes of another tablet's screen, small enough for a slow processor. */
const WIDEST_PX = 960;

/** The part of the Shape Detection API that is used; TypeScript does not know it yet. */
interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}
interface DetectorClass {
  new (options: { formats: readonly string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
}

type Read = (video: HTMLVideoElement) => Promise<readonly string[]>;

/** Why there is no picture: no camera or secure page, the person or browser said no, or it is taken. */
export type CameraTrouble = 'missing' | 'refused' | 'busy';

/** Show the camera in `video`, the one facing away if there is one. Resolves to what was in the way, or null. */
export async function openCamera(video: HTMLVideoElement): Promise<CameraTrouble | null> {
  const media = (navigator as Partial<Navigator>).mediaDevices;
  if (!media) return 'missing';
  try {
    video.srcObject = await media.getUserMedia({
      audio: false,
      video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 960 } },
    });
    await video.play();
    return null;
  } catch (failure) {
    const name = failure instanceof DOMException ? failure.name : '';
    if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
    return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'missing';
  }
}

export function closeCamera(video: HTMLVideoElement): void {
  const stream = video.srcObject;
  if (stream instanceof MediaStream) for (const track of stream.getTracks()) track.stop();
  video.srcObject = null;
}

/** Hand every code seen to `seen`, time and again, until the returned function is called. */
export function watch(video: HTMLVideoElement, seen: (text: string) => void): () => void {
  const over = new AbortController();
  const isOver = (): boolean => over.signal.aborted;
  const look = async (): Promise<void> => {
    const read = await reading();
    while (!isOver()) {
      if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
        for (const text of await read(video)) if (!isOver()) seen(text);
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  };
  void look();
  return () => {
    over.abort();
  };
}

async function reading(): Promise<Read> {
  const own = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  const formats = (await own?.getSupportedFormats().catch(() => [])) ?? [];
  if (!own || !formats.includes('qr_code')) return decoding();
  const detector = new own({ formats: ['qr_code'] });
  const fallback = await decoding();
  // Some Android browsers have the detector and fail when it is used.
  return async (video) =>
    detector.detect(video).then(
      (found) => found.map((code) => code.rawValue),
      () => fallback(video),
    );
}

async function decoding(): Promise<Read> {
  const { decodeQR } = await import('qr/decode.js');
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return (video) => {
    const scale = Math.min(1, WIDEST_PX / video.videoWidth);
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    context?.drawImage(video, 0, 0, canvas.width, canvas.height);
    const picture = context?.getImageData(0, 0, canvas.width, canvas.height);
    try {
      return Promise.resolve(picture ? [decodeQR(picture)] : []);
    } catch {
      return Promise.resolve([]); // no code in this picture
    }
  };
}
