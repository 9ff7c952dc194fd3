import { fixedClock } from '@hufu/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hubWorld, type World } from '../../support/hub/hub-world.ts';

/** Friday 2026-11-20, 10:00 in Asia/Shanghai. */
const clock = fixedClock(Date.parse('2026-11-20T02:00:00Z'));
let world: World;
beforeAll(async () => {
  world = await hubWorld({ clock });
});
afterAll(() => world.close());

test('HUB-106 due dates: before 17:00 the same day, at 17:00 the next working day', async () => {
  const deadline = async () =>
    (await world.browser().call<{ dueAt: string; withinHours: boolean }>('/api/v1/unbind-deadline')).body;
  expect(await deadline()).toMatchObject({ dueAt: '2026-11-20', withinHours: true });
  clock.moveTo(Date.parse('2026-11-20T08:59:59Z'));
  expect(await deadline()).toMatchObject({ dueAt: '2026-11-20' });
  clock.moveTo(Date.parse('2026-11-20T09:00:00Z'));
  expect(await deadline()).toMatchObject({ dueAt: '2026-11-23', withinHours: false });
});
