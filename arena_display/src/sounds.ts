/** The sounds of a run, made here from plain tones, so that nothing has to be loaded. */

export type SoundName = 'start' | 'end' | 'warning';

interface Tone {
  readonly hertz: number;
  readonly atS: number;
  readonly forS: number;
}

const SOUNDS: Readonly<Record<SoundName, readonly Tone[]>> = {
  start: [
    { hertz: 660, atS: 0, forS: 0.14 },
    { hertz: 880, atS: 0.16, forS: 0.4 },
  ],
  end: [{ hertz: 440, atS: 0, forS: 0.9 }],
  warning: [0, 0.25, 0.5].map((atS) => ({ hertz: 990, atS, forS: 0.12 })),
};
const ALL: readonly SoundName[] = ['start', 'warning', 'end'];
const BETWEEN_S = 1.3;
/** How long a tone takes to come and to go, so that loudspeakers do not click. */
const EDGE_S = 0.012;

export class Sounds {
  /** From 0, silent, to 100. */
  volumePercent = 0;
  private context: AudioContext | null = null;

  play(name: SoundName, afterS = 0): void {
    if (this.volumePercent <= 0) return;
    this.context ??= new AudioContext();
    // A browser that has not been touched yet may hold sounds back; a kiosk is started so that it does not.
    void this.context.resume();
    for (const tone of SOUNDS[name]) this.playTone(this.context, tone, afterS);
  }

  /** All of them one after another, for whoever tries the loudspeaker. */
  playAll(): void {
    ALL.forEach((name, index) => this.play(name, index * BETWEEN_S));
  }

  private playTone(context: AudioContext, tone: Tone, afterS: number): void {
    const [source, gain] = [context.createOscillator(), context.createGain()];
    const startS = context.currentTime + afterS + tone.atS;
    const loudness = this.volumePercent / 100;
    source.frequency.value = tone.hertz;
    gain.gain.setValueAtTime(0, startS);
    gain.gain.linearRampToValueAtTime(loudness, startS + EDGE_S);
    gain.gain.setValueAtTime(loudness, startS + tone.forS - EDGE_S);
    gain.gain.linearRampToValueAtTime(0, startS + tone.forS);
    source.connect(gain).connect(context.destination);
    source.start(startS);
    source.stop(startS + tone.forS);
  }
}
