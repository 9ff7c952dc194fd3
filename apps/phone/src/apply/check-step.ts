import type { RaFile, RaForm } from '@hufu/contracts';
import { CodedError, normaliseUscc, parseIdCard, usccProblem } from '@hufu/kernel';
import { type FormField, fieldsOf, type OrderShape, type StepId, slotsOf, stepsOf } from './steps.ts';

export type Fault =
  | 'missing'
  | 'usccLength'
  | 'usccCharacter'
  | 'usccCheck'
  | 'idForm'
  | 'idDate'
  | 'idCheck'
  | 'fileMissing';

/** Field or slot → what is wrong with it. */
export type Faults = Readonly<Record<string, Fault>>;

export type Filled = OrderShape & { readonly form: RaForm; readonly files: readonly Pick<RaFile, 'slot'>[] };

function usccFault(text: string): Fault | undefined {
  const problem = usccProblem(normaliseUscc(text));
  if (problem === undefined) return undefined;
  if (problem === 'USCC_LENGTH') return 'usccLength';
  return problem === 'USCC_CHARACTER' ? 'usccCharacter' : 'usccCheck';
}

function idFault(text: string, now: number): Fault | undefined {
  try {
    parseIdCard(text, now);
    return undefined;
  } catch (error) {
    const code = error instanceof CodedError ? error.code : '';
    if (code === 'ID_CARD_DATE') return 'idDate';
    return code === 'ID_CARD_CHECK' ? 'idCheck' : 'idForm';
  }
}

function fieldFault(field: FormField, form: RaForm, now: number): Fault | undefined {
  const value = form[field];
  if (typeof value === 'number') return value === 0 ? 'missing' : undefined;
  if (value.trim() === '') return 'missing';
  if (field === 'uscc') return usccFault(value);
  return field === 'legalRepIdNo' ? idFault(value, now) : undefined;
}

/**
 * What a step still lacks. The server judges in the end; this tells it beside the field, before anything is sent.
 * @param now milliseconds since the epoch
 */
export function checkStep(step: StepId, order: Filled, now: number): Faults {
  const faults: Record<string, Fault> = {};
  for (const field of fieldsOf(step, order)) {
    const fault = fieldFault(field, order.form, now);
    if (fault !== undefined) faults[field] = fault;
  }
  for (const { slot, required } of slotsOf(step, order.slots)) {
    if (required && !order.files.some((file) => file.slot === slot)) faults[slot] = 'fileMissing';
  }
  return faults;
}

/** The first step that lacks something; `submit` when nothing does. A draft is taken up there. */
export function firstOpenStep(order: Filled, now: number): StepId {
  return stepsOf(order).find((step) => Object.keys(checkStep(step, order, now)).length > 0) ?? 'submit';
}
