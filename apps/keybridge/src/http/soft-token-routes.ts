import { fromBase64, toBase64 } from '@hufu/kernel';
import { addKey, changePin, setCertificate } from '@hufu/soft-token';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Bridge } from '../bridge.ts';
import { createStoredToken } from '../drivers/soft/create-token.ts';
import { importedKeys } from '../drivers/soft/import-keys.ts';
import { requestCertificate } from '../drivers/soft/request-certificate.ts';
import { changeStoredToken } from '../drivers/soft/unlock-stored-token.ts';
import { idParameter, parse } from './parse.ts';

const pin = z.string().max(64);
const label = z.string().trim().min(1).max(100);
const file = z.base64().max(400_000);
const usage = z.enum(['sign', 'encrypt']);

const createSchema = z.strictObject({
  label,
  pin,
  mediaNumber: z
    .string()
    .regex(/^[A-Za-z0-9-]{4,64}$/)
    .optional(),
});
const insertSchema = z.strictObject({ inserted: z.boolean() });
const pinSchema = z.strictObject({ pin, newPin: pin });
const importSchema = z.strictObject({ pin, file, password: z.string().max(200) });
const requestSchema = z.strictObject({
  pin,
  usage,
  algorithm: z.enum(['sm2-sm3', 'ecdsa-p256-sha256', 'rsa-pkcs1-sha256']),
  unitName: z.string().trim().min(1).max(100),
});
const certificateSchema = z.strictObject({ pin, keyId: z.string().max(64), certificate: file });

/** 令牌: software tokens of this computer. */
export function softTokenRoutes(app: FastifyInstance, { softTokens }: Bridge): void {
  const { folder, crypto } = softTokens;

  app.get('/soft-tokens', async () => ({
    tokens: (await folder.list()).map(({ info, inserted }) => ({
      tokenId: info.tokenId,
      label: info.label,
      mediaNumber: info.mediaNumber,
      attemptsLeft: info.attemptsLeft,
      inserted,
      keys: info.keys.map(({ keyId, usage: keyUsage, algorithm, certificate }) => ({
        keyId,
        usage: keyUsage,
        algorithm,
        hasCertificate: certificate !== undefined,
      })),
    })),
  }));

  app.post('/soft-tokens', async (request, reply) => {
    const { tokenId } = await createStoredToken(softTokens, parse(createSchema, request.body));
    return reply.code(201).send({ tokenId });
  });

  app.post('/soft-tokens/:id/inserted', async (request, reply) => {
    const { inserted } = parse(insertSchema, request.body);
    await folder.setInserted(parse(idParameter, request.params).id, inserted);
    return reply.code(204).send();
  });

  app.post('/soft-tokens/:id/pin', async (request, reply) => {
    const { pin: oldPin, newPin } = parse(pinSchema, request.body);
    const holder = { tokenId: parse(idParameter, request.params).id, pin: oldPin };
    await changeStoredToken(softTokens, holder, (token) => changePin(token, newPin, crypto));
    return reply.code(204).send();
  });

  app.post('/soft-tokens/:id/import', async (request, reply) => {
    const body = parse(importSchema, request.body);
    const keys = await importedKeys(fromBase64(body.file), body.password, crypto);
    const holder = { tokenId: parse(idParameter, request.params).id, pin: body.pin };
    await changeStoredToken(softTokens, holder, (token) =>
      keys.reduce((open, key) => addKey(open, key, crypto).token, token),
    );
    return reply.code(201).send({ keys: keys.length });
  });

  app.post('/soft-tokens/:id/requests', async (request, reply) => {
    const { id } = parse(idParameter, request.params);
    const made = await requestCertificate(softTokens, { ...parse(requestSchema, request.body), tokenId: id });
    return reply.code(201).send({ keyId: made.keyId, request: toBase64(made.request) });
  });

  app.post('/soft-tokens/:id/certificates', async (request, reply) => {
    const body = parse(certificateSchema, request.body);
    const holder = { tokenId: parse(idParameter, request.params).id, pin: body.pin };
    await changeStoredToken(softTokens, holder, (token) =>
      setCertificate(token, body.keyId, fromBase64(body.certificate)),
    );
    return reply.code(204).send();
  });
}
