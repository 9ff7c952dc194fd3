export type Upgrade =
  | { readonly state: 'current'; readonly version: string }
  | {
      readonly state: 'available';
      readonly version: string;
      readonly url: string;
      readonly sha256: string;
    }
  | { readonly state: 'unknown' };
