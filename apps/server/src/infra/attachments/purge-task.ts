import { type Clock, DAY_MS } from '@hufu/kernel';
import type { Feature } from '../feature.ts';
import type { PeriodicTask } from '../schedule/schedule.ts';
import type { Attachments } from './attachments.ts';

/** What nothing refers to a day after it came: uploads of forms that were refused, and uploads that broke off. */
export const purgeTask = (
  { attachments, clock }: { readonly attachments: Attachments; readonly clock: Clock },
  features: readonly Feature[],
): PeriodicTask => ({
  name: 'purge-attachments',
  // It looks at every file of the store.
  everySeconds: 6 * 3600,
  longestSeconds: 6 * 3600,
  run: () =>
    attachments.purge({
      before: clock.now() - DAY_MS,
      async held(sha256) {
        const answers = await Promise.all(features.map((one) => one.heldAttachments?.(sha256) ?? []));
        return new Set(answers.flat());
      },
    }),
});
