import type { Label } from '../../engine/field.ts';
import { type Event, type LifeCycle, NONE, type State } from '../../engine/record-type.ts';
import { label } from './labels.ts';

export const EDITING: State = { name: 'editing', label: label('编辑中', 'Draft'), tone: 'draft' };
export const SUBMITTED: State = {
  name: 'submitted',
  label: label('提交成功', 'Submitted'),
  tone: 'good',
  usable: true,
};
export const NORMAL: State = { name: 'normal', label: label('正常', 'Valid'), tone: 'good', usable: true };
export const VOIDED: State = { name: 'voided', label: label('作废', 'Voided'), tone: 'ended', ended: true };

const OK = label('确定', 'Confirm');
export const SAVE_DRAFT = label('保存', 'Save draft');
export const SUBMIT = label('提交', 'Submit');
export const SUBMIT_AT_ONCE = label('立即提交', 'Submit now');

/** 作废 with reason and proof, confirmed with 确定 (GEN-006). @param from states it is offered in */
export function voiding(noun: Label, from: readonly string[]): Event {
  return {
    name: 'void',
    button: label('作废', 'Void'),
    dialog: label(`「作废」${noun.zh}`, `Void ${noun.en}`),
    confirm: OK,
    from,
    to: VOIDED.name,
    by: ['primary'],
    needs: { reason: true, proof: true },
  };
}

/** 删除 of a draft, after a prompt (GEN-012). */
export function deleting(noun: Label): Event {
  return {
    name: 'delete',
    button: label('删除', 'Delete'),
    dialog: label(`「删除」${noun.zh}`, `Delete ${noun.en}`),
    confirm: OK,
    from: [EDITING.name],
    to: NONE,
    by: ['primary'],
  };
}

/**
 * SM-RECORD-A: a draft that may be deleted; once submitted it can only be voided (OD-17).
 * @param dialog title of the form of a draft
 */
export function draftedRecord({ noun, dialog }: { noun: Label; dialog: Label }): LifeCycle {
  return {
    states: [EDITING, SUBMITTED, VOIDED],
    events: [
      {
        name: 'save',
        button: label('编辑', 'Edit'),
        dialog,
        confirm: SAVE_DRAFT,
        from: [NONE, EDITING.name],
        to: EDITING.name,
        by: ['primary'],
        takes: { values: true, complete: false },
      },
      {
        name: 'submit',
        button: SUBMIT,
        dialog,
        confirm: SUBMIT,
        from: [NONE, EDITING.name],
        to: SUBMITTED.name,
        by: ['primary'],
        takes: { values: true, complete: true },
      },
      deleting(noun),
      voiding(noun, [SUBMITTED.name]),
    ],
  };
}

/** SM-RECORD-B: no draft and no deletion. @param confirm 提交, or 立即提交 where the manual has it */
export function submittedRecord({
  noun,
  dialog,
  confirm,
}: {
  noun: Label;
  dialog: Label;
  confirm: Label;
}): LifeCycle {
  return {
    states: [SUBMITTED, VOIDED],
    events: [
      {
        name: 'submit',
        button: confirm,
        dialog,
        confirm,
        from: [NONE],
        to: SUBMITTED.name,
        by: ['primary'],
        takes: { values: true, complete: true },
      },
      voiding(noun, [SUBMITTED.name]),
    ],
  };
}
