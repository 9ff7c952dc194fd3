import type { Clock } from '@hufu/kernel';
import { ATTRIBUTE_OID, buildCertificate, buildName, parseCertificate, type Signer } from '@hufu/pki';
import { type Entity, newSerial } from '../issue/hierarchy.ts';
import type { OcspMode } from '../options.ts';

const DAY = 86_400_000;

/** Signatures of the right form over nothing that was asked. */
const spoiled = ({ certificate, signer }: Entity): Entity => ({
  certificate,
  signer: {
    ...signer,
    async sign(message) {
      const signature = (await signer.sign(message)).slice();
      signature[signature.length - 1]! ^= 1;
      return signature;
    },
  },
});

/** A responder that nobody delegated to: it certified itself. */
async function undelegated(signer: Signer, at: number): Promise<Entity> {
  const name = buildName([{ oid: ATTRIBUTE_OID.commonName, text: '未经授权的状态服务' }]);
  const der = await buildCertificate(
    {
      serial: newSerial(),
      issuer: name,
      subject: name,
      notBefore: at - DAY,
      notAfter: at + 365 * DAY,
      publicKey: signer.publicKey,
      extensions: [],
    },
    signer,
  );
  return { certificate: parseCertificate(der), signer };
}

/** Who signs in which mode. @param stranger any key of the authority's that is not its responder's */
export async function ocspSigners(
  responder: Entity,
  stranger: Signer,
  clock: Clock,
): Promise<Readonly<Record<Exclude<OcspMode, 'down'>, Entity>>> {
  return {
    normal: responder,
    stale: responder,
    unsigned: spoiled(responder),
    'wrong-certificate': await undelegated(stranger, clock.now()),
  };
}
