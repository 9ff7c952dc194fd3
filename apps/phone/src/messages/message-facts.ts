import type { PhoneCertificateState, PhoneMessage, RaState } from '@hufu/contracts';

type Named = { readonly id: string; readonly name: string };

/** What turns the codes of a message into words of the reader's language. */
export type FactWords = {
  readonly orderStates: Readonly<Record<RaState, string>>;
  readonly certificateStates: Readonly<Record<PhoneCertificateState, string>>;
  readonly scopes: readonly Named[];
  readonly devices: readonly Named[];
  readonly day: (instant: string) => string;
  readonly comma: string;
};

/** A fact of a message by its name, in words; empty where the message has none. */
export function factReader(
  { kind, facts }: Pick<PhoneMessage, 'kind' | 'facts'>,
  words: FactWords,
): (name: string) => string {
  const plain = (name: string): string => String(facts[name] ?? '');
  const states: Readonly<Record<string, string>> =
    kind === 'ORDER' ? words.orderStates : words.certificateStates;
  const nameIn = (list: readonly Named[], id: string): string =>
    list.find((one) => one.id === id)?.name ?? id;
  return (name) => {
    switch (name) {
      case 'state':
        return states[plain('state')] ?? plain('state');
      case 'serial':
        return plain('serialNumber').slice(-8);
      case 'validTo':
        return plain('validTo') === '' ? '' : words.day(plain('validTo'));
      case 'scopes':
        return plain('scopes')
          .split(',')
          .map((scope) => nameIn(words.scopes, scope))
          .join(words.comma);
      case 'device':
        return plain('deviceName') || nameIn(words.devices, plain('deviceId'));
      default:
        return plain(name);
    }
  };
}
