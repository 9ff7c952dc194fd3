import { useMemo } from 'react';
import { encode } from 'uqr';

/** Modules of white that a reader needs around the code (ISO/IEC 18004 §5.3.8). */
const QUIET = 4;

/** A QR code, dark on white in every theme: readers do not all see it otherwise. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => drawn(text), [text]);
  return (
    <svg
      className="qr"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

/** One path of horizontal runs: as small as the picture gets. */
function drawn(text: string): { size: number; path: string } {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET });
  const runs = data.flatMap((row, y) => {
    const found: string[] = [];
    for (let x = 0; x < size; x += 1) {
      if (!row[x]) continue;
      const start = x;
      while (x < size && row[x]) x += 1;
      found.push(`M${start} ${y}h${x - start}v1H${start}z`);
    }
    return found;
  });
  return { size, path: runs.join('') };
}
