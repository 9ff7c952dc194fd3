const FALLBACK = 'file';

/** RFC 8187 §3.2.1: `attr-char` leaves fewer characters than a URI does. */
const encoded = (name: string): string =>
  encodeURIComponent(name.replaceAll(/\p{Cs}/gu, '')).replace(
    /['()*!]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** RFC 6266: the name in full for whoever reads `filename*`, and what of it is ASCII for the others. */
export function contentDisposition(as: 'attachment' | 'inline', name: string): string {
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? '';
  const stem = name.slice(0, name.length - extension.length).replace(/[^\w .-]/g, '');
  const plain = `${stem.trim() === '' ? FALLBACK : stem.trim()}${extension}`;
  return `${as}; filename="${plain}"; filename*=UTF-8''${encoded(name)}`;
}
