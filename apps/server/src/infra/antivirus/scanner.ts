/** What a scanner says of a content. */
export type ScanVerdict =
  | { readonly status: 'clean' }
  /** `finding`: the scanner's name for it. */
  | { readonly status: 'infected'; readonly finding: string }
  | { readonly status: 'indeterminate'; readonly reason: string };

export type Scanner = { scan(bytes: Uint8Array): Promise<ScanVerdict> };
