import { z } from 'zod';

/**
 * What a device and the vault say to each other. The web server between them relays these messages, reads what is to
 * be signed or opened, and can use no key.
 *
 * A device's message travels as `{body, signature}`: the body is the JSON text of one of the schemas below, the
 * signature is the device's (P-256, SHA-256) over the bytes of `HUFU-HALF-V1\n` and the body. What was signed is what
 * is parsed: there is no second encoding. Bytes are padded base64; points 04 ‖ x ‖ y; scalars 32 bytes, big-endian.
 *
 * **Epochs.** What opens a half (its number, PIN and share) has an epoch. Enrolment makes epoch 1, `renew` the next;
 * an epoch is pending until the device has said by `confirm` that it has stored its side, and only then is the one
 * before erased. A run that breaks off anywhere leaves both sides on the same epoch.
 *
 * **Ratchet.** Every answer to a request with a PIN holds a fresh token that the next one must show. A device that
 * never got the answer shows the token before, once more, and the unused one dies. Any older token means that two
 * copies of the device exist: the half freezes (PHONE_CLONED).
 */
const base64 = (bytes: { readonly min: number; readonly max: number }) =>
  z
    .string()
    .min(Math.ceil(bytes.min / 3) * 4)
    .max(Math.ceil(bytes.max / 3) * 4)
    .regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/)
    .refine((text) => {
      const length = (text.length / 4) * 3 - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0);
      return length >= bytes.min && length <= bytes.max;
    });

const fixed = (length: number) => base64({ min: length, max: length });

export const pointText = fixed(65);
const scalarText = fixed(32);
const digestText = fixed(32);
const tokenText = fixed(32);
const proofText = fixed(64);

/** The vault's name for one half. */
export const halfIdText = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/);

export const HALF_USAGES = ['sign', 'decrypt'] as const;
export type HalfUsage = (typeof HALF_USAGES)[number];

/** At most this many messages or ciphertexts in one request, under one PIN. */
export const MAX_ITEMS = 200;
/** Longest message to be signed: the vault hashes it itself, from its bytes. */
export const MAX_MESSAGE_BYTES = 262_144;

/**
 * Name of the PIN entry that opens several halves of one device: a certificate's two keys. Wrong PINs of all of them
 * are counted together (OD-38). It is derived from the salt (`pinGroupOf`), of which it tells nothing.
 */
const pinGroup = fixed(16).optional();

const epochNumber = z.int().min(1).max(1_000_000);

/** What a request is for, put into the vault's journal: `scan:<id>`, `order:<id>`. Never personal data. */
export const orderText = z.string().regex(/^[a-z]{1,20}:[A-Za-z0-9_-]{1,100}$/);

/** Proof of the PIN, from which the PIN cannot be guessed without the device's salt; and the current ratchet token. */
const unlock = z.strictObject({ pinKey: fixed(32), ratchet: tokenText });

/** A request that opens a half: `nonce` is drawn for it alone and goes into the sessions of its items. */
const opening = { halfId: halfIdText, nonce: fixed(32), unlock };

