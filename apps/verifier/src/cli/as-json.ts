import { toHex } from '@hufu/kernel';
import type { BundleVerdict } from '@hufu/ledger';

/** A verdict as JSON: bytes in hexadecimal, times in milliseconds since the epoch. */
export const asJson = (verdict: BundleVerdict): string =>
  `${JSON.stringify(
    {
      ...verdict,
      // The head as such, without the note that it was parsed from.
      head: headOnly(verdict.head),
      timeStamps: verdict.timeStamps.map((stamp) => ({ ...stamp, head: headOnly(stamp.head) })),
      anchors: verdict.anchors.map((anchor) => ({ ...anchor, head: headOnly(anchor.head) })),
    },
    (_, value: unknown) => (value instanceof Uint8Array ? toHex(value) : value),
    2,
  )}\n`;

const headOnly = (head: BundleVerdict['head']) => head && { size: head.size, root: head.root };
