import type { Field } from '../field.ts';
import { choiceReader, choicesReader, referenceReader } from './choices.ts';
import { dateReader, yearReader } from './days.ts';
import {
  accountNumberReader,
  emailReader,
  idNumberReader,
  mobileReader,
  phoneReader,
  urlReader,
  usccReader,
} from './identifiers.ts';
import { filesReader, rowsReader } from './lists.ts';
import { booleanReader, countsReader, decimalReader, integerReader } from './numbers.ts';
import type { Reader } from './reader.ts';
import { textReader } from './text.ts';

/** The reader of a field, with everything that its declaration says prepared. */
export function readerOf(field: Field): Reader {
  switch (field.kind) {
    case 'text':
      return textReader(field);
    case 'uscc':
      return usccReader;
    case 'id-number':
      return idNumberReader(field.card);
    case 'mobile':
      return mobileReader;
    case 'phone':
      return phoneReader;
    case 'email':
      return emailReader;
    case 'url':
      return urlReader;
    case 'account-number':
      return accountNumberReader;
    case 'date':
      return dateReader(field);
    case 'year':
      return yearReader(field);
    case 'decimal':
      return decimalReader(field);
    case 'integer':
      return integerReader(field);
    case 'boolean':
      return booleanReader;
    case 'choice':
      return choiceReader(field);
    case 'choices':
      return choicesReader(field);
    case 'counts':
      return countsReader(field);
    case 'files':
      return filesReader(field);
    case 'reference':
      return referenceReader;
    case 'rows':
      return rowsReader(field);
  }
}
