import { describe, expect, test, vi } from 'vitest';
import { drawRoundSeal, drawSquareSeal, openOutlineFont, type RoundSealSpec } from '../../src/index.ts';
import { notoSealFont, rasteriseSeal, readNotoSerif, subsetTextFont } from '../../src/node/index.ts';
import { readPng } from '../../src/pades/png.ts';
import { codeOf } from '../support/codes.ts';

// Pixels take long when the machine is busy.
vi.setConfig({ testTimeout: 30_000 });

const font = notoSealFont();
const CODE = '4401060000123';
const NAMES: Readonly<Record<number, string>> = {
  4: '虎符科技',
  8: '广州虎符有限公司',
  15: '某某市第一建设工程集团有限公司',
  31: '广东省粤港澳大湾区公共资源交易中心综合服务平台运营管理有限公司',
};

type Box = readonly [left: number, top: number, right: number, bottom: number];

/** Where a drawing has ink; places in mm from the upper left corner. */
function inkOf(svg: string, side: number) {
  const { rgba, width } = readPng(rasteriseSeal(svg, side === 40 ? 320 : 160).png);
  const dots = width / side;
  const inked = (column: number, row: number): boolean => rgba[4 * (row * width + column) + 3]! > 127;
  return {
    at: (x: number, y: number) => inked(Math.floor(x * dots), Math.floor(y * dots)),
    /** Square millimetres of ink in a box. */
    area([left, top, right, bottom]: Box): number {
      let count = 0;
      for (let row = Math.ceil(top * dots); row < bottom * dots; row++) {
        for (let column = Math.ceil(left * dots); column < right * dots; column++) {
          if (inked(column, row)) count++;
        }
      }
      return count / dots ** 2;
    },
  };
}

