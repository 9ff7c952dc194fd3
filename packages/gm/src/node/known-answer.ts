import { fromHex, utf8 } from '@hufu/kernel';
import { gmError } from '../errors.ts';
import { nobleSm2, type Sm2Engine } from '../sm2/engine.ts';
import { sm2PublicKey } from '../sm2/keys.ts';
import { sm2SignatureFromRaw } from '../sm2/signature.ts';

/** GB/T 32918.5-2017 annex A.2: recommended curve, ID 1234567812345678, message "message digest". */
const PRIVATE_KEY = fromHex('3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8');
const MESSAGE = utf8('message digest');
const SIGNATURE = sm2SignatureFromRaw(
  fromHex(
    'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3' +
      'b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
  ),
);

/** The published signature must verify, another message must not, and an own signature must satisfy the other engine. @throws GM_SELF_TEST */
export function assertKnownAnswer(engine: Sm2Engine): void {
  const publicKey = sm2PublicKey(PRIVATE_KEY);
  const portable = nobleSm2((length) => new Uint8Array(length).map((_, i) => i + 1));
  const other = utf8('message digesT');
  const works =
    engine.verify(publicKey, MESSAGE, SIGNATURE) &&
    !engine.verify(publicKey, other, SIGNATURE) &&
    portable.verify(publicKey, other, engine.sign(PRIVATE_KEY, other)) &&
    !engine.verify(publicKey, MESSAGE, SIGNATURE, utf8('another ID'));
  if (!works) throw gmError('GM_SELF_TEST');
}
