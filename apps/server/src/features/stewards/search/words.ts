/** A search, as the store is asked for it. */
export type Words = {
  /** All of it without spaces: for what is equal, or begins so. */
  readonly whole: string;
  readonly words: readonly string[];
  /** Pairs of characters that narrow the search; none where every word is common. */
  readonly pairs: readonly string[];
};

/** In so many names that their pairs would fetch half the table; the pattern alone then ends sooner. */
const COMMON = [
  '有限责任公司',
  '股份有限公司',
  '有限公司',
  '分公司',
  '公司',
  '集团',
  '科技',
  '工程',
  '建设',
  '建筑',
  '项目',
  '施工',
  '中国',
];

const MOST_WORDS = 8;

/** As `library_norm` writes what is searched in. */
const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, '');

function pairsOf(word: string): string[] {
  const letters = [...word];
  return letters.slice(1).map((letter, at) => letters[at]! + letter);
}

/** What stands beside the common words; a common word is cut out, so that no pair reaches across it. */
const rareParts = (word: string): string[] =>
  COMMON.reduce<string[]>((parts, common) => parts.flatMap((part) => part.split(common)), [word]);

export function wordsOf(text: string): Words {
  const words = text
    .normalize('NFKC')
    .split(/\s+/u)
    .map(plain)
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS);
  const pairs = new Set(words.flatMap((word) => rareParts(word).flatMap(pairsOf)));
  return { whole: plain(text), words, pairs: [...pairs] };
}
