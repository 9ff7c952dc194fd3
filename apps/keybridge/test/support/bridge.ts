import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BridgeOptions, type RunningBridge, startBridge } from '../../src/start-bridge.ts';
import { type Answer, ask, askOwn, type Question } from './http.ts';

export const SITE = 'https://hub.example.cn';

export type TestBridge = RunningBridge & { readonly port: number; readonly dataDir: string };

export async function testBridge(options: Partial<BridgeOptions> = {}): Promise<TestBridge> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'hufu-keybridge-'));
  const running = await startBridge({
    port: 0,
    webDir: join(dataDir, 'no-web'),
    hub: 'http://127.0.0.1:9',
    ...options,
    dataDir,
  });
  return {
    ...running,
    port: running.bridge.address.port,
    dataDir,
    async close() {
      await running.close();
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true });
    },
  };
}

export type PairedSite = {
  readonly secret: string;
  ask(path: string, question?: Question): Promise<Answer>;
};

/** Asks for a pairing as the site, approves it as the user, and collects the secret. */
export async function pair(port: number, origin = SITE): Promise<PairedSite> {
  const headers = { origin };
  const { json: asked } = await ask(port, '/v1/pairings', {
    method: 'POST',
    headers,
    body: { title: '互认系统' },
  });
  await askOwn(port, `/pairings/${asked.pairingId}/decision`, { method: 'POST', body: { allowed: true } });
  const { json: state } = await ask(port, `/v1/pairings/${asked.pairingId}`, { headers });
  return {
    secret: state.secret,
    ask: (path, question = {}) =>
      ask(port, `/v1${path}`, {
        ...question,
        headers: { origin, authorization: `Bearer ${state.secret}`, ...question.headers },
      }),
  };
}

export const challenge = (over: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  challengeId: 'ch-1',
  nonce: 'A'.repeat(32),
  audience: 'https://hub.example.cn/oidc',
  issuedAt: '2026-11-20T08:00:00.000Z',
  ...over,
});
