import type { RecordType } from '@hufu/library';
import type { FieldCipher } from '../../../infra/privacy/field-cipher.ts';
import { marksSought } from './rows.ts';
import { createSealing } from './sealing.ts';

/** The marks that every record has whose personal title contains the text; none where titles are not personal. */
export const nameMarks = (cipher: FieldCipher, type: RecordType, text: string): readonly string[] =>
  marksSought({ sealing: createSealing(cipher) }, type, text) ?? [];
