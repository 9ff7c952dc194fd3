import type { DriverKey, DriverToken } from '../token-driver.ts';

/** What the driver asks of the process that holds the module, and what comes back. Passed by structured clone. */
export type HostOperations = {
  tokens: { ask: Record<never, never>; answer: readonly DriverToken[] };
  keys: { ask: { tokenRef: string }; answer: readonly DriverKey[] };
  open: { ask: { tokenRef: string; pin: string }; answer: { session: number } };
  sign: { ask: { session: number; keyRef: string; message: Uint8Array }; answer: Uint8Array };
  close: { ask: { session: number }; answer: undefined };
};

export type HostOperation = keyof HostOperations;

export type HostRequest = {
  [Name in HostOperation]: { id: number; operation: Name; ask: HostOperations[Name]['ask'] };
}[HostOperation];

export type HostAnswer =
  | { readonly id: number; readonly value: unknown }
  | {
      readonly id: number;
      readonly code: string;
      readonly fields: Readonly<Record<string, string | number>>;
    };

/** Sent once: the module is loaded, or why it is not. */
export type HostGreeting = { readonly ready: boolean };
