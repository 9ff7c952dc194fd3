import { createHash, createPublicKey, createSign, createVerify, type KeyObject } from 'node:crypto';

const CURVE = Buffer.from(
  'FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E9332C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0',
  'hex',
);
const ID = Buffer.concat([Buffer.from([0, 128]), Buffer.from('1234567812345678')]);
const z = (key: KeyObject): Buffer =>
  createHash('sm3')
    .update(ID)
    .update(CURVE)
    .update(key.export({ type: 'spki', format: 'der' }).subarray(-64))
    .digest();

export const sm2VerifyKey = (key: KeyObject, message: Uint8Array, signature: Uint8Array): boolean =>
  key.asymmetricKeyType === undefined &&
  createVerify('sm3').update(z(key)).update(message).verify(key, signature);

export const sm2SignKey = (key: KeyObject, message: Uint8Array): Uint8Array =>
  new Uint8Array(
    createSign('sm3')
      .update(z(createPublicKey(key)))
      .update(message)
      .sign(key),
  );
