import { evidenceRoutes } from '@hufu/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { addressOf, call } from '../../api/client.ts';
import { Stamp } from '../../evidence/stamp.tsx';
import { evidence } from '../../i18n/evidence.ts';
import { useTexts } from '../../i18n/language.tsx';
import { useSaid } from '../../i18n/said.ts';
import { Button, ButtonAnchor } from '../../ui/button.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { deskSessionQuery } from '../desk-session.ts';
import { ReasonDialog } from '../parts/reason-dialog.tsx';
import { deskStampQuery } from './desk-evidence-query.ts';

const route = getRouteApi('/desk/evidence/$id');

export function StampDrawer() {
  const t = useTexts(evidence);
  const said = useSaid();
  const { id } = route.useParams();
  const client = useQueryClient();
  const { data: session } = useQuery(deskSessionQuery);
  const stamp = useQuery(deskStampQuery(id));
  const [erasing, setErasing] = useState<string>();
  const mayErase = session?.operator.roles.includes('admin') === true;
  return (
    <Drawer
      title={stamp.data ? said(stamp.data.said) : t.stamp}
      back="/desk/evidence"
      actions={
        <ButtonAnchor
          icon="download"
          download
          href={addressOf(evidenceRoutes.deskBundle, { params: { id } })}
        >
          {t.download}
        </ButtonAnchor>
      }
    >
      <Loaded query={stamp}>
        {(data) => (
          <Stamp
            stamp={data}
            fieldAction={({ name, erasedAt }) =>
              mayErase && erasedAt === null ? (
                <Button kind="destroy" onClick={() => setErasing(name)}>
                  {t.erase}
                </Button>
              ) : null
            }
          />
        )}
      </Loaded>
      {erasing === undefined ? null : (
        <ReasonDialog
          title={t.eraseTitle(erasing)}
          confirm={t.erase}
          destroys
          act={async (reason) => {
            await call(evidenceRoutes.erase, { params: { id, name: erasing }, body: { reason } });
            await client.invalidateQueries({ queryKey: deskStampQuery(id).queryKey });
          }}
          onClose={() => setErasing(undefined)}
        >
          <p>{t.eraseText}</p>
        </ReasonDialog>
      )}
    </Drawer>
  );
}
