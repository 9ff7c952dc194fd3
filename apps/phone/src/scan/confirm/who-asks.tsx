import type { PhoneScan } from '@hufu/contracts';
import { confirm as texts } from '../../i18n/confirm.ts';
import { useNamed, useTexts } from '../../i18n/language.tsx';
import { Facts } from '../../ui/facts.tsx';

/** Who asks, which site, from where, for whom. */
export function WhoAsks({ scan }: { scan: PhoneScan }) {
  const t = useTexts(texts);
  const named = useNamed();
  const { site, from, entityName } = scan;
  return (
    <section className="panel">
      <h2>{t.asks(named(site))}</h2>
      <Facts
        facts={[
          { label: t.site, value: <code>{site.origin}</code> },
          ...(entityName === null ? [] : [{ label: t.entity, value: entityName }]),
          { label: t.from, value: `${from.browser} · ${from.address}` },
        ]}
      />
    </section>
  );
}
