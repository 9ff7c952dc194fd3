import type { HalfUsage } from './messages.ts';
import type { StretchCost } from './ports.ts';

/** A PIN as typed, or what it was stretched to (kept behind the device's biometrics). */
export type PinEntry = string | Uint8Array;

export type Opening = {
  readonly halfId: string;
  readonly pin: PinEntry;
};

/** Salt and cost shared by halves that are opened with one PIN entry: a certificate's two keys. */
export type PinSetting = { readonly salt: Uint8Array; readonly cost: StretchCost };

export type EnrolledHalf = { readonly halfId: string; readonly publicKey: Uint8Array };

export type Parcel = {
  /** The half that the vault has made for the receiver. */
  readonly halfId: string;
  readonly usage: HalfUsage;
  /** The sender's fresh agreement key. */
  readonly senderKey: Uint8Array;
  readonly iv: Uint8Array;
  readonly sealed: Uint8Array;
};

/** The device's engine over all halves in its store. Every method may reject with a code of `PHONE_KEY_ERRORS`. */
export type PhoneKey = {
  /** Makes a key in two halves. @throws PHONE_PIN_POLICY */
  enrol(options: {
    readonly pin: PinEntry;
    readonly usage: HalfUsage;
    readonly setting?: PinSetting;
  }): Promise<EnrolledHalf>;
  /** A fresh setting for halves that will share a PIN entry. */
  newSetting(): PinSetting;
  /** For biometrics: what the PIN is stretched to; serves as `pin` of every half with the same setting. */
  stretchPin(pin: string, setting: PinSetting): Promise<Uint8Array>;
  settingOf(halfId: string): Promise<PinSetting>;
  /** SM2 signatures (DER) over the messages, ID 1234567812345678, under one PIN. */
  signAll(
    use: Opening & { readonly order: string; readonly messages: readonly Uint8Array[] },
  ): Promise<Uint8Array[]>;
  /** Plaintexts of SM2Cipher DERs, under one PIN. */
  decryptAll(
    use: Opening & { readonly order: string; readonly ciphertexts: readonly Uint8Array[] },
  ): Promise<Uint8Array[]>;
  /** Opens SM2Cipher DERs and encrypts the same plaintexts to another public key (04 ‖ x ‖ y). */
  rewrap(
    use: Opening & {
      readonly order: string;
      readonly ciphertexts: readonly Uint8Array[];
      readonly recipient: Uint8Array;
    },
  ): Promise<Uint8Array[]>;
  /** New halves, same key, same PIN. */
  refresh(opening: Opening): Promise<void>;
  /** New halves and a new PIN (same salt). */
  changePin(opening: Opening & { readonly newPin: PinEntry }): Promise<void>;
  /** A parcel for another device, whose keys the holders have compared (`safetyCode`). */
  offer(opening: Opening & { readonly receiver: ReceiverKeys }): Promise<Parcel>;
  accept(options: {
    readonly parcel: Parcel;
    readonly pin: PinEntry;
    readonly setting?: PinSetting;
  }): Promise<EnrolledHalf>;
  /** Destroys both sides' halves. */
  forget(halfId: string): Promise<void>;
};

export type ReceiverKeys = { readonly signingKey: Uint8Array; readonly agreementKey: Uint8Array };
