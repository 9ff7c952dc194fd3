import { addDays, idCardCheckDigit, organisationCheckCharacter, usccCheckCharacter } from '@hufu/kernel';
import type { Dice } from './random.ts';

const DIGITS = '0123456789';
const REGIONS = ['320102', '320106', '320505', '150102', '150105', '320312', '150203'];

/** A valid unified social credit code that looks like one of an enterprise. */
export function exampleUscc(dice: Dice): string {
  const organisation = `MA${dice.text('0123456789ABCDEFGHJKLMNPQRTUWXY', 6)}`;
  const first17 = `91${dice.pick(REGIONS)}${organisation}${organisationCheckCharacter(organisation)}`;
  return first17 + usccCheckCharacter(first17);
}

/** A valid citizen identity number; who bears it is nobody's business: it is drawn. */
export function exampleIdCard(dice: Dice): string {
  const born = addDays('1962-01-01', dice.whole(0, 14_000)).replaceAll('-', '');
  const first17 = `${dice.pick(REGIONS)}${born}${dice.text(DIGITS, 3)}`;
  return first17 + idCardCheckDigit(first17);
}

export const exampleMobile = (dice: Dice): string =>
  `1${dice.pick(['38', '39', '50', '77', '86', '99'])}${dice.text(DIGITS, 8)}`;

export const examplePhone = (dice: Dice): string => `025-8${dice.text(DIGITS, 7)}`;

export const exampleAccount = (dice: Dice): string => `62${dice.text(DIGITS, 17)}`;
