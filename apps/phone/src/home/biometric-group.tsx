import type { PhoneCertificate } from '@hufu/contracts';
import type { PinEntry } from '@hufu/phone-key';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { certificatesQuery } from '../certificates/certificate-queries.ts';
import { home } from '../i18n/home.ts';
import { useTexts } from '../i18n/language.tsx';
import { biometricOf, biometricOffered, enableBiometric, forgetBiometric } from '../keys/biometric.ts';
import { openPhoneKey } from '../keys/phone-key.ts';
import { PinSheet } from '../keys/pin-sheet.tsx';
import { Cell, Group } from '../ui/cell.tsx';
import { Status } from '../ui/status.tsx';
import { useToast } from '../ui/toast.tsx';

/** The certificates of this device that may be opened by its fingerprint or face; nothing where it has neither. */
export function BiometricGroup() {
  const t = useTexts(home).biometric;
  const offered = useQuery({ queryKey: ['device', 'biometric-offered'], queryFn: biometricOffered });
  const certificates = useQuery(certificatesQuery('effective'));
  const here = (certificates.data ?? []).flatMap((certificate) => {
    const half = certificate.halves.find(({ state, usage }) => state === 'ACTIVE' && usage === 'sign');
    return half === undefined ? [] : [{ certificate, halfId: half.id }];
  });
  if (offered.data !== true || here.length === 0) return null;
  return (
    <Group title={t.title} note={t.note}>
      {here.map(({ certificate, halfId }) => (
        <BiometricCell key={certificate.id} certificate={certificate} halfId={halfId} />
      ))}
    </Group>
  );
}

function BiometricCell({ certificate, halfId }: { certificate: PhoneCertificate; halfId: string }) {
  const t = useTexts(home).biometric;
  const say = useToast();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const on = useQuery({
    queryKey: ['device', 'biometric-on', halfId],
    queryFn: () => isOn(halfId),
    retry: false,
  });
  const changed = () => client.invalidateQueries({ queryKey: ['device'] });
  const enable = useMutation({
    mutationFn: (pin: PinEntry) => switchOn(halfId, pin),
    onSuccess: async (done) => {
      setAsking(false);
      say(done ? t.enabled : t.unable);
      await changed();
    },
  });
  const disable = useMutation({
    mutationFn: () => switchOff(halfId),
    onSuccess: async () => {
      say(t.disabled);
      await changed();
    },
  });
  return (
    <>
      <Cell
        title={certificate.enterprise?.name ?? certificate.subjectName}
        value={<Status tone={on.data ? 'good' : 'idle'}>{on.data ? t.on : t.off}</Status>}
        onPress={() => (on.data ? disable.mutate() : setAsking(true))}
      />
      {asking ? (
        <li>
          <PinSheet
            title={t.title}
            submitLabel={t.enable}
            busy={enable.isPending}
            error={enable.error}
            onPin={(pin) => enable.mutate(pin)}
            onClose={() => setAsking(false)}
          />
        </li>
      ) : null}
    </>
  );
}

async function isOn(halfId: string): Promise<boolean> {
  const engine = await openPhoneKey();
  return (await biometricOf(await engine.settingOf(halfId))) !== undefined;
}

/** The vault says whether the PIN is right; the halves are new afterwards. @returns false where there is no PRF */
async function switchOn(halfId: string, pin: PinEntry): Promise<boolean> {
  const engine = await openPhoneKey();
  const setting = await engine.settingOf(halfId);
  const stretched = typeof pin === 'string' ? await engine.stretchPin(pin, setting) : pin;
  await engine.refresh({ halfId, pin: stretched });
  return enableBiometric(setting, stretched);
}

async function switchOff(halfId: string): Promise<void> {
  const engine = await openPhoneKey();
  await forgetBiometric(await engine.settingOf(halfId));
}
