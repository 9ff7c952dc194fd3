import type { Label } from '../../engine/field.ts';
import type { RecordType } from '../../engine/record-type.ts';
import { label } from './labels.ts';
import { SUBMIT, submittedRecord } from './life-cycles.ts';

/**
 * What the five records of a person have in common (LIB-PERSON-03, -07 to -09, SM-PERSON): they belong to a submitted
 * person, have no draft, and are voided with reason and proof (OD-23).
 */
export function ofPerson(
  noun: Label,
): Pick<RecordType, 'label' | 'adding' | 'owner' | 'parent' | 'lifeCycle'> {
  return {
    label: noun,
    adding: { button: label('新增', 'Add'), dialog: noun },
    owner: 'organisation',
    parent: 'person',
    lifeCycle: submittedRecord({ noun, dialog: noun, confirm: SUBMIT }),
  };
}

/** Rows that hold for each of the five records of a person. */
export const SUB_RECORD_ROWS = [
  'LIB-PERSON-03',
  'LIB-PERSON-07',
  'LIB-PERSON-08',
  'LIB-PERSON-09',
  'SM-PERSON',
] as const;
