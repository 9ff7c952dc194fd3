import type { Actor } from '@hufu/contracts';
import { addDays, shanghaiParts } from '@hufu/kernel';
import type { Browser } from '../hub/browser.ts';
import type { World } from '../hub/hub-world.ts';
import {
  anyCode,
  expected,
  ID_NUMBERS,
  LIBRARY,
  logInToLibrary,
  registered,
  withSecondKey,
} from './entities.ts';

/** One browser for each standing in the library. */
export async function libraryActors(world: World): Promise<readonly (readonly [Actor, Browser])[]> {
  const uscc = anyCode();
  const primary = await registered(world, { uscc });
  const secondary = await withSecondKey(world, { uscc });
  const [own, acting] = [
    { name: '王小明', idNo: ID_NUMBERS[0] },
    { name: '李小红', idNo: ID_NUMBERS[1] },
  ];
  const natural = await registered(
    world,
    { kind: '个人', person: own },
    { applicantName: own.name, applicantIdNo: own.idNo, roles: [] },
  );
  const granted = await primary.browser.call(`${LIBRARY}/delegations`, {
    body: {
      personName: acting.name,
      personIdNo: acting.idNo,
      modules: ['bank'],
      until: addDays(shanghaiParts(Date.now()).date, 30),
    },
  });
  expected(granted, 201);
  const delegate = world.browser();
  const key = await world.home.issue({ kind: '个人', person: acting });
  expected(await logInToLibrary(delegate, key), 201);
  return [
    ['library.primary', primary.browser],
    ['library.secondary', secondary.browser],
    ['library.natural', natural.browser],
    ['library.delegate', delegate],
  ];
}
