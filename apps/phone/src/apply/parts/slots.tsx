import { SlotField } from '../pictures/slot-field.tsx';
import type { StepId } from '../steps.ts';
import { slotsOf } from '../steps.ts';
import type { StepProps } from './step-props.ts';

/** What a step asks to hand in. */
export function Slots({ step, order, errors }: StepProps & { step: StepId }) {
  return slotsOf(step, order.slots).map((slot) => (
    <SlotField key={slot.slot} order={order} slot={slot} error={errors[slot.slot]} />
  ));
}
