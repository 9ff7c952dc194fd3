import { recordRoutes } from '@hufu/contracts';
import type { RecordType } from '@hufu/library';
import { useState } from 'react';
import { addressOf } from '../../api/client.ts';
import { useTexts } from '../../i18n/language.tsx';
import { records } from '../../i18n/records.ts';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import type { ListSearch } from '../records-query.ts';
import { ImportDialog } from './import-dialog.tsx';

type ListToolsProps = { type: RecordType; search: ListSearch; total: number; mayImport: boolean };

/** 导出 of what the list shows, 导入 from a sheet. */
export function ListTools({ type, search, total, mayImport }: ListToolsProps) {
  const t = useTexts(records).list;
  const [importing, setImporting] = useState(false);
  const { page: _page, pageSize: _size, ...filters } = search;
  const sheet = (route: typeof recordRoutes.exportXlsx | typeof recordRoutes.exportCsv) =>
    addressOf(route, { params: { type: type.name }, query: filters });
  return (
    <div className="row list-tools">
      {mayImport ? (
        <Button kind="quiet" icon="upload" onClick={() => setImporting(true)}>
          {t.importing}
        </Button>
      ) : null}
      {total > 0 ? (
        <Menu label={t.exporting} icon="download">
          <a href={sheet(recordRoutes.exportXlsx)} download>
            {t.exportSheet}
          </a>
          <a href={sheet(recordRoutes.exportCsv)} download>
            {t.exportText}
          </a>
        </Menu>
      ) : null}
      {importing ? <ImportDialog type={type} onClose={() => setImporting(false)} /> : null}
    </div>
  );
}
