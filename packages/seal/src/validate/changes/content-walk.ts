import { CodedError } from '@hufu/kernel';
import { PdfLexer } from '../../pdf/lexer.ts';
import type { PdfRect } from '../../pdf/pages.ts';
import { parseValue } from '../../pdf/parse-object.ts';
import {
  isPdfArray,
  isPdfName,
  isPdfStream,
  isPdfString,
  nameOf,
  type PdfDict,
  type PdfStream,
  type PdfValue,
} from '../../pdf/values.ts';
import type { PdfView } from '../../pdf/view.ts';

/** What a content stream does, as far as it matters for hiding: where it shows text, and whether it can cover any. */
export type ContentFindings = {
  /** Roughly the boxes of its texts, user space. */
  readonly texts: PdfRect[];
  /** Fills an area, or draws a picture without a mask. */
  opaque: boolean;
  /** Draws a picture of any kind. */
  pictures: boolean;
};

type Matrix = readonly [number, number, number, number, number, number];

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** First `a`, then `b` (ISO 32000-2 §8.3.4). */
const times = (a: Matrix, b: Matrix): Matrix => [
  a[0] * b[0] + a[1] * b[2],
  a[0] * b[1] + a[1] * b[3],
  a[2] * b[0] + a[3] * b[2],
  a[2] * b[1] + a[3] * b[3],
  a[4] * b[0] + a[5] * b[2] + b[4],
  a[4] * b[1] + a[5] * b[3] + b[5],
];

