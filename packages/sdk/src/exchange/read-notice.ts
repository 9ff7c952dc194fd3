import { PlatformNotice } from '@hufu/contracts';
import { sdkError } from '../errors.ts';
import type { HubStatements } from './hub-statements.ts';

/**
 * What the hub has posted to the platform's address. Answer 200 with `{"seq": notice.seq}` once it is dealt with; the
 * same notice may come again.
 * @param body of the request, `application/jose`
 * @throws CodedError SDK_SIGNATURE_INVALID
 */
export async function readNotice(body: string, statements: HubStatements): Promise<PlatformNotice> {
  const { notice } = await statements(body, 'hufu-notice+jws');
  const read = PlatformNotice.safeParse(notice);
  if (!read.success) throw sdkError('SDK_SIGNATURE_INVALID', { of: 'notice' });
  return read.data;
}
