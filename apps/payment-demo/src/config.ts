import { z } from 'zod';

/** Everything that the provider's operator sets. */
export const PaymentConfig = z.object({
  port: z.coerce.number().int().min(0).max(65_535),
  /** By which payers reach it; no slash at the end. */
  baseUrl: z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, '')),
  /** Folder of its book. */
  dataDir: z.string().min(1),
  /** The one merchant. */
  merchant: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  secret: z.string().min(16),
  /** Where notices and payers may be sent: the merchant's own address. */
  merchantOrigin: z.url({ protocol: /^https?$/ }).transform((text) => new URL(text).origin),
});
export type PaymentConfig = z.infer<typeof PaymentConfig>;

/** Reads PAYMENT_* from the environment. @throws ZodError naming what is missing */
export const readConfig = (env: Readonly<Record<string, string | undefined>>): PaymentConfig =>
  PaymentConfig.parse({
    port: env['PAYMENT_PORT'],
    baseUrl: env['PAYMENT_BASE_URL'],
    dataDir: env['PAYMENT_DATA'],
    merchant: env['PAYMENT_MERCHANT'],
    secret: env['PAYMENT_SECRET'],
    merchantOrigin: env['PAYMENT_MERCHANT_ORIGIN'],
  });
