// Makes a key inside a PKCS#11 token and prints what the test needs to certify it; then stores the certificate.
// A program of its own: the module must not live in the test's process.
// Usage: provision-hsm.mjs MODULE PIN, then lines of JSON: {"make":"rsa"|"p256","id":hex} or {"store":base64,"id":hex}
import { createRequire } from 'node:module';
import readline from 'node:readline';

const graphene = createRequire(import.meta.url)('graphene-pk11');
const [path, pin] = process.argv.slice(2);
const library = graphene.Module.load(path);
library.initialize();
const slot = [...Array(library.getSlots(true).length).keys()]
  .map((index) => library.getSlots(index, true))
  .find((candidate) => (candidate.getToken().flags & 0x400) !== 0);
const { SessionFlag, KeyType, KeyGenMechanism, ObjectClass, CertificateType } = graphene;
const session = slot.open(SessionFlag.RW_SESSION | SessionFlag.SERIAL_SESSION);
session.login(pin);

const hidden = { token: true, private: true, sensitive: true, extractable: false, sign: true };

function makeKey(kind, id) {
  if (kind === 'rsa') {
    const publicTemplate = {
      keyType: KeyType.RSA,
      modulusBits: 2048,
      publicExponent: Buffer.from([1, 0, 1]),
      token: true,
      verify: true,
      id,
    };
    const pair = session.generateKeyPair(KeyGenMechanism.RSA, publicTemplate, {
      keyType: KeyType.RSA,
      ...hidden,
      id,
    });
    const { modulus, publicExponent } = pair.publicKey.getAttribute({ modulus: null, publicExponent: null });
    return {
      pair,
      jwk: { kty: 'RSA', n: modulus.toString('base64url'), e: publicExponent.toString('base64url') },
    };
  }
  const publicTemplate = {
    keyType: KeyType.ECDSA,
    token: true,
    verify: true,
    paramsECDSA: Buffer.from('06082a8648ce3d030107', 'hex'),
    id,
  };
  const pair = session.generateKeyPair(KeyGenMechanism.ECDSA, publicTemplate, {
    keyType: KeyType.ECDSA,
    ...hidden,
    id,
  });
  const point = pair.publicKey.getAttribute({ pointEC: null }).pointEC.subarray(3);
  const [x, y] = [point.subarray(0, 32), point.subarray(32)].map((half) => half.toString('base64url'));
  return { pair, jwk: { kty: 'EC', crv: 'P-256', x, y } };
}

/** What a thief would try. */
function leaks(key, kind) {
  try {
    return key.getAttribute({ [kind === 'rsa' ? 'privateExponent' : 'value']: null }) !== undefined;
  } catch {
    return false;
  }
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  const ask = JSON.parse(line);
  const id = Buffer.from(ask.id, 'hex');
  if (ask.make) {
    const { pair, jwk } = makeKey(ask.make, id);
    console.log(JSON.stringify({ jwk, leaks: leaks(pair.privateKey, ask.make) }));
  } else {
    session.create({
      class: ObjectClass.CERTIFICATE,
      certType: CertificateType.X_509,
      token: true,
      private: false,
      id,
      label: 'certificate',
      subject: Buffer.from(ask.subject, 'base64'),
      value: Buffer.from(ask.store, 'base64'),
    });
    console.log('{}');
  }
}
session.logout();
session.close();
library.finalize();
