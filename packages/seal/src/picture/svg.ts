/** Vermilion of a seal on paper; a colour of the sixteen steps that pixels are kept in. */
export const SEAL_RED = '#cc2222';

const ESCAPES: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for XML content and attributes. */
export const escapeXml = (text: string): string => text.replaceAll(/[<>&"']/g, (mark) => ESCAPES[mark]!);

export type SealSvg = {
  /** Square side, mm. */
  readonly side: number;
  /** What a screen reader says. */
  readonly title: string;
  readonly body: string;
};

/** A picture measured in millimetres: one unit of the drawing is one. */
export const svgOf = ({ side, title, body }: SealSvg): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${side}mm" height="${side}mm" viewBox="0 0 ${side} ${side}" role="img">` +
  `<title>${escapeXml(title)}</title>${body}</svg>`;

/** Lettering: filled, with a hair of stroke, because the thin strokes of a printed face are too thin for a seal. */
export const inkPath = (data: string, hair: number): string =>
  `<path d="${data}" fill="${SEAL_RED}" stroke="${SEAL_RED}" stroke-width="${hair}" stroke-linejoin="round"/>`;
