import { AuthorityForm, DeskRole } from '@hufu/contracts';
import { type CertificateProfile, parseProfile } from '@hufu/pki';
import { z } from 'zod';
import type { Desk } from './features/desk/index.ts';
import type { Trust } from './features/trust/index.ts';

/**
 * What a configured installation begins with. Operators log in with certificates, so that the authorities that
 * issued these must be known from the start; every later one needs the word of two people.
 */
export const Foundation = z.strictObject({
  /** Two people at least: every dangerous step needs a second one. */
  operators: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(50),
        roles: z.array(DeskRole).min(1),
        /** DER, base64. */
        certificate: z.base64(),
      }),
    )
    .min(2),
  profiles: z.array(z.unknown()).default([]),
  authorities: z.array(AuthorityForm).default([]),
});
export type Foundation = z.infer<typeof Foundation>;

type Parts = { readonly desk: Desk; readonly trust: Trust };

/** @throws DESK_FORBIDDEN when somebody works at the desk already; what the trust feature refuses */
export async function foundInstallation(
  { desk, trust }: Parts,
  { operators, profiles, authorities }: Foundation,
): Promise<void> {
  const read: CertificateProfile[] = profiles.map(parseProfile);
  await desk.bootstrap(operators, async (tx) => {
    await trust.addProfiles(tx, read);
    for (const payload of authorities) {
      await trust.desk.recognise(tx, {
        actor: { kind: 'system' },
        reason: 'foundation of the installation',
        approvalId: 'foundation',
        subjectState: 'absent',
        payload,
      });
    }
  });
  await trust.changed();
}
