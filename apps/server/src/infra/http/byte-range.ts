/** First and last byte, counted from 0. */
export type ByteSpan = { readonly first: number; readonly last: number };

/**
 * RFC 9110 §14: one range of bytes. Undefined: the whole is to be sent, also when the header is of a kind that is not
 * served (several ranges, other units). `unsatisfiable`: nothing of it lies in the content.
 */
export function byteRange(header: string | undefined, size: number): ByteSpan | 'unsatisfiable' | undefined {
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  if (!found) return undefined;
  const [, from = '', to = ''] = found;
  if (from === '' && to === '') return undefined;
  if (from === '') {
    const length = Math.min(Number(to), size);
    return length === 0 ? 'unsatisfiable' : { first: size - length, last: size - 1 };
  }
  const first = Number(from);
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < first) return undefined;
  return first >= size ? 'unsatisfiable' : { first, last };
}
