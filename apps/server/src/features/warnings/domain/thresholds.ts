import { addDays, type LocalDate } from '@hufu/kernel';

/** Days before the end of a paper on which people are told. */
const DAYS = [15, 30, 60] as const;
/** Papers that ended while nobody could tell are told of for a week. */
const TOLD_AFTER = 7;

export type Threshold = (typeof DAYS)[number] | 'ended';

/** Both inclusive. */
export const watchedDays = (today: LocalDate): { readonly from: LocalDate; readonly to: LocalDate } => ({
  from: addDays(today, -TOLD_AFTER),
  to: addDays(today, Math.max(...DAYS)),
});

/** The nearest of the thresholds that has been reached; undefined for what is further away. */
export function thresholdOf(today: LocalDate, expiresOn: LocalDate): Threshold | undefined {
  if (expiresOn < today) return 'ended';
  return DAYS.find((days) => expiresOn <= addDays(today, days));
}
