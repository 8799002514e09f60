/** A picture the organisers uploaded; one that cannot be had leaves no gap. */

import { useState } from 'preact/hooks';

interface Props {
  readonly digest: string | null | undefined;
  readonly kind: 'emblem' | 'poster';
}

export function Picture({ digest, kind }: Props) {
  const [missing, setMissing] = useState<string | null>(null);
  if (!digest || missing === digest) return null;
  return <img class={kind} src={`/pictures/${digest}.jpg`} alt="" onError={() => setMissing(digest)} />;
}
