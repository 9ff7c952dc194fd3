import { describe, expect, test } from 'vitest';
import { identityFromClaims } from '../src/login/identity.ts';

const CLAIMS = {
  sub: 'e1',
  uscc: '91150102MA0N7A2144',
  entity_name: '内蒙古青山建设工程有限公司',
  entity_roles: ['BIDDER', 'KING'],
  cert_serial: '0a',
  cert_issuer: '草原CA',
  cert_kind: 'enterprise',
  key_role: 'PRIMARY',
  acr: 'urn:hufu:acr:usb-key',
  amr: ['hwk', 'pin'],
  auth_time: 1_763_600_000,
  sid: 's1',
};

describe('OD-07 claims about the enterprise', () => {
  test('OD-07 become an identity; a role that is not known is left out', () => {
    expect(identityFromClaims(CLAIMS, 'token')).toMatchObject({
      uscc: '91150102MA0N7A2144',
      roles: ['BIDDER'],
      keyRole: 'PRIMARY',
      authenticatedAt: 1_763_600_000,
    });
  });

  test.each(['sub', 'uscc', 'entity_name', 'cert_serial', 'cert_issuer', 'cert_kind', 'key_role', 'sid'])(
    'OD-07 without %s there is no login',
    (name) => {
      const { [name]: _left, ...rest } = CLAIMS as Record<string, unknown>;
      expect(() => identityFromClaims(rest, 'token')).toThrow('SDK_CLAIMS_INCOMPLETE');
    },
  );
});
