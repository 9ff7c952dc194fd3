import { CodedError } from '@hufu/kernel';
import type { FastifyReply } from 'fastify';
import type { AccountRow } from '../accounts/account-store.ts';

/** Where somebody who has entered goes on: while the registration is unfinished, to base information (LIB-REG-10). */
export const landing = ({ state }: Pick<AccountRow, 'state'>): string =>
  state === 'ACTIVE' ? '/library/home' : '/library/base';

/** What a person can do something about; anything else is a fault of ours. */
const REFUSALS = /^(LIBRARY|CERTIFICATE|TRUST|HUB)_/;

/** Whoever comes by navigation is answered with a page: the right one, or the login page with the reason. */
export async function landingAfter(reply: FastifyReply, work: () => Promise<string>): Promise<FastifyReply> {
  try {
    return reply.redirect(await work(), 303);
  } catch (error) {
    if (!(error instanceof CodedError) || !REFUSALS.test(error.code)) throw error;
    return reply.redirect(`/library?${new URLSearchParams({ problem: error.code })}`, 303);
  }
}
