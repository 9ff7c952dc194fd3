import { toBase64 } from '@hufu/kernel';
import { useQuery } from '@tanstack/react-query';
import { devices as texts } from '../i18n/devices.ts';
import { useTexts } from '../i18n/language.tsx';
import { deviceKey } from '../keys/device-key.ts';
import { Loaded, Skeleton } from '../ui/loaded.tsx';
import { deviceCode } from './device-code.ts';
import { DeviceCodeView } from './device-code-view.tsx';

/** This device's safety code, from its own keys: not from what the server says they are. */
export function OwnCode() {
  const t = useTexts(texts);
  const code = useQuery({
    queryKey: ['device', 'code'],
    queryFn: async () => {
      const { signingKey, agreementKey } = await deviceKey();
      return deviceCode({ signingKey: toBase64(signingKey), agreementKey: toBase64(agreementKey) });
    },
    networkMode: 'always',
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return (
    <section className="panel">
      <Loaded query={code} skeleton={<Skeleton lines={1} tall />}>
        {(groups) => <DeviceCodeView label={t.safetyCode} groups={groups} />}
      </Loaded>
      <p className="faint">{t.safetyCodeText}</p>
    </section>
  );
}
