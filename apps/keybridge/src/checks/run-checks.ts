import { bridgeError } from '@hufu/keybridge-client';
import type { Bridge } from '../bridge.ts';
import type { CheckItem } from './check-item.ts';
import { askHub, checkClock, checkHub } from './hub-checks.ts';
import {
  checkDataFolder,
  checkService,
  checkStaleLocks,
  checkTokenFiles,
  removeStaleLocks,
  repairDataFolder,
  setAsideDamagedTokens,
} from './local-checks.ts';
import { checkCertificates, checkDrivers, checkTokens } from './token-checks.ts';

/** 一键检测 (AST-006): every item with its result. */
export async function runChecks(bridge: Bridge): Promise<{ readonly items: readonly CheckItem[] }> {
  const answer = askHub(bridge);
  const items = [
    await checkService(bridge),
    await checkDataFolder(bridge),
    await checkTokenFiles(bridge),
    await checkStaleLocks(bridge),
    await checkDrivers(bridge),
    await checkTokens(bridge),
    await checkCertificates(bridge),
    checkHub(bridge, await answer),
    checkClock(bridge, await answer),
  ];
  return { items };
}

const REPAIRS: Readonly<Record<string, (bridge: Bridge) => Promise<void>>> = {
  'data-folder': repairDataFolder,
  'token-files': setAsideDamagedTokens,
  'stale-locks': removeStaleLocks,
};

/** Repairs one item and checks all again. @throws CodedError BRIDGE_NOT_FOUND for what only the user can repair */
export async function repairCheck(
  bridge: Bridge,
  item: string,
): Promise<{ readonly items: readonly CheckItem[] }> {
  const repair = Object.hasOwn(REPAIRS, item) ? REPAIRS[item] : undefined;
  if (repair === undefined) throw bridgeError('BRIDGE_NOT_FOUND');
  await repair(bridge);
  return runChecks(bridge);
}
