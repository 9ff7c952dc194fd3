import type { Dice } from './random.ts';

const CLASSES: Readonly<Record<string, string>> = {
  '\\d': '0123456789',
  '\\w': 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
  '.': 'ABCDEFGH',
};
const TOKEN = /(\\[dw.]|\\.|\[[^\]^\\]+\]|[^\\()[\]{}|?*+^$])(\{(\d+)(?:,(\d*))?\}|[?*+])?/gy;

function alphabetOf(token: string): string {
  if (token.startsWith('[')) {
    return token
      .slice(1, -1)
      .replaceAll(/(.)-(.)/g, (_, from: string, to: string) =>
        Array.from({ length: to.charCodeAt(0) - from.charCodeAt(0) + 1 }, (__, i) =>
          String.fromCharCode(from.charCodeAt(0) + i),
        ).join(''),
      );
  }
  return CLASSES[token] ?? (token.startsWith('\\') ? token.slice(1) : token);
}

type Times = { readonly min: number; readonly max: number };

function timesOf(quantifier: string | undefined, min: string | undefined, max: string | undefined): Times {
  if (quantifier === undefined) return { min: 1, max: 1 };
  if (quantifier === '?') return { min: 0, max: 1 };
  if (quantifier === '*' || quantifier === '+') return { min: quantifier === '+' ? 1 : 0, max: 4 };
  const least = Number(min);
  const isOpen = max === '';
  return { min: least, max: isOpen ? least + 4 : Number(max ?? least) };
}

/**
 * Text that a simple expression accepts: characters, classes and counts in a row, from `^` to `$`. Undefined for
 * expressions with groups or alternatives: a declaration that has one helps with its own `example`.
 */
export function fromPattern(regex: RegExp, dice: Dice): string | undefined {
  const source = regex.source.replace(/^\^/, '').replace(/\$$/, '');
  TOKEN.lastIndex = 0;
  let text = '';
  while (TOKEN.lastIndex < source.length) {
    const match = TOKEN.exec(source);
    if (match === null) return undefined;
    const { min, max } = timesOf(match[2], match[3], match[4]);
    text += dice.text(alphabetOf(match[1]!), dice.whole(min, max));
  }
  return regex.test(text) ? text : undefined;
}
