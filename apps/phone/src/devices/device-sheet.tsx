import { type PhoneDevice, phoneRoutes } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call } from '../api/client.ts';
import { sessionQuery } from '../api/session.ts';
import { devices as texts } from '../i18n/devices.ts';
import { useTexts } from '../i18n/language.tsx';
import { Button } from '../ui/button.tsx';
import { ConfirmSheet, DestroySheet } from '../ui/confirm-sheet.tsx';
import { PickList, TextField } from '../ui/form.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { useToast } from '../ui/toast.tsx';
import { devicesQuery } from './device-queries.ts';

type DeviceSheetProps = { device: PhoneDevice; onClose: () => void };
type Act = 'menu' | 'freeze' | 'thaw' | 'remove';

/** What can be done with a device: name it, freeze it, release it, take it out of use for ever. */
export function DeviceSheet({ device, onClose }: DeviceSheetProps) {
  const [act, setAct] = useState<Act>('menu');
  const back = () => setAct('menu');
  switch (act) {
    case 'menu':
      return <Menu device={device} onAct={setAct} onClose={onClose} />;
    case 'freeze':
      return <Freeze device={device} onBack={back} onClose={onClose} />;
    case 'thaw':
      return <Thaw device={device} onBack={back} onClose={onClose} />;
    case 'remove':
      return <Remove device={device} onBack={back} onClose={onClose} />;
  }
}

function useDeviceAct(said: string, { act, onDone }: { act: () => Promise<unknown>; onDone: () => void }) {
  const client = useQueryClient();
  const say = useToast();
  return useMutation({
    mutationFn: act,
    onSuccess: async () => {
      say(said);
      onDone();
      await Promise.all([
        client.invalidateQueries({ queryKey: devicesQuery.queryKey }),
        client.invalidateQueries({ queryKey: sessionQuery.queryKey }),
        client.invalidateQueries({ queryKey: ['certificates'] }),
      ]);
    },
  });
}

type MenuProps = DeviceSheetProps & { onAct: (act: Act) => void };

function Menu({ device, onAct, onClose }: MenuProps) {
  const t = useTexts(texts);
  const [name, setName] = useState(device.name);
  const rename = useDeviceAct(t.saved, {
    act: () => call(phoneRoutes.nameDevice, { params: { id: device.id }, body: { name: name.trim() } }),
    onDone: onClose,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') rename.mutate();
  };
  return (
    <Sheet title={device.name} onClose={onClose}>
      <form className="sheet-form" onSubmit={submit}>
        <TextField label={t.name} maxLength={40} autoComplete="off" value={name} onValue={setName} />
        {rename.error ? <ProblemBox error={rename.error} /> : null}
        <Button block type="submit" busy={rename.isPending} disabled={name.trim() === ''}>
          {t.save}
        </Button>
      </form>
      {device.state === 'FROZEN' ? (
        <Button block icon="refresh" onClick={() => onAct('thaw')}>
          {t.thaw}
        </Button>
      ) : (
        <Button block icon="stop" onClick={() => onAct('freeze')}>
          {t.freeze}
        </Button>
      )}
      <button type="button" className="destroy-link" onClick={() => onAct('remove')}>
        {t.remove}
      </button>
    </Sheet>
  );
}

type ActProps = DeviceSheetProps & { onBack: () => void };

function Freeze({ device, onBack, onClose }: ActProps) {
  const t = useTexts(texts);
  const [reason, setReason] = useState('lost');
  const choices = Object.entries(t.reasons).map(([value, label]) => ({ value, label }));
  const freeze = useDeviceAct(t.frozen, {
    act: () =>
      call(phoneRoutes.freezeDevice, {
        params: { id: device.id },
        body: { reason: choices.find(({ value }) => value === reason)?.label ?? reason },
      }),
    onDone: onClose,
  });
  return (
    <ConfirmSheet
      title={t.freezeTitle(device.name)}
      action={t.freeze}
      busy={freeze.isPending}
      error={freeze.error}
      onConfirm={() => freeze.mutate()}
      onCancel={onBack}
      onClose={onClose}
    >
      <p>{t.freezeText}</p>
      <PickList label={t.freezeReason} name="reason" value={reason} onValue={setReason} choices={choices} />
    </ConfirmSheet>
  );
}

function Thaw({ device, onBack, onClose }: ActProps) {
  const t = useTexts(texts);
  const thaw = useDeviceAct(t.thawed, {
    act: () => call(phoneRoutes.thawDevice, { params: { id: device.id } }),
    onDone: onClose,
  });
  return (
    <ConfirmSheet
      title={t.thawTitle(device.name)}
      action={t.thaw}
      busy={thaw.isPending}
      error={thaw.error}
      onConfirm={() => thaw.mutate()}
      onCancel={onBack}
      onClose={onClose}
    >
      <p>{t.thawText}</p>
    </ConfirmSheet>
  );
}

function Remove({ device, onBack, onClose }: ActProps) {
  const t = useTexts(texts);
  const remove = useDeviceAct(t.removed, {
    act: () => call(phoneRoutes.removeDevice, { params: { id: device.id } }),
    onDone: onClose,
  });
  return (
    <DestroySheet
      title={t.removeTitle(device.name)}
      action={t.remove}
      sure={t.removeConfirm}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onCancel={onBack}
      onClose={onClose}
    >
      <p>{t.removeText}</p>
    </DestroySheet>
  );
}
