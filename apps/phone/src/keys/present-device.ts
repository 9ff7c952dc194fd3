import { type PhoneSession, phoneDeviceStatement, phoneRoutes } from '@hufu/contracts';
import { toBase64, utf8 } from '@hufu/kernel';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { call } from '../api/client.ts';
import { sessionQuery, useSession } from '../api/session.ts';
import { deviceKey } from './device-key.ts';

/** Proves this device's keys to the server, which registers or recognises it. */
async function presentDevice(session: PhoneSession): Promise<PhoneSession> {
  const device = await deviceKey();
  const signingKey = toBase64(device.signingKey);
  const agreementKey = toBase64(device.agreementKey);
  const statement = phoneDeviceStatement({ sessionId: session.id, signingKey, agreementKey });
  const proof = toBase64(await device.sign(utf8(statement)));
  return call(phoneRoutes.presentDevice, { body: { name: deviceName(), signingKey, agreementKey, proof } });
}

/** A session without a device gets one, once. What fails here shows where a key is needed. */
export function useDevicePresence(): void {
  const client = useQueryClient();
  const { data } = useSession();
  const absent = data?.device === null ? data : undefined;
  useEffect(() => {
    if (absent === undefined) return;
    presentDevice(absent).then(
      (session) => client.setQueryData(sessionQuery.queryKey, session),
      (error: unknown) => reportError(error),
    );
  }, [absent, client]);
}

/** What its owner would call it; can be changed on the page of devices. */
function deviceName(): string {
  const agent = navigator.userAgent;
  const zh = !document.documentElement.lang.startsWith('en');
  if (/iPhone/.test(agent)) return 'iPhone';
  if (/iPad/.test(agent)) return 'iPad';
  if (/Android/.test(agent)) return zh ? '安卓手机' : 'Android phone';
  return zh ? '电脑浏览器' : 'Computer';
}