function boxOf(matrix: Matrix, [left, bottom, right, top]: PdfRect): PdfRect {
  const corners = [
    [left, bottom],
    [right, bottom],
    [left, top],
    [right, top],
  ].map(([x, y]) => [
    matrix[0] * x! + matrix[2] * y! + matrix[4],
    matrix[1] * x! + matrix[3] * y! + matrix[5],
  ]);
  const [xs, ys] = [corners.map(([x]) => x!), corners.map(([, y]) => y!)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

const MAX_FORMS = 8;
const MAX_TEXTS = 20_000;
const FILLS: ReadonlySet<string> = new Set(['f', 'F', 'f*', 'B', 'B*', 'b', 'b*', 'sh']);
/** Half the size is the mean advance of a Latin letter, and of each of the two octets of a Chinese one. */
const ADVANCE = 0.5;

/** State that `q` keeps and `Q` brings back, with the text state. */
type State = { ctm: Matrix; size: number; leading: number; scale: number; hidden: boolean };

class ContentWalk {
  readonly findings: ContentFindings = { texts: [], opaque: false, pictures: false };
  readonly #view: PdfView;

  constructor(view: PdfView) {
    this.#view = view;
  }

  walk(data: Uint8Array, resources: PdfDict | undefined, from: { ctm: Matrix; depth: number }): void {
    const lexer = new PdfLexer(data);
    const saved: State[] = [];
    let state: State = { ctm: from.ctm, size: 0, leading: 0, scale: 1, hidden: false };
    let [text, line]: [Matrix, Matrix] = [IDENTITY, IDENTITY];
    let operands: PdfValue[] = [];
    const number = (i: number): number => {
      const value = operands[i];
      return typeof value === 'number' ? value : 0;
    };
    const matrix = (): Matrix => [number(0), number(1), number(2), number(3), number(4), number(5)];
    const move = (x: number, y: number): void => {
      line = times([1, 0, 0, 1, x, y], line);
      text = line;
    };
    const show = (value: PdfValue | undefined): void => {
      const items = isPdfArray(value) ? value.items : [value];
      const octets = items.reduce<number>(
        (sum, item) => sum + (isPdfString(item) ? item.bytes.length : 0),
        0,
      );
      if (octets === 0) return;
      const width = octets * ADVANCE * state.size * state.scale;
      const box = boxOf(times(text, state.ctm), [0, -0.2 * state.size, width, 0.8 * state.size]);
      if (!state.hidden && this.findings.texts.length < MAX_TEXTS) this.findings.texts.push(box);
      text = times([1, 0, 0, 1, width, 0], text);
    };
    const operators: Readonly<Record<string, () => void>> = {
      q: () => saved.push({ ...state }),
      Q: () => {
        state = saved.pop() ?? state;
      },
      cm: () => {
        state.ctm = times(matrix(), state.ctm);
      },
      BT: () => {
        [text, line] = [IDENTITY, IDENTITY];
      },
      Tf: () => {
        state.size = number(1);
      },
      TL: () => {
        state.leading = number(0);
      },
      // Mode 3 is the unseen text behind a scanned page (§9.3.6).
      Tr: () => {
        state.hidden = number(0) === 3;
      },
      Tz: () => {
        state.scale = number(0) / 100;
      },
      Td: () => move(number(0), number(1)),
      TD: () => {
        state.leading = -number(1);
        move(number(0), number(1));
      },
      Tm: () => {
        line = matrix();
        text = line;
      },
      'T*': () => move(0, -state.leading),
      Tj: () => show(operands[0]),
      TJ: () => show(operands[0]),
      "'": () => {
        move(0, -state.leading);
        show(operands[0]);
      },
      '"': () => {
        move(0, -state.leading);
        show(operands[2]);
      },
      Do: () => this.#draw(resources, operands[0], { ctm: state.ctm, depth: from.depth }),
      BI: () => {
        this.findings.opaque = true;
        this.findings.pictures = true;
        passInlineImage(lexer);
      },
    };
    for (;;) {
      lexer.skip();
      if (lexer.peek() === undefined) return;
      const operator = readOperator(lexer, operands, this.#view);
      if (operator === undefined) continue;
      if (FILLS.has(operator)) this.findings.opaque = true;
      operators[operator]?.();
      operands = [];
    }
  }

  #draw(
    resources: PdfDict | undefined,
    name: PdfValue | undefined,
    at: { ctm: Matrix; depth: number },
  ): void {
    const view = this.#view;
    const object = isPdfName(name) ? view.get(view.getDict(resources, 'XObject'), name.name) : null;
    if (!isPdfStream(object)) return;
    const kind = nameOf(view.get(object.dict, 'Subtype'));
    if (kind === 'Form') this.form(object, at, resources);
    else if (kind === 'Image') {
      this.findings.pictures = true;
      const masked = ['SMask', 'Mask', 'ImageMask'].some((key) => object.dict.entries.has(key));
      if (!masked) this.findings.opaque = true;
    }
  }

  form(form: PdfStream, at: { ctm: Matrix; depth: number }, inherited?: PdfDict): void {
    if (at.depth >= MAX_FORMS) return;
    const view = this.#view;
    const own = (view.getArray(form.dict, 'Matrix')?.items ?? []).map((item) => view.resolve(item));
    const matrix = own.length === 6 && own.every((item) => typeof item === 'number') ? own : IDENTITY;
    const resources = view.getDict(form.dict, 'Resources') ?? inherited;
    const ctm = times(matrix as unknown as Matrix, at.ctm);
    this.walk(view.decode(form), resources, { ctm, depth: at.depth + 1 });
  }
}

/** Reads one token: an operand is kept, an operator returned. */
function readOperator(lexer: PdfLexer, operands: PdfValue[], view: PdfView): string | undefined {
  const next = String.fromCharCode(lexer.peek()!);
  if (/[/(<[+\-.\d]/.test(next)) {
    operands.push(parseOperand(lexer, view));
    return undefined;
  }
  view.budget.spend('values', 1);
  const word = lexer.word();
  if (word === '') lexer.refuse('operator');
  if (word !== 'true' && word !== 'false' && word !== 'null') return word;
  operands.push(null);
  return undefined;
}

function parseOperand(lexer: PdfLexer, view: PdfView): PdfValue {
  const isNumber = /[+\-.\d]/.test(String.fromCharCode(lexer.peek()!));
  if (!isNumber) return parseValue(lexer, view.budget);
  view.budget.spend('values', 1);
  return lexer.atom();
}

/** `BI … ID data EI`: passes to behind the first EI that stands alone. */
function passInlineImage(lexer: PdfLexer): void {
  const found = /[\s\0]EI(?=[\s\0]|$)/.exec(lexer.ahead(1 << 20));
  lexer.at = found === null ? lexer.end : lexer.at + found.index + 3;
}

/** Runs until the end or the first thing that is no content; what was found until then stands. */
function tolerant(view: PdfView, run: (walk: ContentWalk) => void): ContentFindings {
  const walk = new ContentWalk(view);
  try {
    run(walk);
  } catch (error) {
    if (!(error instanceof CodedError) || error.code === 'PDF_LIMIT') throw error;
  }
  return walk.findings;
}

/** What a form XObject draws. @throws PDF_LIMIT */
export const readForm = (view: PdfView, form: PdfStream): ContentFindings =>
  tolerant(view, (walk) => walk.form(form, { ctm: IDENTITY, depth: 0 }));

/** What these content streams of a page draw, one after the other. @throws PDF_LIMIT */
export const readContent = (
  view: PdfView,
  streams: readonly PdfStream[],
  resources: PdfDict | undefined,
): ContentFindings =>
  tolerant(view, (walk) => {
    const parts = streams.map((stream) => view.decode(stream));
    const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length + 1, 0)).fill(0x20);
    parts.reduce((at, part) => {
      joined.set(part, at);
      return at + part.length + 1;
    }, 0);
    walk.walk(joined, resources, { ctm: IDENTITY, depth: 0 });
  });
