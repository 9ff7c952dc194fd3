/** What a provider says of one payment. */
export type PaymentReport = {
  /** Our id of the payment. */
  readonly order: string;
  readonly state: 'CREATED' | 'PAID' | 'EXPIRED' | 'CLOSED' | 'REFUNDED';
  /** 分. */
  readonly amount: number;
  /** When it came into this state. */
  readonly at: Date;
};

/** A message that the provider sent by itself. */
export type PaymentNotice = PaymentReport & {
  /** Of the provider; the same at each delivery. */
  readonly eventId: string;
};

export type PaymentAsked = {
  readonly order: string;
  /** 分. */
  readonly amount: number;
  /** For the payer; no personal data. */
  readonly subject: string;
  readonly expiresAt: Date;
  /** Where the payer comes back to. */
  readonly returnUrl: string;
};

/** Somebody who takes money (CA-024). Every method may be repeated. @throws RA_PAYMENT_SILENT */
export type PaymentProvider = {
  /** @returns where the payer goes */
  create(asked: PaymentAsked): Promise<{ readonly payUrl: string }>;
  /** Undefined: the provider does not know it. */
  query(order: string): Promise<PaymentReport | undefined>;
  /** Closes one that is not paid; the answer may be that it is. */
  close(order: string): Promise<PaymentReport | undefined>;
  refund(asked: {
    readonly order: string;
    readonly amount: number;
    readonly reason: string;
  }): Promise<PaymentReport | undefined>;
  /** @throws RA_PAYMENT_FORGED */
  readNotice(message: {
    readonly path: string;
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
    readonly body: Uint8Array;
  }): PaymentNotice;
};
