import type { PhoneDevice } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { day, minute } from '../format/dates.ts';
import { devices as texts } from '../i18n/devices.ts';
import { useTexts } from '../i18n/language.tsx';
import { Cell, Group } from '../ui/cell.tsx';
import { Empty, Loaded } from '../ui/loaded.tsx';
import { Screen } from '../ui/screen.tsx';
import { Status } from '../ui/status.tsx';
import { devicesQuery } from './device-queries.ts';
import { DeviceSheet } from './device-sheet.tsx';
import { LostGuide } from './lost-guide.tsx';
import { OwnCode } from './own-code.tsx';
import './devices.css';

/** 设备管理: one's devices, the safety code of this one, and what to do about a lost one. */
export function DevicesPage() {
  const t = useTexts(texts);
  const devices = useQuery(devicesQuery);
  const [opened, setOpened] = useState<string>();
  const shown = devices.data?.find(({ id }) => id === opened);
  return (
    <Screen title={t.title} back="/">
      <Loaded query={devices}>
        {(all) => {
          const kept = all.filter(({ state }) => state !== 'REMOVED');
          if (kept.length === 0) return <Empty title={t.none} />;
          return (
            <Group>
              {kept.map((device) => (
                <DeviceCell key={device.id} device={device} onPress={() => setOpened(device.id)} />
              ))}
            </Group>
          );
        }}
      </Loaded>
      <OwnCode />
      <LostGuide />
      {shown ? <DeviceSheet device={shown} onClose={() => setOpened(undefined)} /> : null}
    </Screen>
  );
}

function DeviceCell({ device, onPress }: { device: PhoneDevice; onPress: () => void }) {
  const t = useTexts(texts);
  const { name, current, certificates, state, frozenAt, lastSeenAt, registeredAt } = device;
  return (
    <Cell
      icon="device"
      title={current ? `${name}（${t.current}）` : name}
      note={
        <>
          {t.certificatesOf(certificates)} · {t.registered(day(registeredAt))}
          <br />
          {frozenAt === null ? t.lastSeen(minute(lastSeenAt)) : t.frozenAt(minute(frozenAt))}
        </>
      }
      value={state === 'FROZEN' ? <Status tone="attention">{t.states.FROZEN}</Status> : undefined}
      onPress={onPress}
    />
  );
}
