import { z } from 'zod';
import { infraError } from '../errors.ts';

const address = z
  .url({ protocol: /^https?$/ })
  .transform((text) => text.replace(/\/+$/, ''))
  .optional();

/** Who issues certificates that are applied for here, and who takes the fees. */
export const COUNTER_SETTINGS = {
  HUFU_RA_AUTHORITIES: {
    schema: z.string().min(1).optional(),
    secret: true,
    about:
      'JSON file with the authorities that issue through this installation: [{"id": "…", "url": "https://ca.example", "token": "…"}], each with the id under which it is registered, the address of its administration and the token for it. Readable by the server alone. Without it nothing can be applied for.',
  },
  HUFU_PAYMENT_URL: {
    schema: address,
    about:
      'Payment provider for certificate fees (docs/payment-provider.md). Together with HUFU_PAYMENT_MERCHANT and HUFU_PAYMENT_SECRET. Without them an order that costs something cannot be paid.',
  },
  HUFU_PAYMENT_MERCHANT: {
    schema: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,64}$/)
      .optional(),
    about: 'This installation’s number at the payment provider.',
  },
  HUFU_PAYMENT_SECRET: {
    schema: z.string().min(16).optional(),
    secret: true,
    about: 'Key with which both sides sign what they send.',
  },
} as const;

type Values = {
  readonly [Name in keyof typeof COUNTER_SETTINGS]: z.output<(typeof COUNTER_SETTINGS)[Name]['schema']>;
};

export type PaymentConfig = {
  /** No slash at the end. */
  readonly url: string;
  readonly merchant: string;
  readonly secret: string;
};

/** @throws CONFIG_INVALID */
export function paymentsOf(values: Values): PaymentConfig | undefined {
  const { HUFU_PAYMENT_URL: url, HUFU_PAYMENT_MERCHANT: merchant, HUFU_PAYMENT_SECRET: secret } = values;
  if (url === undefined && merchant === undefined && secret === undefined) return undefined;
  if (url === undefined || merchant === undefined || secret === undefined) {
    throw infraError('CONFIG_INVALID', {
      wrong: ['HUFU_PAYMENT_URL, HUFU_PAYMENT_MERCHANT, HUFU_PAYMENT_SECRET: all of them or none'],
    });
  }
  return { url, merchant, secret };
}