describe('B.2 round seal of an enterprise', () => {
  test('40 mm with its rim, star, name on the upper arc, kind and code', () => {
    const svg = drawRoundSeal({ name: NAMES[15]!, code: CODE, kind: '投标专用章' }, font);
    expect(svg).toMatch(/^<svg [^>]*width="40mm" height="40mm" viewBox="0 0 40 40"/);
    const ink = inkOf(svg, 40);
    // Rim 1.2 mm wide, then a gap all around.
    for (const degrees of [0, 45, 90, 135, 180, 225, 270, 315]) {
      const at = (radius: number) =>
        [
          20 + radius * Math.sin((degrees * Math.PI) / 180),
          20 - radius * Math.cos((degrees * Math.PI) / 180),
        ] as const;
      expect([ink.at(...at(19.9)), ink.at(...at(18.95)), ink.at(...at(18.4))]).toEqual([true, true, false]);
    }
    // Star: its points, and the notch between two of them.
    expect([ink.at(20, 13.5), ink.at(20, 20), ink.at(20, 12.7), ink.at(20, 26)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(ink.area([10, 27.5, 30, 32.5])).toBeGreaterThan(15);
    expect(ink.area([12, 34, 28, 38])).toBeGreaterThan(3);
  });

  test.each(Object.entries(NAMES))(
    'a name of %s characters stands symmetrically on its arc',
    (length, name) => {
      const ink = inkOf(drawRoundSeal({ name }, font), 40);
      const [left, right] = [ink.area([1.5, 1.5, 20, 30]), ink.area([20, 1.5, 38.5, 30])];
      expect([...name]).toHaveLength(Number(length));
      expect(Math.abs(left - right) / (left + right)).toBeLessThan(0.13);
    },
  );

  test.each(Object.entries(NAMES))('of %s characters none covers its neighbour', (_length, name) => {
    const area = (svg: string) => inkOf(svg, 40).area([0, 0, 40, 40]);
    const some = (rest: number) => [...name].map((character, i) => (i % 2 === rest ? character : '\u3000'));
    const [whole, even, odd] = [[...name], some(0), some(1)].map((characters) =>
      drawRoundSeal({ name: characters.join('') }, font),
    );
    const bare = area(whole!.replaceAll(/<path[^>]*>/g, ''));
    const [all, apart] = [area(whole!) - bare, area(even!) + area(odd!) - 2 * bare];
    expect((apart - all) / all).toBeLessThan(0.01);
  });

  test('the same data give the same drawing and the same octets', () => {
    const spec: RoundSealSpec = { name: NAMES[8]!, code: CODE, kind: '合同专用章' };
    const [one, two] = [drawRoundSeal(spec, font), drawRoundSeal(spec, openOutlineFont(readNotoSerif(700)))];
    expect(one).toBe(two);
    const [first, second] = [rasteriseSeal(one), rasteriseSeal(two)];
    expect([first.width, first.height]).toEqual([640, 640]);
    expect(first.sha256).toBe(second.sha256);
    expect(first.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test('nothing in a name becomes part of the drawing but its outlines', () => {
    const svg = drawRoundSeal({ name: '</title><script>&"\'' }, font);
    expect(svg).toContain('<title>&lt;/title&gt;&lt;script&gt;&amp;&quot;&#39;</title>');
    expect(svg).not.toContain('<script');
    expect(svg).not.toContain('<text');
  });

  test('a sample is marked across: the mark covers the middle of the seal', () => {
    const spec = { name: NAMES[8]!, code: CODE };
    const [real, sample] = [drawRoundSeal(spec, font), drawRoundSeal({ ...spec, sample: true }, font)];
    expect(sample).not.toBe(real);
    const { rgba, width } = readPng(rasteriseSeal(sample).png);
    const centre = 4 * (Math.floor(width / 2) * width + Math.floor(width / 2));
    expect([...rgba.subarray(centre, centre + 3)].every((channel) => channel > 200)).toBe(true);
  });
});

describe('B.2 square seal of a legal representative', () => {
  /** Where ink stands in a 2 × 2 seal: upper right, lower right, upper left, lower left. */
  const quarters = (svg: string): number[] => {
    const ink = inkOf(svg, 20);
    const boxes: Box[] = [
      [10, 2, 18, 10],
      [10, 10, 18, 18],
      [2, 2, 10, 10],
      [2, 10, 10, 18],
    ];
    return boxes.map(ink.area);
  };

  test.each([
    ['张三', '张三之印'],
    ['王小明', '王小明印'],
  ])('%s reads %s from right to left', (name, whole) => {
    const svg = drawSquareSeal({ name }, font);
    expect(svg.replace(/<title>.*<\/title>/, '')).toBe(
      drawSquareSeal({ name: whole }, font).replace(/<title>.*<\/title>/, ''),
    );
    expect(svg).toMatch(/^<svg [^>]*width="20mm" height="20mm" viewBox="0 0 20 20"/);
  });

  test('the first character stands at the upper right, the third at the upper left', () => {
    const dense = (name: string) => quarters(drawSquareSeal({ name }, font));
    const order = ['龘一一一', '一龘一一', '一一龘一', '一一一龘'].map((name) => {
      const ink = dense(name.replace('龘', '囊'));
      return ink.indexOf(Math.max(...ink));
    });
    expect(order).toEqual([0, 1, 2, 3]);
  });

  test.each(['买买提江山', '阿不都热合曼·买买提', '古丽米热阿布都热依木江'])(
    '%s fills its square',
    (name) => {
      const ink = quarters(drawSquareSeal({ name }, font));
      expect(Math.min(...ink)).toBeGreaterThan(8);
    },
  );
});

describe('what cannot be cut is refused', () => {
  const draw = (spec: RoundSealSpec) => codeOf(() => drawRoundSeal(spec, font));

  test.each([
    ['no name', { name: ' ' }],
    ['a name beyond 40 characters', { name: '长'.repeat(41) }],
    ['a control character', { name: '虎\u202e符' }],
    ['half a character', { name: '虎\ud840' }],
    ['a code that is not 13 digits', { name: '虎符', code: '123' }],
    ['an empty kind', { name: '虎符', kind: '' }],
    ['a kind beyond 10 characters', { name: '虎符', kind: '章'.repeat(11) }],
  ])('SIGN-012 %s', async (_what, spec) => {
    expect(await draw(spec)).toBe('PICTURE_TEXT');
  });

  test('B.6 a character that the font lacks is never drawn as an empty box, nor named in the refusal', async () => {
    const rare = '\u{30EDE}';
    expect(await draw({ name: `虎符${rare}` })).toBe('PICTURE_GLYPH_MISSING');
    expect(await codeOf(() => drawSquareSeal({ name: `张${rare}` }, font))).toBe('PICTURE_GLYPH_MISSING');
    try {
      drawRoundSeal({ name: rare }, font);
    } catch (error) {
      expect(JSON.stringify(error)).not.toContain(rare);
    }
  });

  test.each(['', '张', '名'.repeat(21)])('a square seal for %j', async (name) => {
    expect(await codeOf(() => drawSquareSeal({ name }, font))).toBe('PICTURE_TEXT');
  });

  test('a file that is no font, and a drawing that would need one', async () => {
    expect(await codeOf(() => openOutlineFont(new Uint8Array(100)))).toBe('SEALING_FONT');
    expect(
      await codeOf(() => rasteriseSeal('<svg xmlns="http://www.w3.org/2000/svg"><text>x</text></svg>')),
    ).toBe('PICTURE_RASTER');
    expect(await codeOf(() => rasteriseSeal('nothing'))).toBe('PICTURE_RASTER');
  });
});

describe('subset fonts for the lines under a seal', () => {
  const whole = readNotoSerif(400);

  test('the subset draws the same outlines in a fraction of the size', async () => {
    const text = '签章时间：2026-11-20 虎符';
    const subset = await subsetTextFont(text, whole);
    expect(subset.length).toBeLessThan(20_000);
    const [small, large] = [openOutlineFont(subset), openOutlineFont(whole)];
    for (const character of text) {
      expect(small.glyph(character)?.contours).toEqual(large.glyph(character)?.contours);
    }
    expect(small.glyph('章')).toBeDefined();
    expect(small.glyph('印')).toBeUndefined();
  });

  test('B.6 text with a character that the font lacks is refused', async () => {
    expect(await codeOf(() => subsetTextFont('虎\u{30EDE}', whole))).toBe('PICTURE_GLYPH_MISSING');
    expect(await codeOf(() => subsetTextFont('虎\ud840', whole))).toBe('PICTURE_TEXT');
  });
});
