import { type LifeCycle, NONE } from '../../engine/record-type.ts';
import { label } from './labels.ts';
import { EDITING, SAVE_DRAFT, SUBMIT, SUBMITTED } from './life-cycles.ts';

export const BASE_PAGE = label('主体信息', 'Entity information');

/**
 * Base information is saved in parts until it is complete (LIB-BASE-01, SM-ENTITY), and changed afterwards as a whole:
 * every change is a new version (LIB-BASE-05).
 */
export const baseInformation: LifeCycle = {
  states: [EDITING, SUBMITTED],
  events: [
    {
      name: 'save',
      button: label('保存', 'Save'),
      dialog: BASE_PAGE,
      confirm: SAVE_DRAFT,
      from: [NONE, EDITING.name],
      to: EDITING.name,
      by: ['primary'],
      takes: { values: true, complete: false },
    },
    {
      name: 'submit',
      button: SUBMIT,
      dialog: BASE_PAGE,
      confirm: SUBMIT,
      from: [NONE, EDITING.name],
      to: SUBMITTED.name,
      by: ['primary'],
      takes: { values: true, complete: true },
    },
    {
      name: 'change',
      button: label('修改信息', 'Edit information'),
      dialog: label('修改信息', 'Edit information'),
      confirm: SUBMIT,
      from: [SUBMITTED.name],
      to: SUBMITTED.name,
      by: ['primary'],
      takes: { values: true, complete: true },
    },
  ],
};