export const REQUESTS = {
  /** First message of a key generation; `device` is the P-256 key that signs every later message about this half. */
  'enrol-begin': z.strictObject({
    op: z.literal('enrol-begin'),
    /** Drawn by the device, never used before: the vault refuses one that it knows. */
    session: fixed(32),
    device: pointText,
    usage: z.enum(HALF_USAGES),
    /** KeyCommitment.digest */
    commitment: digestText,
    pinGroup,
  }),
  /** Opens the commitment and sets the PIN. */
  'enrol-finish': z.strictObject({
    op: z.literal('enrol-finish'),
    session: fixed(32),
    point: pointText,
    proof: proofText,
    salt: fixed(32),
    pinKey: fixed(32),
  }),
  /** The device has stored this epoch. May be repeated. */
  confirm: z.strictObject({ op: z.literal('confirm'), halfId: halfIdText, epoch: epochNumber }),
  /**
   * Signatures over messages: e = SM3(Z ‖ M) is computed by the vault. Session of each item: `itemSession`.
   * A half of usage `decrypt` signs one thing only: a CertificationRequestInfo (RFC 2986) that holds its own public
   * key, alone in the list, under an order `order:<id>`; anything else is PHONE_HALF_USAGE.
   */
  sign: z.strictObject({
    op: z.literal('sign'),
    ...opening,
    order: orderText,
    items: z
      .array(
        z.strictObject({
          message: base64({ min: 1, max: MAX_MESSAGE_BYTES }),
          /** SignRequest */
          point: pointText,
          proof: proofText,
        }),
      )
      .min(1)
      .max(MAX_ITEMS),
  }),
  /** Blinded points of ciphertexts; SM3 of each ciphertext for the journal, as the device says. */
  decrypt: z.strictObject({
    op: z.literal('decrypt'),
    ...opening,
    order: orderText,
    items: z
      .array(z.strictObject({ ciphertextSm3: digestText, point: pointText }))
      .min(1)
      .max(MAX_ITEMS),
  }),
  /** A new epoch: new halves of the same key, and the same or a new PIN. */
  renew: z.strictObject({
    op: z.literal('renew'),
    ...opening,
    /** Contributions.device */
    contribution: scalarText,
    newPinKey: fixed(32),
  }),
  /** A half of its own for another device: the vault makes d2 · a^-1 for whoever holds d1 · a. */
  split: z.strictObject({
    op: z.literal('split'),
    ...opening,
    /** a */
    factor: scalarText,
    /** The other device's signing key. */
    receiver: pointText,
  }),
  /** The other device takes the half over and sets its own PIN; epoch 1 is pending until `confirm`. */
  accept: z.strictObject({ op: z.literal('accept'), halfId: halfIdText, pinKey: fixed(32), pinGroup }),
  /** The device's final check failed: counted, and the half goes out of use after a few. */
  abort: z.strictObject({ op: z.literal('abort'), halfId: halfIdText, nonce: fixed(32) }),
  /** Destroys the vault's half. For ever. */
  destroy: z.strictObject({ op: z.literal('destroy'), halfId: halfIdText }),
} as const;

export type HalfOp = keyof typeof REQUESTS;
export type HalfRequest<Op extends HalfOp> = z.infer<(typeof REQUESTS)[Op]>;

export const HALF_OPS = Object.keys(REQUESTS) as readonly HalfOp[];

/** What every answer to a right PIN begins with. */
const opened = {
  /** The vault's part in the key of the device's wrap, of the current epoch. */
  share: fixed(32),
  epoch: epochNumber,
  /** To be stored before anything else is done with the answer, and shown by the next request. */
  ratchet: tokenText,
};

const empty = z.strictObject({});

export const ANSWERS = {
  /** VaultShare */
  'enrol-begin': z.strictObject({ point: pointText, proof: proofText }),
  'enrol-finish': z.strictObject({ halfId: halfIdText, publicKey: pointText, ...opened }),
  confirm: empty,
  /** SignAnswer of each item, in their order. */
  sign: z.strictObject({
    ...opened,
    items: z.array(z.strictObject({ r: scalarText, s2: scalarText, s3: scalarText })).max(MAX_ITEMS),
  }),
  decrypt: z.strictObject({ ...opened, items: z.array(z.strictObject({ point: pointText })).max(MAX_ITEMS) }),
  renew: z.strictObject({
    ...opened,
    /** Contributions.vault */
    contribution: scalarText,
    newShare: fixed(32),
    newEpoch: epochNumber,
  }),
  /** `newHalfId` waits for the receiver. */
  split: z.strictObject({ ...opened, newHalfId: halfIdText }),
  accept: z.strictObject({ publicKey: pointText, ...opened }),
  abort: empty,
  destroy: empty,
} as const;

export type HalfAnswer<Op extends HalfOp> = z.infer<(typeof ANSWERS)[Op]>;

/** A device's message as it travels. */
export const signedRequestSchema = z.strictObject({
  /** JSON text of the request. */
  body: z.string().min(2).max(16_000_000),
  /** r ‖ s of the device's key over `signedBytes(body)`. */
  signature: proofText,
});

export type SignedRequest = z.infer<typeof signedRequestSchema>;

export const HALF_STATES = ['PENDING', 'ACTIVE', 'HELD', 'FROZEN', 'LOCKED', 'DESTROYED'] as const;
/**
 * PENDING: enrolled or split, not yet confirmed. HELD: by the holder or the operator, may be released. FROZEN: a copy
 * was used, or too many aborts. LOCKED: too many wrong PINs.
 */
export type HalfState = (typeof HALF_STATES)[number];

/** What the vault tells the web server of a half. */
export const halfStatusSchema = z.strictObject({
  halfId: halfIdText,
  usage: z.enum(HALF_USAGES),
  state: z.enum(HALF_STATES),
  publicKey: pointText,
  /** The device key that its requests are signed with. */
  device: pointText,
  /** Wrong PINs that are left, to all halves of this device that are opened by the same entry. */
  triesLeft: z.int().min(0).max(10),
});

export type HalfStatus = z.infer<typeof halfStatusSchema>;
