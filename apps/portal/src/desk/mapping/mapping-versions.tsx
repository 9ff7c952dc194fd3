import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { minute } from '../../format/dates.ts';
import { useTexts } from '../../i18n/language.tsx';
import { mapping } from '../../i18n/mapping.ts';
import { Button } from '../../ui/button.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { changedNodes, type Row } from './mapping-draft.ts';
import { mappingVersionsQuery } from './mapping-query.ts';

type MappingVersionsProps = { code: string; onLoad: ((rows: readonly Row[]) => void) | undefined };

/** Every version stays; an earlier one can be the beginning of the next. */
export function MappingVersions({ code, onLoad }: MappingVersionsProps) {
  const t = useTexts(mapping);
  const versions = useQuery(mappingVersionsQuery(code));
  return (
    <section className="stack-tight">
      <h2>{t.versions}</h2>
      <Loaded query={versions}>
        {(all) => (
          <ol className="mapping-versions">
            {all.map((one, at) => {
              const older = all[at + 1];
              return (
                <li key={one.version} className="card stack-tight">
                  <div className="row">
                    <strong>{t.version(one.version)}</strong>
                    {one.at === null ? null : <time className="faint">{minute(one.at)}</time>}
                    {older ? <span>{t.changes(changedNodes(older.rows, one.rows).size)}</span> : null}
                  </div>
                  <p>{one.reason ?? t.begun}</p>
                  <div className="row">
                    {one.approval === null ? null : (
                      <Link to="/desk/approvals/$id" params={{ id: one.approval }}>
                        {t.approval}
                      </Link>
                    )}
                    {onLoad === undefined || at === 0 ? null : (
                      <Button kind="quiet" onClick={() => onLoad(one.rows)}>
                        {t.load}
                      </Button>
                    )}
                  </div>
                </li>
              );
            })}
          </ol>
        )}
      </Loaded>
    </section>
  );
}
