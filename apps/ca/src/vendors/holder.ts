import type { HolderKind } from '@hufu/pki';

/** Whom a certificate is issued to. */
export type Holder = {
  readonly kind: HolderKind;
  /** 统一社会信用代码, 18 characters. */
  readonly uscc: string | undefined;
  readonly unitName: string | undefined;
  readonly personName: string | undefined;
  /** 公民身份号码 of an individual, where the vendor writes it into certificates. */
  readonly personIdNo?: string | undefined;
  /** 证书Key号: given again at renewal, so that it survives it (OD-40). */
  readonly keyNo: string;
  /** 介质硬件号, when the vendor writes it into certificates. */
  readonly mediumNo: string | undefined;
  /** Delivered into a phone instead of a lock. */
  readonly onPhone?: boolean;
};

export type VendorId = 'a' | 'b' | 'c';
