import type { RaErrorCode, RaPaymentState } from '@hufu/contracts';
import type { StateTable } from '../../../infra/state-table.ts';

export type PaymentEvent = 'paid' | 'expired' | 'closed' | 'refund' | 'refunded';

/**
 * Life of one payment. Money that arrives late has arrived: an expired or closed payment becomes PAID when the provider
 * says so, and the order decides whether it is of use or goes back. What is told twice changes nothing.
 */
export const PAYMENT_STATES: StateTable<RaPaymentState, PaymentEvent, unknown, RaErrorCode> = {
  unlisted: 'RA_PAYMENT_STATE',
  rows: [
    { from: ['CREATED', 'EXPIRED', 'CLOSED'], event: 'paid', guards: [], to: 'PAID' },
    { from: ['PAID', 'REFUNDING', 'REFUNDED'], event: 'paid', guards: [], to: 'same' },
    { from: ['CREATED'], event: 'expired', guards: [], to: 'EXPIRED' },
    { from: ['CREATED'], event: 'closed', guards: [], to: 'CLOSED' },
    { from: ['EXPIRED', 'CLOSED'], event: 'expired', guards: [], to: 'same' },
    { from: ['EXPIRED', 'CLOSED'], event: 'closed', guards: [], to: 'same' },
    { from: ['PAID'], event: 'refund', guards: [], to: 'REFUNDING' },
    { from: ['REFUNDING', 'REFUNDED'], event: 'refund', guards: [], to: 'same' },
    { from: ['PAID', 'REFUNDING', 'REFUNDED'], event: 'refunded', guards: [], to: 'REFUNDED' },
  ],
};
