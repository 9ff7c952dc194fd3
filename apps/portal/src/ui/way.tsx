import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { Steps } from './steps.tsx';

/** 读取证书 0 → 确认 1 → 授权 2 → 进入平台 3: where one is on the hub. */
export function Way({ at }: { at: 0 | 1 | 2 | 3 }) {
  const t = useTexts(common).way;
  return <Steps label={t.label} steps={t.steps} at={at} />;
}
