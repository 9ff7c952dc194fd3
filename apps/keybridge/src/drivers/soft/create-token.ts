import { createSoftToken, type ScryptCost, type SoftTokenInfo } from '@hufu/soft-token';
import { asBridgeError, type TokenAccess } from './unlock-stored-token.ts';

export type TokenToCreate = {
  readonly label: string;
  readonly pin: string;
  /** 介质硬件号. Drawn at random when absent. */
  readonly mediaNumber?: string | undefined;
  /** For tests and throw-away demos. */
  readonly cost?: ScryptCost | undefined;
  /** Ten when absent (OD-38). */
  readonly maximumAttempts?: number | undefined;
};

/** A new software token in the folder, plugged in. @throws CodedError PIN_POLICY, TOKEN_FAULT */
export async function createStoredToken(
  { folder, crypto }: TokenAccess,
  { label, pin, mediaNumber, cost, maximumAttempts }: TokenToCreate,
): Promise<SoftTokenInfo> {
  try {
    const bytes = await createSoftToken(
      {
        label,
        pin,
        mediaNumber: mediaNumber ?? `SOFT-${Buffer.from(crypto.random(6)).toString('hex').toUpperCase()}`,
        ...(cost === undefined ? {} : { cost }),
        ...(maximumAttempts === undefined ? {} : { maximumAttempts }),
      },
      crypto,
    );
    return await folder.write(bytes);
  } catch (error) {
    throw asBridgeError(error);
  }
}
