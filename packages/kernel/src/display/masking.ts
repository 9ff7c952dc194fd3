type Kept = { readonly first: number; readonly last: number };

/** Hides the middle; at least half of a text is hidden whatever its length. */
function maskMiddle(text: string, { first, last }: Kept): string {
  const characters = [...text.trim()];
  const visible = first + last;
  const room = Math.floor(characters.length / 2);
  const [head, tail] = visible <= room ? [first, last] : [Math.min(first, 1, room), 0];
  const hidden = characters.length - head - tail;
  return [
    ...characters.slice(0, head),
    '*'.repeat(hidden),
    ...characters.slice(characters.length - tail),
  ].join('');
}

/** 138****5678; a number that is not a mobile keeps its last two digits. */
export const maskPhone = (phone: string): string =>
  /^\d{11}$/.test(phone)
    ? `${phone.slice(0, 3)}****${phone.slice(7)}`
    : maskMiddle(phone, { first: 0, last: 2 });

/** 110***********0018: the region's first three digits and the last four; the date of birth is hidden. Other documents: first and last. */
export const maskIdNumber = (number: string): string =>
  maskMiddle(number, number.length === 18 ? { first: 3, last: 4 } : { first: 1, last: 1 });

/** 张**: the first character only, as many stars as characters are hidden. */
export const maskName = (name: string): string => {
  const [first, ...rest] = [...name.trim()];
  if (first === undefined) return '';
  return rest.length === 0 ? '*' : first + '*'.repeat(rest.length);
};
