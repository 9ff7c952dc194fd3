import { ScanSession } from '@hufu/contracts';
import { fixedClock } from '@hufu/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from '../../support/hub/browser.ts';
import { anyCode } from '../../support/library/entities.ts';
import { find, openAct, type ScanWorld, scanWorld, type, usedBy } from '../../support/scan/scan-world.ts';

const clock = fixedClock(Date.now());
let world: ScanWorld;
beforeAll(async () => {
  world = await scanWorld({ clock });
});
afterAll(() => world.close());

/** What a page's event stream tells, until it ends or was heard enough. */
async function* events(browser: Browser, id: string, lastEventId?: string) {
  const stop = new AbortController();
  const response = await fetch(new URL(`/api/v1/scan/sessions/${id}/events`, browser.base), {
    headers: {
      accept: 'text/event-stream',
      cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
    signal: stop.signal,
  });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  let text = '';
  try {
    for await (const part of response.body!.pipeThrough(new TextDecoderStream())) {
      text += part;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (data !== undefined) yield ScanSession.parse(JSON.parse(data));
      }
    }
  } finally {
    stop.abort();
  }
}

test('LIB-LOGIN-01 the page hears every step without a click, and the stream ends with the scan', async () => {
  const phone = await world.phone('heard');
  const certificate = await world.certify(phone, { uscc: anyCode() });
  const browser = world.browser();
  const opened = await openAct(browser, 'login');
  const states: string[] = [];
  for await (const scan of events(browser, opened.id)) {
    states.push(scan.state);
    if (scan.state === 'WAITING') await phone.scan(opened.url);
    if (scan.state === 'SCANNED') {
      const { body } = await phone.call(`/api/v1/phone/scans/${opened.id}`);
      await type(browser, opened.id, body.code ?? '');
    }
    if (scan.state === 'READY') {
      const { body } = await phone.call(`/api/v1/phone/scans/${opened.id}`);
      // Not waited for: the stream must be read on meanwhile.
      void phone.sign(body, usedBy(certificate)).then((signatures) => phone.give(body, signatures));
    }
  }
  expect([...new Set(states)]).toEqual(['WAITING', 'SCANNED', 'READY', 'CONFIRMED', 'DONE']);
});

test('a page that was loaded again begins with the present state; one that has seen it is not told twice', async () => {
  const phone = await world.phone('again');
  const browser = world.browser();
  const opened = await openAct(browser, 'login');
  await phone.scan(opened.url);
  for await (const scan of events(browser, opened.id)) {
    expect(scan).toMatchObject({ state: 'SCANNED', codeNeeded: true });
    break;
  }
  const { version } = (await find(browser, opened.id)).body;
  const later = (async () => {
    for await (const scan of events(browser, opened.id, String(version))) return scan.state;
    return undefined;
  })();
  await phone.call(`/api/v1/phone/scans/${opened.id}/refuse`, {});
  expect(await later).toBe('REFUSED');
});

test('where streams do not pass, the page asks and is answered on change; expiry is told, too', async () => {
  const phone = await world.phone('asked');
  const browser = world.browser();
  const opened = await openAct(browser, 'login');
  const waiting = find(browser, opened.id, `?wait=20&version=${opened.version}`);
  await phone.scan(opened.url);
  expect((await waiting).body.state).toBe('SCANNED');
  const stream = events(browser, opened.id);
  expect((await stream.next()).value?.state).toBe('SCANNED');
  clock.advance(121_000);
  await find(browser, opened.id);
  const browserOf = world.browser();
  expect((await find(browserOf, opened.id)).status).toBe(404);
  await phone.scan(opened.url);
  expect((await stream.next()).value?.state).toBe('EXPIRED');
  expect((await stream.next()).done).toBe(true);
});

test('any server goes on with a scan that another one began: nothing of it lies in a process, so that a restart loses nothing', async () => {
  const phone = await world.phone('elsewhere');
  const certificate = await world.certify(phone, { uscc: anyCode() });
  const browser = world.browser();
  const opened = await openAct(browser, 'login');
  const other = await world.another();
  // The app's origin stays: behind it the next request reaches another process.
  const call = phone.browser.call.bind(phone.browser);
  phone.browser.call = ((path: string, send: never) => call(`${other}${path}`, send)) as never;
  const stream = events(browser, opened.id);
  expect((await stream.next()).value?.state).toBe('WAITING');
  const { body: seen } = await phone.scan(opened.url);
  expect((await stream.next()).value?.state).toBe('SCANNED');
  await type(browser, opened.id, seen.code ?? '');
  expect((await stream.next()).value?.state).toBe('READY');
  await phone.give(seen, await phone.sign(seen, usedBy(certificate)));
  const told: string[] = [];
  for await (const { state } of stream) told.push(state);
  expect(told.at(-1)).toBe('DONE');
});
