import { type Attack, BYTE_RANGE, CONTENTS, type Originals, patch, refused, replacePage } from './attack.ts';

/** Universal signature forgery (Mladenov et al. 2019): the value or the range is disabled, so that nothing is verified. */
const contents = (name: string, by: (match: string) => string): Attack[] =>
  [
    ['', (pdf: Uint8Array) => pdf],
    [' and other content', replacePage],
  ].map(([suffix, after]) =>
    refused(
      `${name}${suffix as string}`,
      ['SIG_CONTENTS', 'SIG_GAP', 'SIG_CMS', 'SIG_BYTE_RANGE'],
      ({ signed }: Originals) => (after as (pdf: Uint8Array) => Uint8Array)(patch(signed, CONTENTS, by)),
    ),
  );

const byteRange = (name: string, by: (match: string) => string): Attack[] =>
  [
    ['', (pdf: Uint8Array) => pdf],
    [' and other content', replacePage],
  ].map(([suffix, after]) =>
    refused(
      `${name}${suffix as string}`,
      ['SIG_BYTE_RANGE', 'SIG_GAP', 'SIG_REVISION_END'],
      ({ signed }: Originals) => (after as (pdf: Uint8Array) => Uint8Array)(patch(signed, BYTE_RANGE, by)),
    ),
  );

const inRange = (values: (numbers: readonly number[]) => readonly (number | string)[]) => (match: string) =>
  `/ByteRange [${values(match.match(/\d+/g)!.map(Number)).join(' ')}]`;

export const universalForgery: readonly Attack[] = [
  ...contents('Contents is missing', () => ''),
  ...contents('Contents is null', () => '/Contents null'),
  ...contents('Contents is empty', () => '/Contents <>'),
  ...contents('Contents is one zero', () => '/Contents <00>'),
  ...contents('Contents is all zeros', (match) =>
    match.replace(/[0-9a-f]{2}/g, (hex, at: number) => (at < 11 ? hex : '00')),
  ),
  ...contents('Contents is a literal string', () => '/Contents (0)'),
  ...contents('Contents is a number', () => '/Contents 0'),
  ...contents('Contents is a reference', () => '/Contents 11 0 R'),
  ...contents(
    'Contents is an empty sequence',
    (match) => `${match.slice(0, 11)}3000${'00'.repeat((match.length - 16) / 2)}>`,
  ),
  ...byteRange('ByteRange is missing', () => ''),
  ...byteRange('ByteRange is null', () => '/ByteRange null'),
  ...byteRange('ByteRange is empty', () => '/ByteRange []'),
  ...byteRange(
    'ByteRange is all zeros',
    inRange(() => [0, 0, 0, 0]),
  ),
  ...byteRange(
    'ByteRange has two numbers',
    inRange(([a, b]) => [a!, b!]),
  ),
  ...byteRange(
    'ByteRange has three numbers',
    inRange(([a, b, c]) => [a!, b!, c!]),
  ),
  ...byteRange(
    'ByteRange begins below zero',
    inRange(([, b, c, d]) => [-1, b!, c!, d!]),
  ),
  ...byteRange(
    'ByteRange ends below zero',
    inRange(([a, b, c, d]) => [a!, b!, c!, -d!]),
  ),
  ...byteRange(
    'ByteRange has a negative gap',
    inRange(([a, b, , d]) => [a!, b!, 1, d!]),
  ),
  ...byteRange(
    'ByteRange begins later',
    inRange(([, b, c, d]) => [5, b! - 5, c!, d!]),
  ),
  ...byteRange(
    'ByteRange is beyond the file',
    inRange(([a, b, c, d]) => [a!, b!, c!, d! + 1e6]),
  ),
  ...byteRange(
    'ByteRange has real numbers',
    inRange(([a, b, c, d]) => [a!, `${b!}.5`, c!, d!]),
  ),
  ...byteRange(
    'ByteRange has names',
    inRange(() => ['/a', '/b', '/c', '/d']),
  ),
  ...byteRange(
    'ByteRange is short',
    inRange(([a, b, c, d]) => [a!, b!, c!, d! - 20]),
  ),
  ...byteRange(
    'ByteRange covers its own value',
    inRange(([a, , c, d]) => [a!, c!, c!, d!]),
  ),
];
