import type { DeskSeal, SealView } from '@hufu/contracts';
import { day, minute } from '../format/dates.ts';
import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { seals } from '../i18n/seals.ts';
import { CodeText } from '../ui/code-text.tsx';
import { Facts } from '../ui/facts.tsx';

/** What the register says of a seal, for its holder and for the desk. */
export function SealFacts({ seal }: { seal: SealView | DeskSeal }) {
  const t = useTexts(seals);
  const separator = useTexts(common).listSeparator;
  return (
    <Facts
      compact
      facts={[
        { label: t.number, value: <CodeText value={seal.number} copyable /> },
        { label: t.kind, value: t.kinds[seal.kind] },
        { label: t.source, value: t.sources[seal.source] },
        { label: t.size, value: t.millimetres(seal.width, seal.height) },
        ...(seal.code === null ? [] : [{ label: t.code, value: <CodeText value={seal.code} /> }]),
        { label: t.appliedAt, value: <time>{minute(seal.appliedAt)}</time> },
        ...(seal.validFrom === null || seal.validTo === null
          ? []
          : [{ label: t.validity, value: `${day(seal.validFrom)} ${t.to} ${day(seal.validTo)}` }]),
        ...(seal.makerName === null ? [] : [{ label: t.maker, value: seal.makerName }]),
        ...(seal.warnings.length === 0 ? [] : [{ label: t.warnings, value: seal.warnings.join(separator) }]),
        ...(seal.note === null ? [] : [{ label: t.note, value: seal.note, wide: true }]),
      ]}
    />
  );
}
