import { useTexts } from '../../i18n/language.tsx';
import { unbind } from '../../i18n/unbind.ts';
import { Status } from '../../ui/status.tsx';

/** What may be wrong with a scan: advice only, the desk decides (HUB-104). */
export function FileWarnings({ warnings }: { warnings: readonly string[] }) {
  const words: Readonly<Record<string, string>> = useTexts(unbind).fileWarnings;
  return warnings.map((warning) => (
    <Status key={warning} tone="attention">
      {words[warning] ?? warning}
    </Status>
  ));
}
