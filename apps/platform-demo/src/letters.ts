/** What a member seals before it may mirror its information (PLAT-011): each one by itself. */
export const LETTERS = { pledge: '诚信承诺书', notice: '平台使用告知书' } as const;
export type LetterName = keyof typeof LETTERS;

export type Letter = {
  /** The order at the hub; undefined before the first try. */
  readonly order: string | undefined;
  readonly sealedAt: string | undefined;
};
export type Letters = Readonly<Record<LetterName, Letter>>;

const UNSIGNED: Letter = { order: undefined, sealedAt: undefined };
export const UNSIGNED_LETTERS: Letters = { pledge: UNSIGNED, notice: UNSIGNED };

/** PLAT-012: one of them is not enough. */
export const areSealed = (letters: Letters): boolean =>
  Object.values(letters).every(({ sealedAt }) => sealedAt !== undefined);

export const isLetter = (name: string): name is LetterName => Object.hasOwn(LETTERS, name);
